"""Conditions about growth: shrinking, stalled, behind the path.

Source: docs/definitions.md, "Conditions".
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from projections.community.context import EvaluationContext
from projections.growth.goal import Goals as EveryGoal
from projections.growth.series import in_force
from projections.growth.verdict import VERDICTS
from projections.metrics.condition import Condition
from projections.timeline.history import Values
from projections.timeline.hysteresis import lasting, latched, latched_since, lately
from projections.timeline.ranges import Flags

NEITHER_DAYS, GROWN_LATELY_DAYS, PLATEAU_DAYS = 28, 180, 180
BEHIND, BEHIND_DAYS, CAUGHT_UP, CAUGHT_UP_DAYS, SINCE_BASELINE_DAYS = 0.8, 28, 0.9, 14, 90


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The days on which each verdict holds; on the others it is unknown, which is no other verdict."""

    growing: Flags
    flat: Flags
    shrinking: Flags
    unclear: Flags

    @property
    def neither(self) -> Flags:
        """Neither growing nor shrinking, as far as can be told."""
        return self.flat | self.unclear


@dataclass(frozen=True, slots=True)
class Goals:
    """The goal of each day: whether there is one, for how many days since its baseline, and its path ratio."""

    there: Flags
    age: Values
    path: Values


def shrinking(verdict: Verdicts) -> Flags:
    """Entered with the verdict, left with another one."""
    return latched(verdict.shrinking, verdict.growing | verdict.neither)


def growth_stalled(verdict: Verdicts, goals: Goals) -> Flags:
    """Neither for 28 days while the goal wants more; without a goal, after growing lately, and then for 180 days."""
    wants_more = np.where(goals.there, goals.path < 1, lately(verdict.growing, GROWN_LATELY_DAYS))
    left = verdict.growing | verdict.shrinking | (goals.path >= 1)
    place = np.arange(len(left))

    def left_after(entered: int) -> Flags:
        return left | (~goals.there & (place - entered >= PLATEAU_DAYS))

    return latched_since(lasting(verdict.neither, NEITHER_DAYS) & wants_more, left_after)


def behind_path(goals: Goals) -> Flags:
    """Below 0.8 of the path for 28 days, 90 days or more after the baseline; left at 0.9 for 14 days."""
    enter = lasting(goals.path < BEHIND, BEHIND_DAYS) & (goals.age >= SINCE_BASELINE_DAYS)
    return latched(enter, lasting(goals.path >= CAUGHT_UP, CAUGHT_UP_DAYS))


def verdicts_of(context: EvaluationContext) -> Verdicts:
    """The growth verdict of every day."""
    return Verdicts(*(context.values("growth_verdict", verdict=one) == 1 for one in VERDICTS if one != "unknown"))


def goals_of(context: EvaluationContext) -> Goals:
    """The goal that holds on each day."""
    age = np.full(len(context.days), np.nan)
    for goal, on in in_force(context.of(EveryGoal).every, context.days):
        age[on] = context.days[on] - goal.baseline_on
    return Goals(~np.isnan(age), age, context.values("growth_path_ratio"))


GROWTH_CONDITIONS: Final[tuple[Condition, ...]] = (
    Condition(
        name="shrinking",
        title="Shrinking",
        headline="{community} is shrinking",
        meaning=(
            "Contributors of four weeks changed by {growth_change_ratio:change} on a year ago (interval "
            "{growth_change_low_ratio:change} to {growth_change_high_ratio:change}), measured over up to 13 months. "
            "{active_contributors:count,window_days=90} people are active now."
        ),
        severity="ticket",
        next_step="See who lapsed and when, and ask some of them why.",
        rests_on=("growth_verdict",),
        rule=lambda context: shrinking(verdicts_of(context)),
    ),
    Condition(
        name="growth_stalled",
        title="Growth has stalled",
        headline="Growth of {community} has stalled",
        meaning=(
            "The verdict has been neither growing nor shrinking for 28 days or more: {growth_change_ratio:change} on a "
            "year ago (interval "
            "{growth_change_low_ratio:change} to {growth_change_high_ratio:change}). "
            "{active_contributors:count,window_days=90} people are active now."
        ),
        severity="ticket",
        next_step="See at which step of the pathway people stop.",
        rests_on=("growth_verdict", "growth_path_ratio"),
        rule=lambda context: growth_stalled(verdicts_of(context), goals_of(context)),
    ),
    Condition(
        name="behind_path",
        title="Behind the target line",
        headline="{community} is behind its goal",
        meaning=(
            "Active contributors have been below 80 % of the target line for 28 days or more: "
            "{active_contributors:count,window_days=90} active, {goal_target_contributors:count} on the target line "
            "today."
        ),
        severity="ticket",
        next_step="See whether too few come or too few stay, and set the goal anew if it was wrong.",
        rests_on=("growth_path_ratio",),
        rule=lambda context: behind_path(goals_of(context)),
    ),
)
