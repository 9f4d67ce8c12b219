"""How far the goal is: the target line, where we stand on it, and when the trend would reach it.

Source: docs/definitions.md, "Growth", Goal; Theil (1950) and Sen (1968) for the slope and its interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from events.community import GoalSet
from events.envelope import Order
from projections.community.standing_facts import StandingFacts
from projections.timeline.days import date_of, end_of, number_of
from projections.timeline.history import Values
from projections.timeline.ranges import Ints

MONTH_ENDS, FEWEST_MONTH_ENDS = 12, 6
FURTHEST_DAYS = 3650
NORMAL_975 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as it was set; days are day numbers."""

    order: Order
    baseline: float
    baseline_on: int
    factor: float
    due_on: int
    sources: frozenset[str] | None

    @classmethod
    def of(cls, event: GoalSet) -> "Goal":
        """The goal that an event states."""
        told = event.data
        return cls(
            event.order,
            told.baseline,
            number_of(told.baseline_on),
            told.factor,
            number_of(told.due_on),
            frozenset(told.sources) if told.sources else None,
        )

    @property
    def aim(self) -> float:
        """How many contributors it asks for in the end."""
        return self.baseline * self.factor

    def target(self, days: Ints) -> Values:
        """The target line: exponential from the baseline to the goal, then held; NaN before the baseline's day."""
        elapsed = np.minimum((days - self.baseline_on) / (self.due_on - self.baseline_on), 1)
        return np.where(days >= self.baseline_on, self.baseline * self.factor**elapsed, np.nan)


@dataclass(frozen=True, slots=True)
class Goals:
    """Every goal that a community set, oldest first."""

    every: Sequence[Goal] = ()

    @classmethod
    def of(cls, facts: StandingFacts) -> "Goals":
        """Those of the whole community."""
        return cls(tuple(Goal.of(event) for event in facts.of(GoalSet) if event.team is None))


def goal_on(goals: Sequence[Goal], day: int) -> Goal | None:
    """The newest goal that was set by the end of a day (a day number)."""
    known = [goal for goal in goals if goal.order[0].timestamp() < end_of(day)]
    return max(known, key=lambda goal: goal.order, default=None)


@dataclass(frozen=True, slots=True)
class Trend:
    """A line through ln(active), with an interval of its slope (per day)."""

    day: float
    log_active: float
    slope_low: float
    slope_high: float

    def reaches(self, log_goal: float) -> tuple[float, float]:
        """Earliest and latest day (day numbers) at which the line reaches the goal; NaN where it never does."""
        if self.slope_low <= 0:
            return np.nan, np.nan
        earliest, latest = (
            np.ceil(np.round(self.day + (log_goal - self.log_active) / slope, 6))
            for slope in (self.slope_high, self.slope_low)
        )
        return float(earliest), float(latest)


def month_ends(first_day: int, last_day: int) -> list[int]:
    """The last days of all months that end within these days."""
    found: list[int] = []
    month = date_of(first_day).replace(day=1)
    while True:
        month = (month + timedelta(days=31)).replace(day=1)
        if (end := number_of(month) - 1) > last_day:
            return found
        found.append(end)


def trend(days: Sequence[int], active: Sequence[int]) -> Trend | None:
    """The Theil–Sen line through the month-ends with anybody active; None where fewer than six have."""
    points = [(day, np.log(people)) for day, people in zip(days, active, strict=True) if people > 0]
    if len(points) < FEWEST_MONTH_ENDS:
        return None
    x, y = np.array(points).T
    low, high = slope_interval(x, y)
    return Trend(float(np.median(x)), float(np.median(y)), low, high)


def slope_interval(x: Values, y: Values) -> tuple[float, float]:
    """The 95 % interval of the median slope, by Sen's normal approximation with his correction for ties."""
    first, second = np.triu_indices(len(x), 1)
    slopes = np.sort((y[second] - y[first]) / (x[second] - x[first]))
    n = len(x)
    ties = np.unique(y, return_counts=True)[1]
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    half = NORMAL_975 * np.sqrt(variance)
    upper = min(round((len(slopes) + half) / 2), len(slopes) - 1)
    lower = max(round((len(slopes) - half) / 2) - 1, 0)
    return float(slopes[lower]), float(slopes[upper])
