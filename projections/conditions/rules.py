"""Every condition by name: what it goes by, and its rule.

Source: DEFINITIONS, "Conditions".
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import numpy as np

from projections.activity.ranges import Flags
from projections.community.known import Known
from projections.conditions import growing, leading, mentored, spoken
from projections.conditions.daily import (
    Share,
    age_in_days,
    arrivals,
    goals,
    retention,
    verdicts,
)
from projections.conditions.growing import Verdicts
from projections.conditions.spoken import Told
from projections.conditions.vacancies import Vacancies
from projections.days import SECONDS_A_DAY
from projections.history import Values
from projections.leadership.leadership import ROLES
from projections.pathway.gaps import acknowledged

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


def growth_verdicts(known: Known) -> Verdicts:
    """The growth verdict of every day."""
    return Verdicts(**verdicts(known, "growth_verdict", "growing", "flat", "shrinking"))


def leadership_concentrated(known: Known) -> Flags:
    """By the leadership verdict."""
    held = verdicts(known, "leadership_verdict", "concentrating", "spreading", "steady")
    return leading.leadership_concentrated(held["concentrating"], held["spreading"] | held["steady"])


def no_new_leader(known: Known) -> Flags:
    """By the last new leader, or else the first role event."""
    last = age_in_days(known.values("last_new_leader_timestamp_seconds"), known.days)
    recorded = known.since(*ROLES)
    first = np.where(recorded, known.days - known.days[np.argmax(recorded)], np.nan)
    active = known.values("active_contributors", window_days=known.policy.headline_window_days)
    return leading.no_new_leader(np.where(np.isnan(last), first, last), active)


def strength_falling(known: Known) -> Flags:
    """By the scopes that are covered, of those not inherited."""
    scopes = {one: scopes_that_are(known, one) for one in ("covered", "thin", "vacant")}
    whole = np.sum(list(scopes.values()), axis=0)
    return leading.strength_falling(Share(scopes["covered"], np.where(whole > 0, whole, np.nan)))


def scopes_that_are(known: Known, strength: str) -> Values:
    """How many scopes are of one strength, by the seats that are judged."""
    return known.values("scopes", seats=known.policy.judge_by, strength=strength)


def coordinator_runway(known: Known) -> Flags:
    """By the risk."""
    high, low = (known.values("risk", risk="coordinator_runway", state=state) == 1 for state in ("high", "low"))
    return leading.coordinator_runway(high, low)


def newcomers_unmentored(known: Known) -> Flags:
    """By coverage, of the newcomers that it is a share of."""
    newcomers = known.counts.landmarks.tally.counts("newcomers").astype(np.float64)
    coverage, mentorships = (known.values(name) for name in ("mentoring_coverage_ratio", "mentorships_active"))
    return mentored.newcomers_unmentored(coverage, newcomers, mentorships)


def newcomers_unanswered(known: Known) -> Flags:
    """By newcomers who wait, of those of the headline window."""
    newcomers = known.values("newcomers", window_days=known.policy.headline_window_days)
    return mentored.newcomers_unanswered(known.values("newcomers_unanswered"), newcomers)


def overdue(kind: str, known: Known) -> Flags:
    """By the last engagement of a kind; never where the policy gives it no cadence."""
    cadence = known.policy.communication.cadence_days.get(kind)
    last = known.values("last_engagement_timestamp_seconds", kind=kind)
    return spoken.overdue(age_in_days(last, known.days), cadence) if cadence else np.zeros(len(last), bool)


def no_cross_team(known: Known) -> Flags:
    """By people across teams, where two teams are large enough to share any."""
    teams = known.counts.arrivals.teams(spoken.FEWEST_IN_A_TEAM).astype(np.float64)
    return spoken.no_cross_team(known.values("cross_team_contributors"), teams)


def history_unsettled(known: Known) -> Flags:
    """By what was published of the headline window's active people, and how many are known now."""
    window = known.policy.headline_window_days
    active = np.nan_to_num(known.values("active_contributors", window_days=window))
    places = {day - known.first_day: told for day, told in known.published.items() if window in told.active}
    found = (
        Told(int(told.moment // SECONDS_A_DAY) - known.first_day, told.active[window], active[at] if at >= 0 else 0.0)
        for at, told in places.items()
        if at < len(active)
    )
    return spoken.history_unsettled(found, len(active))


RULES: Final[Mapping[str, Callable[[Known], Flags]]] = {
    "shrinking": lambda known: growing.shrinking(growth_verdicts(known)),
    "growth_stalled": lambda known: growing.growth_stalled(growth_verdicts(known), goals(known)),
    "behind_path": lambda known: growing.behind_path(goals(known)),
    "retention_dropped": lambda known: growing.retention_dropped(retention(known)),
    "leadership_concentrated": leadership_concentrated,
    "no_new_leader": no_new_leader,
    "strength_falling": strength_falling,
    "coordinator_runway": coordinator_runway,
    "newcomers_unmentored": newcomers_unmentored,
    "mentor_overloaded": lambda known: mentored.mentor_overloaded(
        known.values("mentor_load_max"), known.policy.mentoring.load_max
    ),
    "newcomers_unanswered": newcomers_unanswered,
    "report_overdue": partial(overdue, "report"),
    "meeting_overdue": partial(overdue, "meeting"),
    "no_cross_team": no_cross_team,
    "unusual_arrivals": lambda known: growing.unusual_arrivals(arrivals(known)),
    "history_unsettled": history_unsettled,
}
"""Conditions of the community as a whole."""


def named(known: Known, vacant: Vacancies | None) -> Mapping[str, Mapping[str, Flags]]:
    """Conditions of something that has a name: scopes, steps of the pathway, sources."""
    return {
        "scope_vacant": vacant_scopes(known, vacant) if vacant else {},
        "pathway_gap": pathway_gaps(known),
        "source_unchecked": unchecked_sources(known),
    }


def vacant_scopes(known: Known, vacant: Vacancies) -> Mapping[str, Flags]:
    """Scopes that matter and that nobody leads."""
    everything = known.counts.arrivals.volume(None)
    bears = [20 * known.counts.arrivals.volume(name) >= everything for name in vacant.names]
    team = np.array(bears, bool).reshape(vacant.scopes.there.shape) & (everything > 0)
    held = leading.scopes_vacant(vacant.scopes, team)
    return {name: days for name, days in zip(vacant.names, held, strict=True) if days.any()}


def pathway_gaps(known: Known) -> Mapping[str, Flags]:
    """Steps with a gap that nobody acknowledged."""
    gaps = {step: (known.values("pathway_gap", step=step), days) for step, days in acknowledged(known).items()}
    held = {step: mentored.pathway_gaps(*one) for step, one in gaps.items()}
    return {step: days for step, days in held.items() if days.any()}


def unchecked_sources(known: Known) -> Mapping[str, Flags]:
    """Sources that are not checked."""
    late, place = known.sources.unchecked(known.first_day, len(known.days))
    names = sorted(set().union(*late))
    return {name: np.array([name in sources for sources in late], bool)[place] for name in names}
