"""Charts about leadership: how spread it is beside the community, and how strong its scopes are."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import isnan

from projections.metrics.unit import Unit
from projections.timeline.days import YEAR
from projections.timeline.history import History, Series, series
from reports.charts.drawing import LINES, NO_NUMBER, PEOPLE, Row, Spec, chart, days_to, hover, rows_of, same
from reports.format.values import format_value

HALF_WIDTH, HALF_HEIGHT = 350, 190
"""Two charts beside each other, over the same days."""
LEADERS, ACTIVE = "Effective leaders", "Active contributors"
STRENGTHS = {"Covered": "covered", "Thin": "thin", "Vacant": "vacant", "Inherited": "inherited"}


def leaders(history: History, as_of: date, seats: str) -> Spec:
    """Effective leaders on every seventh day since roles were recorded.

    Args:
        history: The numbers to draw; what may not be seen must already be NaN there.
        as_of: The last day drawn.
        seats: Which seats to go by.
    """
    key = series("effective_leaders", seats=seats)
    return _half(
        _since_roles(history, as_of, seats, {LEADERS: key}),
        LEADERS,
        1,
        _words(history, as_of, key, (LEADERS, Unit.TENTHS)),
    )


def beside(history: History, as_of: date, seats: str, window_days: int) -> Spec:
    """Active contributors over the same days."""
    key = series("active_contributors", window_days=window_days)
    return _half(
        _since_roles(history, as_of, seats, {ACTIVE: key}), ACTIVE, 0, _words(history, as_of, key, (ACTIVE, Unit.COUNT))
    )


def strength_chart(history: History, as_of: date, seats: str) -> Spec:
    """How many scopes there are of each strength, stacked, on every seventh day since roles were recorded."""
    lines = {title: series("scopes", seats=seats, strength=name) for title, name in STRENGTHS.items()}
    rows = _since_roles(history, as_of, seats, lines)
    values = (format_value(history.value(key, as_of)) for key in lines.values())
    now = [f"{value} {name}" for value, name in zip(values, STRENGTHS.values(), strict=True)]
    drawn = any(row[title] is not None for row in rows for title in STRENGTHS)
    words = f"Scopes by strength on {as_of}: {', '.join(now)}." if drawn else NO_NUMBER
    return chart(rows, [areas(list(STRENGTHS)), hover([("day", "Day"), *same(*STRENGTHS)])], title=words)


def _since_roles(history: History, as_of: date, seats: str, lines: Mapping[str, Series]) -> list[Row]:
    """The numbers of days on which scopes are known, so that charts of them share their days."""
    known = series("scopes", seats=seats, strength="covered")
    days = [day for day in days_to(history, as_of) if not isnan(history.value(known, day))]
    return list(rows_of(history, lines, days))


def _half(rows: list[Row], name: str, style: int, words: str) -> Spec:
    layers = [line(name, style), hover([("day", "Day"), *same(name)])]
    return chart(rows, layers, title=words) | {"width": HALF_WIDTH, "height": HALF_HEIGHT}


def _words(history: History, as_of: date, key: Series, called: tuple[str, Unit]) -> str:
    now, year_ago = history.value(key, as_of), history.value(key, as_of - timedelta(days=YEAR))
    if isnan(now):
        return NO_NUMBER
    name, unit = called
    before = "" if isnan(year_ago) else f", {format_value(year_ago, unit)} a year before"
    return f"{name}: {format_value(now, unit)} on {as_of}{before}."


def line(name: str, style: int) -> Spec:
    """One line, which needs no legend."""
    colour, _ = LINES[style]
    mark = {"type": "line", "strokeWidth": 2.25, "interpolate": "monotone", "color": colour}
    return {"mark": mark, "encoding": {"y": PEOPLE | {"field": name}}}


def areas(names: Sequence[str]) -> Spec:
    """Areas stacked in the order of their names, the first at the bottom; the legend has the same order."""
    scale = {"domain": list(names), "range": [f"var(--area-{at})" for at in range(1, len(names) + 1)]}
    return {
        "transform": [
            {"fold": list(names), "as": ["series", "scopes"]},
            {"calculate": f"indexof({json.dumps(list(names))}, datum.series)", "as": "place"},
        ],
        "mark": {"type": "area", "interpolate": "step-after"},
        "encoding": {
            "y": PEOPLE | {"field": "scopes", "stack": "zero"},
            "color": {"field": "series", "type": "nominal", "scale": scale, "sort": None, "legend": {"title": None}},
            "order": {"field": "place", "type": "quantitative"},
        },
    }
