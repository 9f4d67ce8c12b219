"""Measures of mentorships and of those who are mentored.

Source: docs/definitions.md, "Mentoring".
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from projections.mentoring.mentorships import Mentorship
from projections.seats.seats import Held
from projections.timeline.ranges import DayCounts, Ints

LANDMARK_DAYS = 14
MENTORED_DAYS = 365


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


def mentored_recruits(seats: Iterable[Held], by_mentee: Mapping[str, Iterable[Mentorship]]) -> Sequence[Held]:
    """Those of them whose holder was mentored before."""
    return [one for one in recruits(seats) if was_mentored(one, by_mentee.get(one.holder, ()))]


def counted(spans: Iterable[tuple[int, int]], first_day: int, days: int) -> Ints:
    """How many of these spans hold each day."""
    start, end = np.array(list(spans), np.int64).reshape(-1, 2).T
    tally = DayCounts(first_day, days)
    tally.add("spans", start, end)
    return tally.counts("spans")
