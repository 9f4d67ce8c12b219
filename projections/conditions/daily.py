"""What conditions go by, day by day, gathered from what was answered before. NaN where something is not defined.

Source: DEFINITIONS, "Conditions".
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from projections.activity.arrivals import ArrivalCounts
from projections.community.context import EvaluationContext
from projections.growth.families import in_force
from projections.growth.goal import Goals as EveryGoal
from projections.timeline.days import SECONDS_A_DAY, sunday_of, week_of
from projections.timeline.history import Values, earlier, share_of
from projections.timeline.ranges import Flags, Ints


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many people, as counts; NaN where there is nobody to count."""

    part: Values
    whole: Values

    def before(self, days: int) -> "Share":
        """The share of so many days before; NaN before the first."""
        return Share(earlier(self.part, days), earlier(self.whole, days))

    @property
    def ratio(self) -> Values:
        """As a ratio; NaN where there is nobody."""
        return share_of(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class Goals:
    """The goal of each day: whether there is one, for how many days since its baseline, and its path ratio."""

    there: Flags
    age: Values
    path: Values


@dataclass(frozen=True, slots=True)
class Weekly:
    """Newcomers of the closed weeks, and for each day the place of the last closed week (−1 where there is none)."""

    newcomers: Ints
    last_closed: Ints


def verdicts(context: EvaluationContext, family: str, *names: str) -> Mapping[str, Flags]:
    """The days on which each verdict holds."""
    return {name: context.values(family, verdict=name) == 1 for name in names}


def goals(context: EvaluationContext) -> Goals:
    """The goal that holds on each day."""
    age = np.full(len(context.days), np.nan)
    for goal, on in in_force(context.of(EveryGoal).every, context.days):
        age[on] = context.days[on] - goal.baseline_on
    return Goals(~np.isnan(age), age, context.values("growth_path_ratio"))


def retention(context: EvaluationContext) -> Share:
    """Of those active a headline window before, how many still are."""
    window = context.policy.headline_window_days
    before = earlier(context.values("active_contributors", window_days=window), window)
    kept = np.round(context.values("retention_ratio", window_days=window) * before)
    return Share(kept, np.where(before > 0, before, np.nan))


def age_in_days(moments: Values, days: Ints) -> Values:
    """Whole days from the day of each moment (seconds since the epoch) to the day it is known on."""
    age: Values = days.astype(np.float64) - np.floor(moments / SECONDS_A_DAY)
    return age


def arrivals(context: EvaluationContext) -> Weekly:
    """The newcomers of each closed week that lies wholly on or after the first contribution."""
    by_day: Ints = context.counts.of(ArrivalCounts).by_day()
    first = week_of(int(context.days[np.argmax(context.present)]) + 6)
    last_closed: Ints = np.maximum((context.days - sunday_of(first)) // 7, -1)
    total = np.concatenate((np.zeros(1, np.int64), np.cumsum(by_day)))
    sundays = sunday_of(first) + 7 * np.arange(last_closed[-1] + 1) - context.first_day
    return Weekly(total[sundays + 1] - total[np.maximum(sundays - 6, 0)], last_closed)
