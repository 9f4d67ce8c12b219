"""How leadership renews itself: who began to lead, who stopped, and for how long the others have.

Source: docs/definitions.md, "Leadership", Renewal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from projections.seats.leading import Leading
from projections.timeline.days import end_of
from projections.timeline.history import Values
from projections.timeline.ranges import DayCounts, Ints


@dataclass(frozen=True, slots=True)
class Renewal:
    """Renewal by day; `last_new` and `tenure` in seconds, NaN where not defined."""

    new: Ints
    left: Ints
    contributed: Ints
    mentored: Ints
    last_new: Values
    tenure: Values


def renewal(
    spans: Sequence[Leading],
    first_work: Mapping[str, float],
    first_mentored: Mapping[str, float],
    covered: tuple[int, int],
    window: int,
) -> Renewal:
    """Work out renewal over days.

    Args:
        spans: of leading, by person, oldest first.
        first_work: person → when they first contributed, at any level, in seconds.
        first_mentored: person → when their first mentorship as a mentee began, in seconds.
        covered: first day and number of days.
        window: for how many days a new leader is new.
    """
    first_day, days = covered
    tally = DayCounts(first_day, days)
    last_new = np.full(days, np.nan)
    for at, one in enumerate(spans):
        is_first = at == 0 or spans[at - 1].person != one.person
        if is_first and one.known:
            _count(tally, "new", one.start, one.start + window)
            if first_work.get(one.person, one.since) < one.since:
                _count(tally, "contributed", one.start, one.start + window)
            if first_mentored.get(one.person, one.since) < one.since:
                _count(tally, "mentored", one.start, one.start + window)
            if 0 <= one.start - first_day < days:
                last_new[one.start - first_day] = np.fmax(last_new[one.start - first_day], one.since)
        again = spans[at + 1].start if at + 1 < len(spans) and spans[at + 1].person == one.person else one.end + window
        _count(tally, "left", one.end, min(again, one.end + window))
    new, left, contributed, mentored = (tally.counts(key) for key in ("new", "left", "contributed", "mentored"))
    return Renewal(new, left, contributed, mentored, np.fmax.accumulate(last_new), tenure(spans, first_day, days))


def _count(tally: DayCounts, key: str, start: int, end: int) -> None:
    tally.add(key, np.array([start]), np.array([end]))


def tenure(spans: Sequence[Leading], first_day: int, days: int) -> Values:
    """Median seconds to the end of each day over all who lead on it, NaN where nobody does.

    The median of what has passed since is what has passed since the median, so it only changes when somebody comes or
    goes.
    """
    start, end = (np.array([getattr(one, side) for one in spans], np.int64) for side in ("start", "end"))
    since = np.array([one.since for one in spans], np.float64)
    found = np.full(days, np.nan)
    changes = {int(day) for day in (*start, *end) if first_day < day < first_day + days}
    begins = [first_day, *sorted(changes), first_day + days]
    for day, until in pairwise(begins):
        now = since[(start <= day) & (end > day)]
        if len(now):
            ends = np.array([end_of(one) for one in range(day, until)])
            found[day - first_day : until - first_day] = ends - np.median(now)
    return found
