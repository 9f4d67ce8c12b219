"""Charts as Vega-Lite specifications: pure functions from a history and a day to JSON.

The page shows them twice from the same specification: as an SVG that the server rendered, complete
without a script, and drawn again by the script at the width of the screen, with a tooltip. Colours
are CSS variables, so that one chart follows light, dark and print. Dashes say the same as
colours do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import isnan
from typing import Any

from projections.days import date_of, number_of, sunday_of, week_of
from projections.history import History, Series, series

Spec = dict[str, Any]
Row = dict[str, Any]

WIDTH, HEIGHT = 720, 260
"""Points of the chart that the server renders: the width of the page's column."""
WEEKS_SHOWN = 104
"""Two years, so that every week of the last one stands beside the same week of the year before."""
DAYS_A_POINT = 7
"""A window of 30 days and more moves slowly: one point a week draws the same line as seven."""

NO_NUMBER = "No number to draw yet."
WEEK, YEAR_BEFORE = "Contributors in the week", "In the same week a year before"


def growth(history: History, as_of: date, window_days: int) -> Spec:
    """Active and recurring contributors on every seventh day up to `as_of`, and the goal's path.

    Args:
        history: The numbers to draw; what may not be seen must already be NaN there.
        as_of: The last day drawn.
        window_days: The headline window.
    """
    lines = {
        "Active": series("active_contributors", window_days=window_days),
        "Recurring": series("recurring_contributors", window_days=window_days),
        "Goal’s path": series("goal_target_contributors"),
    }
    rows = list(rows_of(history, lines, days_to(history, as_of)))
    shown = [name for name in lines if any(row[name] is not None for row in rows)]
    return chart(
        rows,
        [_lines(shown, list(lines)), hover([("day", "Day"), *same(*shown)])],
        title=_growth_words(history, as_of, window_days),
    )


def weekly(history: History, as_of: date) -> Spec:
    """Contributors a week over two years; a line says what the same week had a year before.

    That comparison is what the verdict rests on.
    """
    key = series("weekly_contributors")
    last = week_of(number_of(as_of) + 1) - 1
    weeks = range(last - WEEKS_SHOWN + 1, last + 1)
    rows = [row for row in map(_week(history, key), weeks) if {row[WEEK], row[YEAR_BEFORE]} != {None}]
    layers = [
        _bars(WEEK),
        _step(YEAR_BEFORE),
        hover([("day", "Week to"), *same(WEEK, YEAR_BEFORE)]),
    ]
    return chart(rows, layers, title=_weekly_words(rows))


def still(spec: Spec) -> Spec:
    """The same chart without what only a pointer shows: what the server draws."""
    return spec | {"layer": [layer for layer in spec["layer"] if "params" not in layer]}


def _week(history: History, key: Series) -> Callable[[int], Row]:
    def row(week: int) -> Row:
        return {
            "start": date_of(sunday_of(week) - 6).isoformat(),
            "day": date_of(sunday_of(week)).isoformat(),
            WEEK: _number(history, key, date_of(sunday_of(week))),
            YEAR_BEFORE: _number(history, key, date_of(sunday_of(week - 52))),
        }

    return row


def same(*names: str) -> list[tuple[str, str]]:
    """Fields that are called in a tooltip what they are called in the legend."""
    return [(name, name) for name in names]


def days_to(history: History, as_of: date) -> list[date]:
    """Every seventh day back from `as_of`, oldest first."""
    count = (as_of - history.first_day).days
    return [as_of - timedelta(days=back) for back in range(0, count + 1, DAYS_A_POINT)][::-1]


def rows_of(history: History, lines: Mapping[str, Series], days: Iterable[date]) -> Iterable[Row]:
    """A row a day, with the value of each series under its name."""
    for day in days:
        numbers = {name: _number(history, key, day) for name, key in lines.items()}
        yield {"day": day.isoformat(), **numbers}


def _number(history: History, key: Series, day: date) -> float | None:
    value = history.value(key, day)
    return None if isnan(value) else round(value, 2)


def chart(rows: Sequence[Row], layers: Sequence[Spec], title: str) -> Spec:
    """Layers over the days of the rows; the title says the chart in words."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": title,
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": list(rows)},
        "encoding": {"x": _TIME},
        "layer": list(layers),
        "config": _CONFIG,
    }


def _lines(shown: Sequence[str], names: Sequence[str]) -> Spec:
    """One line a series, told apart by colour and by dash."""
    styles = dict(zip(names, LINES, strict=True))
    scales = {
        channel: {"domain": list(shown), "range": [styles[name][at] for name in shown]}
        for at, channel in enumerate(("color", "strokeDash"))
    }
    legend = {"title": None, "symbolType": "stroke", "symbolSize": 400, "symbolStrokeWidth": 2.25}
    encoding: Spec = {
        channel: {
            "field": "series",
            "type": "nominal",
            "scale": scale,
            "legend": legend,
            "sort": None,
        }
        for channel, scale in scales.items()
    }
    return {
        "transform": [{"fold": list(shown), "as": ["series", "people"]}],
        "mark": {"type": "line", "strokeWidth": 2.25, "interpolate": "monotone", "clip": True},
        "encoding": encoding | {"y": PEOPLE | {"field": "people"}},
    }


def _bars(name: str) -> Spec:
    return {
        "mark": {"type": "bar", "opacity": 0.6},
        "encoding": {
            "x": _TIME | {"field": "start"},
            "x2": {"field": "day"},
            "y": PEOPLE | {"field": name},
            "y2": {"datum": 0},
            "color": _named(name),
        },
    }


def _step(name: str) -> Spec:
    return {
        "mark": {"type": "line", "interpolate": "step-before", "strokeWidth": 1.75},
        "encoding": {"y": PEOPLE | {"field": name}, "color": _named(name)},
    }


def _named(name: str) -> Spec:
    """A colour with an entry in the legend."""
    colours = {WEEK: "var(--chart-1)", YEAR_BEFORE: "var(--chart-2)"}
    scale = {"domain": list(colours), "range": list(colours.values())}
    return {"datum": name, "type": "nominal", "scale": scale, "legend": {"title": None}}


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


def _growth_words(history: History, as_of: date, window_days: int) -> str:
    key = series("active_contributors", window_days=window_days)
    now, year_ago = history.value(key, as_of), history.value(key, as_of - timedelta(days=365))
    if isnan(now):
        return NO_NUMBER
    before = "" if isnan(year_ago) else f", {year_ago:.0f} a year before"
    return f"Contributors active within {window_days} days: {now:.0f} on {as_of}{before}."


def _weekly_words(rows: Sequence[Row]) -> str:
    known = [row[WEEK] for row in rows if row[WEEK] is not None]
    if not known:
        return NO_NUMBER
    return (
        f"Contributors a week, last {len(known)} weeks: "
        f"from {min(known):.0f} to {max(known):.0f}, {known[-1]:.0f} in the last."
    )


LINES: list[tuple[str, list[int]]] = [
    ("var(--chart-1)", [1, 0]),
    ("var(--chart-2)", [5, 2]),
    ("var(--chart-3)", [2, 4]),
]
"""Colour and dash of each line in turn."""

_TIME: Spec = {
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
