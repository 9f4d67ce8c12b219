"""Whether the stage succeeds: growth, distribution, strength and momentum, each by itself.

Source: docs/definitions.md, "Milestones, success, risks", Success of the stage.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from projections.activity.counts import ActivityCounts
from projections.community.context import EvaluationContext
from projections.growth.goal import Goal, Goals, month_ends
from projections.growth.series import in_force
from projections.mentoring.measures import counted, mentored_recruits
from projections.mentoring.mentorships import MENTORING, Mentorships
from projections.policy.thresholds import ROUNDING
from projections.seats.leading import firsts, leading
from projections.seats.roster import ROLES, Roster
from projections.stage.milestones import SLOTS_NEEDED
from projections.timeline.history import Values
from projections.timeline.ranges import Ints

CRITERIA: Final = ("growth", "distribution", "strength", "momentum")
MONTH_ENDS = 4
SPAN_DAYS = 182
NEW_LEADERS, MENTORED_RECRUITS = 2, 1


@dataclass(frozen=True, slots=True)
class Success:
    """What success is judged by, on every day; NaN where a number is not defined.

    Attributes:
        holds: criterion → 1 or 0.
        month_ends: at how many of the last four month-ends the goal was reached.
        recurring_needed: how many recurring contributors the goal asks for.
        new_leaders: who took their first leadership seat in the last half-year, and in the one before.
        recruits: who came into core by role and was mentored, likewise.
    """

    holds: Mapping[str, Values]
    month_ends: Values
    recurring_needed: Values
    new_leaders: tuple[Ints, Ints]
    recruits: tuple[Ints, Ints]


def success(context: EvaluationContext) -> Success:
    """All criteria on every day."""
    month_ends, needed = goal_reached(context)
    recurring = context.values("recurring_contributors", window_days=context.policy.headline_window_days)
    grown = (month_ends >= MONTH_ENDS) & (recurring >= needed - ROUNDING)
    leaders, core = (
        half_years(context, first_leaderships(context)),
        half_years(context, first_seats_of_mentored(context)),
    )
    holds = {
        "growth": np.where(np.isnan(recurring + needed), np.nan, grown),
        "distribution": distribution(context),
        "strength": strength(context),
        "momentum": momentum(context, leaders, core),
    }
    return Success(holds, month_ends, needed, leaders, core)


def goal_reached(context: EvaluationContext) -> tuple[Values, Values]:
    """At how many of the last four month-ends the day's goal was reached, and the recurring contributors it asks for.

    Both by the goal that is in force on the day; the second is NaN where the baseline's day is not known of.
    """
    reached, needed = np.full((2, len(context.days)), np.nan)
    recurring = context.values("recurring_contributors", window_days=context.policy.headline_window_days)
    for goal, on in in_force(context.of(Goals).every, context.days):
        at = goal.baseline_on - context.first_day
        then = recurring[at] if 0 <= at < len(recurring) else np.nan
        reached[on] = at_month_ends(context, goal)[on]
        needed[on] = np.where(context.days >= goal.baseline_on, goal.factor / 2 * then, np.nan)[on]
    return reached, needed


def at_month_ends(context: EvaluationContext, goal: Goal) -> Values:
    """At how many of the last four month-ends a goal was reached, on every day."""
    key = ("sources", goal.sources) if goal.sources else ("active", context.policy.headline_window_days)
    active = context.counts.of(ActivityCounts).days.counts(key)
    ends = np.array(month_ends(context.first_day, int(context.days[-1])), np.int64)
    enough = active[ends - context.first_day] >= goal.factor * goal.baseline - ROUNDING
    total = np.concatenate((np.zeros(MONTH_ENDS + 1), np.cumsum(enough))).astype(np.float64)
    last = np.searchsorted(ends, context.days, side="right")
    found: Values = total[last + MONTH_ENDS] - total[last]
    return found


def distribution(context: EvaluationContext) -> Values:
    """Whether leadership is spread over enough people for the size of the community."""
    least, asked = context.policy.success.leaders_min, context.policy.success.active_per_leader
    effective = context.values("effective_leaders", seats=context.policy.judge_by)
    active = context.values("active_contributors", window_days=context.policy.headline_window_days)
    enough = effective >= np.maximum(least, active / asked) - ROUNDING
    return np.where(np.isnan(effective + active), np.nan, enough)


def strength(context: EvaluationContext) -> Values:
    """Whether enough scopes are covered."""
    ratio = context.values("leadership_strength_ratio", seats=context.policy.judge_by)
    return np.where(np.isnan(ratio), np.nan, ratio >= context.policy.success.strength_min - ROUNDING)


def momentum(context: EvaluationContext, leaders: tuple[Ints, Ints], core: tuple[Ints, Ints]) -> Values:
    """Whether leaders and mentored core contributors came in both half-years, and check-ins are held."""
    check_ins = context.values("engagement_slots_filled", kind="check_in")
    told = context.since(*ROLES) & context.since(*MENTORING) & ~np.isnan(check_ins)
    going = check_ins >= SLOTS_NEEDED
    for came, people in ((leaders, NEW_LEADERS), (core, MENTORED_RECRUITS)):
        going &= (came[0] >= people) & (came[1] >= people)
    return np.where(told, going, np.nan)


def first_leaderships(context: EvaluationContext) -> list[int]:
    """The days on which people took their first leadership seat ever."""
    roster = context.find(Roster)
    seats = roster.seats if roster else ()
    spans = leading(seat for seat in seats if seat.role in context.policy.leadership_roles)
    return [one.start for one in firsts(spans) if one.known]


def first_seats_of_mentored(context: EvaluationContext) -> list[int]:
    """The days on which people took their first seat ever after they had been mentored."""
    roster = context.find(Roster)
    seats = roster.seats if roster else ()
    return [one.start for one in mentored_recruits(seats, context.of(Mentorships).by_mentee)]


def half_years(context: EvaluationContext, days: Iterable[int]) -> tuple[Ints, Ints]:
    """How many of some days lie in the last half-year, and in the one before, on every day."""
    came = list(days)
    last, before = (
        counted(((day + back, day + back + SPAN_DAYS) for day in came), context.first_day, len(context.days))
        for back in (0, SPAN_DAYS)
    )
    return last, before
