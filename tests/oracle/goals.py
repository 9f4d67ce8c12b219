"""docs/definitions.md, **Goal**: baseline, target line, growth ratio, path ratio and ETA."""

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil, log
from statistics import median
from typing import Any

from scipy.stats import theilslopes

from events.envelope import Event
from tests.oracle.activity import Days, active
from tests.oracle.contributions import Work, not_withdrawn
from tests.oracle.days import end_of, month_ends
from tests.oracle.people import of_type, order
from tests.oracle.values import Values

TEN_YEARS_DAYS = 3650


def goal(events: Iterable[Event], day: date) -> Any:
    """The newest by `(time, id)` holds, older ones stay visible."""
    stands = of_type(not_withdrawn(list(events)), "goal.set")
    so_far = [event for event in stands if event.time < end_of(day) and event.team is None]
    newest = max(so_far, key=order, default=None)
    return None if newest is None else newest.data


def target(aim: Any, day: date) -> float | None:
    """`T(D) = baseline · factor^x`, x = elapsed share of the way, held at 1 after `due_on`.

    Absent before `baseline_on`.
    """
    if day < aim.baseline_on:
        return None
    x = min(1.0, (day - aim.baseline_on).days / (aim.due_on - aim.baseline_on).days)
    return float(aim.baseline * aim.factor**x)


def of_sources(work: Iterable[Work], aim: Any) -> list[Work]:
    """What the goal counted: its own sources, or all where it names none."""
    return [one for one in work if aim.sources is None or one.source in aim.sources]


def eta(days: Days, aim: Any, day: date, values: Values) -> tuple[date | None, date | None]:
    """Earliest and latest day at which the line through ln(active) of the last 12 complete month-ends reaches the goal.

    With the 95 % interval of its Theil–Sen slope; absent where the lower slope ≤ 0 or beyond 10 years.
    """
    points = month_end_points(days, day, values)
    if len(points) < 6:
        return None, None
    x = [place for place, _ in points]
    y = [log(people) for _, people in points]
    _, _, low, high = theilslopes(y, x, 0.95)
    if not low > 0:
        return None, None
    aimed = log(aim.baseline * aim.factor)
    return reaches(x, y, high, aimed, day), reaches(x, y, low, aimed, day)


def month_end_points(days: Days, day: date, values: Values) -> list[tuple[int, int]]:
    """Active contributors of the last 12 complete month-ends (zeros left out)."""
    points = [
        (end.toordinal(), len(active(days, end, values.headline, values.min_contributions)))
        for end in month_ends(day, 12)
    ]
    return [(place, people) for place, people in points if people > 0]


def reaches(x: Sequence[int], y: Sequence[float], slope: float, aimed: float, day: date) -> date | None:
    """The first day on which a line through the medians is at the goal; none beyond 10 years."""
    place = ceil(round(median(x) + (aimed - median(y)) / slope, 6))
    return None if place > day.toordinal() + TEN_YEARS_DAYS or place < 1 else date.fromordinal(place)
