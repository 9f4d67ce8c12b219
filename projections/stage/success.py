"""Whether the stage succeeds: growth, distribution, strength and momentum, each by itself.

Source: DEFINITIONS, "Milestones, success, risks", Success of the stage.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from projections.activity.ranges import Ints
from projections.community.known import Known
from projections.growth.goal import Goal, month_ends
from projections.growth.metrics import in_force
from projections.history import Values
from projections.leadership.leadership import ROLES
from projections.leadership.renewal import firsts, leading
from projections.mentoring.measures import counted, mentored_recruits
from projections.mentoring.ranges import MENTORING
from projections.stage.milestones import SLOTS_NEEDED
from projections.thresholds import ROUNDING

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


def success(known: Known) -> Success:
    """All criteria on every day."""
    month_ends, needed = goal_reached(known)
    recurring = known.values("recurring_contributors", window_days=known.policy.headline_window_days)
    grown = (month_ends >= MONTH_ENDS) & (recurring >= needed - ROUNDING)
    leaders, core = half_years(known, first_leaderships(known)), half_years(known, first_seats_of_mentored(known))
    holds = {
        "growth": np.where(np.isnan(recurring + needed), np.nan, grown),
        "distribution": distribution(known),
        "strength": strength(known),
        "momentum": momentum(known, leaders, core),
    }
    return Success(holds, month_ends, needed, leaders, core)


def goal_reached(known: Known) -> tuple[Values, Values]:
    """At how many of the last four month-ends the day's goal was reached, and the recurring contributors it asks for.

    Both by the goal that is in force on the day; the second is NaN where the baseline's day is not known of.
    """
    reached, needed = np.full((2, len(known.days)), np.nan)
    recurring = known.values("recurring_contributors", window_days=known.policy.headline_window_days)
    for goal, on in in_force(known.goals, known.days):
        at = goal.baseline_on - known.first_day
        then = recurring[at] if 0 <= at < len(recurring) else np.nan
        reached[on] = at_month_ends(known, goal)[on]
        needed[on] = np.where(known.days >= goal.baseline_on, goal.factor / 2 * then, np.nan)[on]
    return reached, needed


def at_month_ends(known: Known, goal: Goal) -> Values:
    """At how many of the last four month-ends a goal was reached, on every day."""
    key = ("sources", goal.sources) if goal.sources else ("active", known.policy.headline_window_days)
    active = known.counts.tally.counts(key)
    ends = np.array(month_ends(known.first_day, int(known.days[-1])), np.int64)
    enough = active[ends - known.first_day] >= goal.factor * goal.baseline - ROUNDING
    total = np.concatenate((np.zeros(MONTH_ENDS + 1), np.cumsum(enough))).astype(np.float64)
    last = np.searchsorted(ends, known.days, side="right")
    found: Values = total[last + MONTH_ENDS] - total[last]
    return found


def distribution(known: Known) -> Values:
    """Whether leadership is spread over enough people for the size of the community."""
    least, asked = known.policy.success.leaders_min, known.policy.success.active_per_leader
    effective = known.values("effective_leaders", seats=known.policy.judge_by)
    active = known.values("active_contributors", window_days=known.policy.headline_window_days)
    enough = effective >= np.maximum(least, active / asked) - ROUNDING
    return np.where(np.isnan(effective + active), np.nan, enough)


def strength(known: Known) -> Values:
    """Whether enough scopes are covered."""
    ratio = known.values("leadership_strength_ratio", seats=known.policy.judge_by)
    return np.where(np.isnan(ratio), np.nan, ratio >= known.policy.success.strength_min - ROUNDING)


def momentum(known: Known, leaders: tuple[Ints, Ints], core: tuple[Ints, Ints]) -> Values:
    """Whether leaders and mentored core contributors came in both half-years, and check-ins are held."""
    check_ins = known.values("engagement_slots_filled", kind="check_in")
    told = known.since(*ROLES) & known.since(*MENTORING) & ~np.isnan(check_ins)
    going = check_ins >= SLOTS_NEEDED
    for came, people in ((leaders, NEW_LEADERS), (core, MENTORED_RECRUITS)):
        going &= (came[0] >= people) & (came[1] >= people)
    return np.where(told, going, np.nan)


def first_leaderships(known: Known) -> list[int]:
    """The days on which people took their first leadership seat ever."""
    seats = known.roster.seats if known.roster else ()
    spans = leading(seat for seat in seats if seat.role in known.policy.leadership_roles)
    return [one.start for one in firsts(spans) if one.known]


def first_seats_of_mentored(known: Known) -> list[int]:
    """The days on which people took their first seat ever after they had been mentored."""
    seats = known.roster.seats if known.roster else ()
    return [one.start for one in mentored_recruits(seats, known.mentorships.by_mentee)]


def half_years(known: Known, days: Iterable[int]) -> tuple[Ints, Ints]:
    """How many of some days lie in the last half-year, and in the one before, on every day."""
    came = list(days)
    last, before = (
        counted(((day + back, day + back + SPAN_DAYS) for day in came), known.first_day, len(known.days))
        for back in (0, SPAN_DAYS)
    )
    return last, before
