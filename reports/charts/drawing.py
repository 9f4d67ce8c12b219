"""What charts are made of: days, rows, layers and colours, as parts of a Vega-Lite specification. Pure.

The page shows a chart twice from the same specification: as an SVG that the server rendered, complete
without a script, and drawn again by the script at the width of the screen, with a tooltip. Colours
are CSS variables, so that one chart follows light, dark and print. Dashes say the same as
colours do.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import isnan
from typing import Any

from projections.timeline.history import History, Series

Spec = dict[str, Any]
Row = dict[str, Any]

WIDTH, HEIGHT = 720, 260
"""Points of the chart that the server renders: the width of the page's column."""
DAYS_A_POINT = 7
"""A window of 30 days and more moves slowly: one point a week draws the same line as seven."""

NO_NUMBER = "No number to draw yet."


def chart(rows: Sequence[Row], layers: Sequence[Spec], title: str) -> Spec:
    """Layers over the days of the rows; the title says the chart in words."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": title,
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": list(rows)},
        "encoding": {"x": TIME},
        "layer": list(layers),
        "config": _CONFIG,
    }


def still(spec: Spec) -> Spec:
    """The same chart without what only a pointer shows: what the server draws."""
    return spec | {"layer": [layer for layer in spec["layer"] if "params" not in layer]}


def days_to(history: History, as_of: date) -> list[date]:
    """Every seventh day back from `as_of`, oldest first."""
    count = (as_of - history.first_day).days
    return [as_of - timedelta(days=back) for back in range(0, count + 1, DAYS_A_POINT)][::-1]


def rows_of(history: History, lines: Mapping[str, Series], days: Iterable[date]) -> Iterable[Row]:
    """A row a day, with the value of each series under its name."""
    for day in days:
        numbers = {name: number(history, key, day) for name, key in lines.items()}
        yield {"day": day.isoformat(), **numbers}


def number(history: History, key: Series, day: date) -> float | None:
    """A value as it is drawn; nothing where it is not defined."""
    value = history.value(key, day)
    return None if isnan(value) else round(value, 2)


def same(*names: str) -> list[tuple[str, str]]:
    """Fields that are called in a tooltip what they are called in the legend."""
    return [(name, name) for name in names]


def hover(fields: Sequence[tuple[str, str]]) -> Spec:
    """A hair line at the nearest day, with a tooltip that names every series there."""
    nearest = {"type": "point", "fields": ["day"], "nearest": True}
    tooltip = [
        {"field": field, "title": title}
        | ({"type": "temporal", "format": "%-d %b %Y"} if field == "day" else {"type": "quantitative"})
        for field, title in fields
    ]
    return {
        "params": [{"name": "hover", "select": nearest | {"on": "pointerover", "clear": "pointerout"}}],
        "mark": {"type": "rule", "color": "var(--ink-quiet)"},
        "encoding": {
            "opacity": {"condition": {"param": "hover", "empty": False, "value": 0.6}, "value": 0},
            "tooltip": tooltip,
        },
    }


LINES: list[tuple[str, list[int]]] = [
    ("var(--chart-1)", [1, 0]),
    ("var(--chart-2)", [5, 2]),
    ("var(--chart-3)", [2, 4]),
]
"""Colour and dash of each line in turn."""

TIME: Spec = {
    "field": "day",
    "type": "temporal",
    "scale": {"type": "utc"},
    "axis": {"title": None, "grid": False, "tickCount": 8, "labelOverlap": True},
}
PEOPLE: Spec = {
    "type": "quantitative",
    "axis": {"title": None, "tickCount": 5, "tickMinStep": 1, "domain": False, "ticks": False},
    "scale": {"zero": True, "nice": True},
}
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_CONFIG: Spec = {
    "background": None,
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--ink-quiet)",
        "labelFontSize": 12,
        "labelPadding": 6,
        "gridColor": "var(--line)",
        "domainColor": "var(--line-strong)",
        "tickColor": "var(--line-strong)",
    },
    "legend": {
        "orient": "top",
        "labelColor": "var(--ink)",
        "labelFontSize": 13,
        "labelLimit": 320,
        "symbolOpacity": 1,
        "offset": 12,
        "columnPadding": 24,
    },
}
