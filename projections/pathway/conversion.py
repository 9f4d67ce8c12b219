"""Who went on: of the people who reached a step in a quarter, how many reached the next one in time.

Calendar quarters are numbers, counted from the first of 1970.
Source: docs/definitions.md, "Contribution pathway", Conversion.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from projections.pathway.steps import STEPS, Reached, month_of
from projections.timeline.history import Values, share_of
from projections.timeline.ranges import Ints

CONVERTING: Final = STEPS[:-1]
"""The steps that have a next one."""

HORIZON_DAYS: Final = (30, 90, 180, 180)
"""Within how many days the next step counts, by step."""

OLDEST_DAYS: Final = 540
"""How long ago the quarter may have ended."""


def quarter_of(day: Ints) -> Ints:
    """The quarter of a day number."""
    quarter: Ints = month_of(day) // 3
    return quarter


def begin_of(quarter: Ints) -> Ints:
    """The day number of a quarter's first day."""
    return (np.asarray(quarter) * 3).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


@dataclass(frozen=True, slots=True)
class Cohorts:
    """The people of every quarter from `first` on, by step; adding and taking away cost what is added.

    Attributes:
        people: who reached the step, by step and quarter.
        took: those who reached the next one in time, by step, quarter and days taken.
    """

    first: int
    people: Ints
    took: Ints

    @classmethod
    def none(cls, first_day: int, days: int) -> "Cohorts":
        """Nobody yet, in all quarters that so many days touch."""
        first, last = quarter_of(np.array([first_day, first_day + max(days, 1) - 1])).tolist()
        shape = (len(CONVERTING), last - first + 1)
        return cls(first, np.zeros(shape, np.int64), np.zeros((*shape, max(HORIZON_DAYS) + 1), np.int64))

    def add(self, reached: Reached, sign: int) -> None:
        """Count people, or with sign −1 no longer count them; what lies outside of the quarters is left out."""
        for step, horizon in enumerate(HORIZON_DAYS):
            day, following = reached.converting(step)
            took = following - day
            quarter = quarter_of(day) - self.first
            inside = (quarter >= 0) & (quarter < self.people.shape[1])
            on = inside & (took <= horizon)
            np.add.at(self.people[step], quarter[inside], sign)
            np.add.at(self.took[step], (quarter[on], took[on]), sign)

    def plus(self, other: "Cohorts") -> "Cohorts":
        """Both together; their quarters are the same."""
        return Cohorts(self.first, self.people + other.people, self.took + other.took)

    def step(self, name: str) -> "Conversion":
        """What is to say of one step."""
        at = CONVERTING.index(name)
        return Conversion(self.first, HORIZON_DAYS[at], self.people[at], self.took[at].sum(axis=1), self.took[at])


@dataclass(frozen=True, slots=True)
class Conversion:
    """Of one step, by quarter: how many people reached it, how many went on, and how many took how many days."""

    first: int
    horizon: int
    people: Ints
    went_on: Ints
    took: Ints

    def newest(self, first_day: int, days: int, fewest: int) -> Ints:
        """The place of the quarter that each day publishes: the newest mature one with enough people, −1 for none."""
        found = np.full(days, -1, np.int64)
        last = begin_of(np.arange(len(self.people)) + self.first + 1) - 1
        for place in np.flatnonzero(self.people >= fewest):
            mature, old = last[place] + np.array((self.horizon, OLDEST_DAYS + 1)) - first_day
            found[max(mature, 0) : max(old, 0)] = place
        return found

    def begins(self) -> Ints:
        """The first day of every quarter."""
        return begin_of(self.first + np.arange(len(self.people)))

    def ratio(self) -> Values:
        """The share that went on; NaN where nobody reached the step."""
        return share_of(self.went_on, self.people)

    def median_days(self) -> Values:
        """The median days that those who went on took; NaN where nobody did."""
        before = np.cumsum(self.took, axis=1)
        low, high = ((before <= rank[:, None]).sum(axis=1) for rank in ((self.went_on - 1) // 2, self.went_on // 2))
        return np.where(self.went_on > 0, (low + high) / 2, np.nan)
