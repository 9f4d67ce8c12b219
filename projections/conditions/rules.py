"""Every condition by name: what it goes by, and its rule.

Source: DEFINITIONS, "Conditions".
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import numpy as np

from projections.activity.arrivals import ArrivalCounts
from projections.community.context import EvaluationContext
from projections.conditions import growing, leading, mentored, spoken
from projections.conditions.daily import Share, age_in_days, arrivals, goals, retention, verdicts
from projections.conditions.growing import Verdicts
from projections.conditions.spoken import PublishedActive
from projections.conditions.vacancies import Vacancies
from projections.mentoring.counts import LandmarkCounts
from projections.pathway.gaps import acknowledged
from projections.seats.roster import ROLES
from projections.timeline.days import SECONDS_A_DAY
from projections.timeline.history import Values
from projections.timeline.ranges import Flags

CONDITIONS: Final[Sequence[str]] = (
    "shrinking",
    "growth_stalled",
    "behind_path",
    "retention_dropped",
    "leadership_concentrated",
    "no_new_leader",
    "strength_falling",
    "scope_vacant",
    "coordinator_runway",
    "newcomers_unmentored",
    "mentor_overloaded",
    "newcomers_unanswered",
    "pathway_gap",
    "report_overdue",
    "meeting_overdue",
    "no_cross_team",
    "unusual_arrivals",
    "source_unchecked",
    "history_unsettled",
)
"""In the order of the definitions."""


def growth_verdicts(context: EvaluationContext) -> Verdicts:
    """The growth verdict of every day."""
    return Verdicts(**verdicts(context, "growth_verdict", "growing", "flat", "shrinking"))


def leadership_concentrated(context: EvaluationContext) -> Flags:
    """By the leadership verdict."""
    held = verdicts(context, "leadership_verdict", "concentrating", "spreading", "steady")
    return leading.leadership_concentrated(held["concentrating"], held["spreading"] | held["steady"])


def no_new_leader(context: EvaluationContext) -> Flags:
    """By the last new leader, or else the first role event."""
    last = age_in_days(context.values("last_new_leader_timestamp_seconds"), context.days)
    recorded = context.since(*ROLES)
    first = np.where(recorded, context.days - context.days[np.argmax(recorded)], np.nan)
    active = context.values("active_contributors", window_days=context.policy.headline_window_days)
    return leading.no_new_leader(np.where(np.isnan(last), first, last), active)


def strength_falling(context: EvaluationContext) -> Flags:
    """By the scopes that are covered, of those not inherited."""
    scopes = {one: scopes_that_are(context, one) for one in ("covered", "thin", "vacant")}
    whole = np.sum(list(scopes.values()), axis=0)
    return leading.strength_falling(Share(scopes["covered"], np.where(whole > 0, whole, np.nan)))


def scopes_that_are(context: EvaluationContext, strength: str) -> Values:
    """How many scopes are of one strength, by the seats that are judged."""
    return context.values("scopes", seats=context.policy.judge_by, strength=strength)


def coordinator_runway(context: EvaluationContext) -> Flags:
    """By the risk."""
    high, low = (context.values("risk", risk="coordinator_runway", state=state) == 1 for state in ("high", "low"))
    return leading.coordinator_runway(high, low)


def newcomers_unmentored(context: EvaluationContext) -> Flags:
    """By coverage, of the newcomers that it is a share of."""
    newcomers = context.counts.of(LandmarkCounts).days.counts("newcomers").astype(np.float64)
    coverage, mentorships = (context.values(name) for name in ("mentoring_coverage_ratio", "mentorships_active"))
    return mentored.newcomers_unmentored(coverage, newcomers, mentorships)


def newcomers_unanswered(context: EvaluationContext) -> Flags:
    """By newcomers who wait, of those of the headline window."""
    newcomers = context.values("newcomers", window_days=context.policy.headline_window_days)
    return mentored.newcomers_unanswered(context.values("newcomers_unanswered"), newcomers)


def overdue(kind: str, context: EvaluationContext) -> Flags:
    """By the last engagement of a kind; never where the policy gives it no cadence."""
    cadence = context.policy.communication.cadence_days.get(kind)
    last = context.values("last_engagement_timestamp_seconds", kind=kind)
    return spoken.overdue(age_in_days(last, context.days), cadence) if cadence else np.zeros(len(last), bool)


def no_cross_team(context: EvaluationContext) -> Flags:
    """By people across teams, where two teams are large enough to share any."""
    teams = context.counts.of(ArrivalCounts).teams(spoken.FEWEST_IN_A_TEAM).astype(np.float64)
    return spoken.no_cross_team(context.values("cross_team_contributors"), teams)


def history_unsettled(context: EvaluationContext) -> Flags:
    """By what was published of the headline window's active people, and how many are known now."""
    window = context.policy.headline_window_days
    active = np.nan_to_num(context.values("active_contributors", window_days=window))
    places = {day - context.first_day: told for day, told in context.published.items() if window in told.active}
    found = (
        PublishedActive(
            int(told.moment // SECONDS_A_DAY) - context.first_day, told.active[window], active[at] if at >= 0 else 0.0
        )
        for at, told in places.items()
        if at < len(active)
    )
    return spoken.history_unsettled(found, len(active))


RULES: Final[Mapping[str, Callable[[EvaluationContext], Flags]]] = {
    "shrinking": lambda context: growing.shrinking(growth_verdicts(context)),
    "growth_stalled": lambda context: growing.growth_stalled(growth_verdicts(context), goals(context)),
    "behind_path": lambda context: growing.behind_path(goals(context)),
    "retention_dropped": lambda context: growing.retention_dropped(retention(context)),
    "leadership_concentrated": leadership_concentrated,
    "no_new_leader": no_new_leader,
    "strength_falling": strength_falling,
    "coordinator_runway": coordinator_runway,
    "newcomers_unmentored": newcomers_unmentored,
    "mentor_overloaded": lambda context: mentored.mentor_overloaded(
        context.values("mentor_load_max"), context.policy.mentoring.load_max
    ),
    "newcomers_unanswered": newcomers_unanswered,
    "report_overdue": partial(overdue, "report"),
    "meeting_overdue": partial(overdue, "meeting"),
    "no_cross_team": no_cross_team,
    "unusual_arrivals": lambda context: growing.unusual_arrivals(arrivals(context)),
    "history_unsettled": history_unsettled,
}
"""Conditions of the community as a whole."""


def named(context: EvaluationContext, vacant: Vacancies | None) -> Mapping[str, Mapping[str, Flags]]:
    """Conditions of something that has a name: scopes, steps of the pathway, sources."""
    return {
        "scope_vacant": vacant_scopes(context, vacant) if vacant else {},
        "pathway_gap": pathway_gaps(context),
        "source_unchecked": unchecked_sources(context),
    }


def vacant_scopes(context: EvaluationContext, vacant: Vacancies) -> Mapping[str, Flags]:
    """Scopes that matter and that nobody leads."""
    everything = context.counts.of(ArrivalCounts).volume(None)
    bears = [20 * context.counts.of(ArrivalCounts).volume(name) >= everything for name in vacant.names]
    team = np.array(bears, bool).reshape(vacant.scopes.there.shape) & (everything > 0)
    held = leading.scopes_vacant(vacant.scopes, team)
    return {name: days for name, days in zip(vacant.names, held, strict=True) if days.any()}


def pathway_gaps(context: EvaluationContext) -> Mapping[str, Flags]:
    """Steps with a gap that nobody acknowledged."""
    gaps = {step: (context.values("pathway_gap", step=step), days) for step, days in acknowledged(context).items()}
    held = {step: mentored.pathway_gaps(*one) for step, one in gaps.items()}
    return {step: days for step, days in held.items() if days.any()}


def unchecked_sources(context: EvaluationContext) -> Mapping[str, Flags]:
    """Sources that are not checked."""
    late, place = context.sources.unchecked(context.first_day, len(context.days))
    names = sorted(set().union(*late))
    return {name: np.array([name in sources for sources in late], bool)[place] for name in names}
