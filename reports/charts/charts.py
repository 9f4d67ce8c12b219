"""The charts of growth as Vega-Lite specifications: pure functions from a history and a day to JSON."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import isnan

from projections.timeline.days import YEAR, date_of, number_of, sunday_of, week_of
from projections.timeline.history import History, Series, series
from reports.charts.drawing import (
    LINES,
    NO_NUMBER,
    PEOPLE,
    TIME,
    Row,
    Spec,
    chart,
    days_to,
    hover,
    number,
    rows_of,
    same,
)
from reports.format.values import format_value

WEEKS_SHOWN = 104
"""Two years, so that every week of the last one stands beside the same week of the year before."""
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


def _week(history: History, key: Series) -> Callable[[int], Row]:
    def row(week: int) -> Row:
        return {
            "start": date_of(sunday_of(week) - 6).isoformat(),
            "day": date_of(sunday_of(week)).isoformat(),
            WEEK: number(history, key, date_of(sunday_of(week))),
            YEAR_BEFORE: number(history, key, date_of(sunday_of(week - 52))),
        }

    return row


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
            "x": TIME | {"field": "start"},
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


def _growth_words(history: History, as_of: date, window_days: int) -> str:
    key = series("active_contributors", window_days=window_days)
    now, year_ago = history.value(key, as_of), history.value(key, as_of - timedelta(days=YEAR))
    if isnan(now):
        return NO_NUMBER
    before = "" if isnan(year_ago) else f", {format_value(year_ago)} a year before"
    return f"Contributors active within {window_days} days: {format_value(now)} on {as_of}{before}."


def _weekly_words(rows: Sequence[Row]) -> str:
    known = [row[WEEK] for row in rows if row[WEEK] is not None]
    if not known:
        return NO_NUMBER
    return (
        f"Contributors a week, last {len(known)} weeks: "
        f"from {format_value(min(known))} to {format_value(max(known))}, {format_value(known[-1])} in the last."
    )
