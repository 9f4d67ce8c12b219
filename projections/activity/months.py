"""Who was there in a month of four weeks, and still or already in another: what a change over a year is told from.

Counts that people add to and can be taken away from again, so that one late event costs no more than its person.

Source: docs/definitions.md, "Growth", Monthly contributors.
"""

from typing import Final

import numpy as np

from projections.timeline.days import week_of
from projections.timeline.ranges import Ints, Ranges, Work, spells

MONTH_WEEKS: Final = 4
MONTHS_A_YEAR: Final = 13
MONTHS_APART: Final = 2 * MONTHS_A_YEAR
PEOPLE_AT_ONCE: Final = 4096


class Months:
    """For each week, how many people of its month (the four weeks that end with it) were in an earlier one, too."""

    def __init__(self, first_day: int, days: int) -> None:
        self.first_week = week_of(first_day)
        weeks = week_of(first_day + days - 1) - self.first_week + 1 if days else 0
        self._together: Ints = np.zeros((weeks, MONTHS_APART), np.int64)

    def add(self, work: Work, sign: int) -> None:
        """Add some people's work, or with sign −1 take it away; all of a person's at once."""
        weeks = Work.of(work.who, week_of(work.day), work.times)
        there = spells(weeks, MONTH_WEEKS)
        people, place = np.unique(there.who, return_inverse=True)
        for begin in range(0, len(people), PEOPLE_AT_ONCE):
            some = (place >= begin) & (place < begin + PEOPLE_AT_ONCE)
            self._add(Ranges(place[some] - begin, there.start[some], there.end[some]), sign)

    def _add(self, there: Ranges, sign: int) -> None:
        packed = self._packed(there)
        for apart in range(min(MONTHS_APART, -(-len(packed) // MONTH_WEEKS))):
            back = MONTH_WEEKS * apart
            both = np.bitwise_count(packed[back:] & packed[: len(packed) - back])
            self._together[back:, apart] += sign * both.sum(axis=1, dtype=np.int64)

    def _packed(self, there: Ranges) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
        """A row for each week, a bit for each person."""
        weeks = len(self._together)
        change = np.zeros((weeks + 1, int(there.who.max(initial=-1)) + 1), np.int8)
        for week, by in ((there.start, 1), (there.end, -1)):
            np.add.at(change, (np.clip(week - self.first_week, 0, weeks), there.who), by)
        return np.packbits(np.cumsum(change[:weeks], axis=0, dtype=np.int8).view(bool), axis=1)

    def since(self, week: int, count: int) -> Ints:
        """So many weeks from one on: rows of 26, people of the month who were in that of 0 to 25 months before."""
        begin = week - self.first_week
        return self._together[begin : begin + count]
