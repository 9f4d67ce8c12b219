"""Retention by cohort: of those who began in a month, who is still there at the end of each of the next twelve.

Source: docs/definitions.md, "Activity", Retention.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from projections.timeline.days import date_of, number_of
from projections.timeline.ranges import Work, spells

COHORT_WINDOW_DAYS = 30
MONTHS_FOLLOWED = 12


@dataclass(frozen=True, slots=True)
class Cohort:
    """People whose first active work fell in a month (its first day), and how many were active at later month-ends."""

    month: date
    people: int
    active: Sequence[int]


def cohorts(work: Work, as_of: date, at_least: int = 1) -> list[Cohort]:
    """All cohorts up to a day, oldest first; each is followed for up to twelve month-ends on or before that day.

    Args:
        work: active work of any day; what lies after `as_of` is left out.
        as_of: the last day that counts.
        at_least: contributions that make somebody active.
    """
    work = work.up_to(number_of(as_of))
    firsts, active = work.firsts(), spells(work, COHORT_WINDOW_DAYS, at_least)
    months = np.array([number_of(date_of(day).replace(day=1)) for day in firsts.day], np.int64)
    found = []
    for month in np.unique(months):
        members = firsts.who[months == month]
        theirs = np.isin(active.who, members)
        ends = [end for end in month_ends_after(int(month)) if end <= number_of(as_of)]
        counts = [int(((active.start[theirs] <= end) & (active.end[theirs] > end)).sum()) for end in ends]
        found.append(Cohort(date_of(month), len(members), counts))
    return found


def month_ends_after(month: int) -> list[int]:
    """The last days (day numbers) of the twelve months after the one that begins on a day."""
    begin, ends = date_of(month), []
    for _ in range(MONTHS_FOLLOWED):
        begin = (begin + timedelta(days=31)).replace(day=1)
        ends.append(number_of((begin + timedelta(days=31)).replace(day=1)) - 1)
    return ends
