"""The series about growth: their values on every day, from counts and facts.

Source: docs/definitions.md, "Growth".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from projections.activity.months import MONTH_WEEKS, Months
from projections.growth.goal import FURTHEST_DAYS, MONTH_ENDS, Goal, month_ends, trend
from projections.growth.verdict import UNKNOWN, VERDICTS, Change, judge
from projections.timeline.days import SECONDS_A_DAY, end_of, sunday_of, week_of
from projections.timeline.history import Series, Values, series
from projections.timeline.ranges import Flags, Ints


@dataclass(frozen=True, slots=True)
class Weeks:
    """The closed weeks of a community, and for each day the index of the last one (−1 where there is none).

    Attributes:
        first: The number of the first one.
        weekly: People in each.
        together: Of the people of each month, how many were there 0 to 25 months before: its first three are no whole
            months.
        last_closed: For each day.
    """

    first: int
    weekly: Ints
    together: Ints
    last_closed: Ints

    @classmethod
    def of(cls, by_day: Ints, months: Months, first_day: int, first_contribution: int) -> "Weeks":
        """Weeks from the first one wholly on or after a day; `by_day` gives each day its week's people."""
        first = week_of(first_contribution + 6)
        days = first_day + np.arange(len(by_day))
        last_closed = np.maximum((days - sunday_of(first)) // 7, -1)
        sundays = sunday_of(first) + 7 * np.arange(last_closed[-1] + 1) if len(days) else np.empty(0, np.int64)
        return cls(first, by_day[sundays - first_day], months.since(first, len(sundays)), last_closed)

    @property
    def monthly(self) -> Values:
        """People in the four weeks that end with each; NaN for the first three."""
        whole = np.arange(len(self.weekly)) >= MONTH_WEEKS - 1
        return np.where(whole, self.together[:, 0], np.nan)

    def spread(self, by_week: Values | Ints, absent: float = np.nan) -> Values:
        """The value of each day's last closed week; `absent` before the first."""
        return np.append(by_week.astype(np.float64), absent)[self.last_closed]


def verdict_series(weeks: Weeks, present: Flags, covered: Flags) -> Iterator[tuple[Series, Values]]:
    """The verdict and what it rests on; `covered` are the days on which too much is not checked to tell."""
    change: Change = judge(weeks.together)
    yield series("weekly_contributors"), weeks.spread(weeks.weekly)
    yield series("monthly_contributors"), weeks.spread(weeks.monthly)
    yield series("growth_change_ratio"), weeks.spread(change.ratio)
    yield series("growth_change_low_ratio"), weeks.spread(change.low)
    yield series("growth_change_high_ratio"), weeks.spread(change.high)
    held = np.where(covered, UNKNOWN, weeks.spread(change.verdict, UNKNOWN))
    for number, verdict in enumerate(VERDICTS):
        yield series("growth_verdict", verdict=verdict), np.where(present, (held == number).astype(float), np.nan)


@dataclass(frozen=True, slots=True)
class Activity:
    """Active people of the headline window on every day from `first_day`, NaN before the first contribution."""

    first_day: int
    active: Values
    by_sources: Mapping[frozenset[str], Values]

    @property
    def days(self) -> Ints:
        """The day numbers."""
        return self.first_day + np.arange(len(self.active))


def goal_series(goals: Sequence[Goal], activity: Activity) -> Iterator[tuple[Series, Values]]:
    """The goal that holds on each day; nothing where none was ever set."""
    names = ("baseline_contributors", "target_contributors", "due_timestamp_seconds")
    found = {series(f"goal_{name}"): np.full(len(activity.active), np.nan) for name in names}
    eta = [series(f"goal_eta_{end}_timestamp_seconds") for end in ("earliest", "latest")]
    ratios = [series("growth_ratio", coverage=coverage) for coverage in ("same_sources", "all")]
    found |= {key: np.full(len(activity.active), np.nan) for key in (*eta, *ratios, series("growth_path_ratio"))}
    for goal, on in in_force(goals, activity.days):
        days = activity.days[on]
        target = goal.target(days)
        same = activity.by_sources[goal.sources] if goal.sources else activity.active
        values = (goal.baseline, target, goal.due_on * SECONDS_A_DAY)
        for key, value in zip([series(f"goal_{name}") for name in names], values, strict=True):
            found[key][on] = value
        found[ratios[0]][on], found[ratios[1]][on] = same[on] / goal.baseline, activity.active[on] / goal.baseline
        found[series("growth_path_ratio")][on] = activity.active[on] / target
        found[eta[0]][on], found[eta[1]][on] = arrivals(goal, activity, days)
    yield from found.items() if goals else ()


def in_force(goals: Sequence[Goal], days: Ints) -> Iterator[tuple[Goal, slice]]:
    """Each goal with the days on which it is the newest."""
    if not goals:
        return
    ordered = sorted(goals, key=lambda goal: goal.order)
    ends = np.array([end_of(int(day)) for day in days])
    starts = [int(np.searchsorted(ends, goal.order[0].timestamp(), side="right")) for goal in ordered]
    for goal, start, end in zip(ordered, starts, [*starts[1:], len(days)], strict=True):
        if start < end:
            yield goal, slice(start, end)


def arrivals(goal: Goal, activity: Activity, days: Ints) -> tuple[Values, Values]:
    """Earliest and latest arrival as seen on each of these days, in seconds since the epoch."""
    reached = np.full((len(days), 2), np.nan)
    ends = month_ends(activity.first_day, int(activity.days[-1]) if len(activity.days) else activity.first_day)
    for at, end in enumerate(ends):
        seen = (days >= end) & (days < (ends[at + 1] if at + 1 < len(ends) else days[-1] + 1))
        if seen.any():
            last = ends[max(at + 1 - MONTH_ENDS, 0) : at + 1]
            people = [_active_on(activity, day) for day in last]
            if (line := trend(last, people)) is not None:
                reached[seen] = line.reaches(np.log(goal.baseline * goal.factor))
    reached[reached - days[:, None] > FURTHEST_DAYS] = np.nan
    return reached[:, 0] * SECONDS_A_DAY, reached[:, 1] * SECONDS_A_DAY


def _active_on(activity: Activity, day: int) -> int:
    return int(np.nan_to_num(activity.active[day - activity.first_day]))
