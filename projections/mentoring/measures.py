"""Measures of mentorships and of those who are mentored.

Source: DEFINITIONS, "Mentoring".
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from projections.activity.ranges import Ints, Ranges, Segments, Tally, stacked
from projections.leadership.seats import Held
from projections.mentoring.ranges import Mentorship

LANDMARK_DAYS = 14
MENTORED_DAYS = 365


def loads(mentorships: Iterable[Mentorship]) -> Segments:
    """The stretches over which each mentor has the same number of mentees, as the "layers"; none that has none."""
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for one in mentorships:
        spans[one.mentor, one.mentee].append((one.start, one.end))
    rows = [(mentor, *span) for (mentor, _), theirs in sorted(spans.items()) for span in united(theirs)]
    number = {mentor: at for at, mentor in enumerate(sorted({mentor for mentor, *_ in rows}))}
    who, start, end = np.array([(number[mentor], *span) for mentor, *span in rows], np.int64).reshape(-1, 3).T
    return stacked(Ranges(who, start, end))


def united(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that overlap or touch are one; the same mentee counts once, in however many teams."""
    now: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if now is None or start > now[1]:
            if now is not None:
                yield now
            now = (start, end)
        else:
            now = (now[0], max(now[1], end))
    if now is not None:
        yield now


def highest(segments: Segments, first_day: int, days: int) -> Ints:
    """The most layers of any segment on each day; 0 where there is none."""
    found = np.zeros(days, np.int64)
    start, end = (np.clip(side - first_day, 0, days) for side in (segments.start, segments.end))
    for at in np.argsort(segments.layers, kind="stable"):
        found[start[at] : end[at]] = segments.layers[at]
    return found


def first_seats(seats: Iterable[Held]) -> Mapping[str, Held]:
    """Everybody's first seat ever, of any role; one that was already held came before one granted then."""
    found: dict[str, Held] = {}
    for one in sorted(seats, key=lambda one: (one.start, one.granted_at, one.known)):
        found.setdefault(one.holder, one)
    return found


def recruits(seats: Iterable[Held]) -> Sequence[Held]:
    """The first seats that somebody took; one that was already held when records began recruits nobody."""
    return [one for one in first_seats(seats).values() if one.known]


def was_mentored(seat: Held, theirs: Iterable[Mentorship]) -> bool:
    """Whether one of somebody's mentorships as a mentee lasted into the 365 days before they took a seat."""
    return any(one.since < seat.granted_at and one.end >= seat.start - MENTORED_DAYS for one in theirs)


def counted(spans: Iterable[tuple[int, int]], first_day: int, days: int) -> Ints:
    """How many of these spans hold each day."""
    start, end = np.array(list(spans), np.int64).reshape(-1, 2).T
    tally = Tally(first_day, days)
    tally.add("spans", start, end)
    return tally.counts("spans")
