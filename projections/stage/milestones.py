"""The four milestones of the scaling stage: whether each is met, at risk, not met, or cannot be known.

Source: docs/definitions.md, "Milestones, success, risks", Milestones; Mozilla's scaling stage.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, get_args

import numpy as np

from events.community import Milestone, OpportunityOffered, OpportunityTaken, RelationshipEnded, RelationshipEstablished
from projections.community.context import EvaluationContext
from projections.mentoring.measures import counted
from projections.mentoring.mentorships import MENTORING
from projections.seats.roster import ROLES
from projections.stage.chances import Taken
from projections.stage.synergy import Synergy
from projections.timeline.history import Values
from projections.timeline.ranges import Flags

MILESTONES: Final[tuple[Milestone, ...]] = get_args(Milestone)
STATES: Final = ("met", "at_risk", "not_met", "unknown")
REMEMBERED_DAYS = 90
SLOTS_NEEDED = 3


class JudgedMilestone(NamedTuple):
    """On which days a milestone is met, and on which days enough kinds of events were recorded to know."""

    met: Flags
    known: Flags

    def states(self) -> Iterator[tuple[str, Flags]]:
        """The days of each state: exactly one holds on each day."""
        met, lately = self.met & self.known, before(self.met & self.known)
        yield "met", met
        yield "at_risk", self.known & ~met & lately
        yield "not_met", self.known & ~met & ~lately
        yield "unknown", ~self.known


def before(met: Flags) -> Flags:
    """Whether something held on one of the days D−89 … D−1."""
    total = np.concatenate(([0], np.cumsum(met)))
    day = np.arange(len(met))
    lately: Flags = total[day] > total[np.maximum(day - REMEMBERED_DAYS + 1, 0)]
    return lately


def milestones(context: EvaluationContext, chances: Values, synergy: Synergy) -> Mapping[str, JudgedMilestone]:
    """All milestones on every day.

    Args:
        context: what they rest on.
        chances: how many opportunities were taken up within the renewal period.
        synergy: how the community works with others.
    """
    return {
        "core_mentored": core_mentored(context),
        "leadership_chances": leadership_chances(context, chances),
        "synergy": both_ways(context, synergy),
        "communication": communication(context),
    }


def both_ways(context: EvaluationContext, synergy: Synergy) -> JudgedMilestone:
    """The community works with others, as far as it is known who worked where."""
    told = context.since(RelationshipEstablished, RelationshipEnded)
    return JudgedMilestone(synergy.holds, told & context.covered.contributions)


def core_mentored(context: EvaluationContext) -> JudgedMilestone:
    """Someone came into core by role, at least half of them were mentored, and somebody is mentored now."""
    recruited, mentored = (context.values(f"core_by_role_recruited{which}") for which in ("", "_mentored"))
    met = (recruited >= 1) & (2 * mentored >= recruited) & (context.values("mentorships_active") >= 1)
    return JudgedMilestone(met, context.since(*ROLES) & context.since(*MENTORING) & context.covered.roles)


def leadership_chances(context: EvaluationContext, chances: Values) -> JudgedMilestone:
    """An offer was taken up, or somebody took their first leadership seat."""
    told = context.since(*ROLES) | context.since(OpportunityOffered, OpportunityTaken)
    return JudgedMilestone((chances >= 1) | (context.values("new_leaders") >= 1), told & context.covered.roles)


def communication(context: EvaluationContext) -> JudgedMilestone:
    """Reports, which all have a link, in most of the last slots."""
    filled = context.values("engagement_slots_filled", kind="report")
    return JudgedMilestone(filled >= SLOTS_NEEDED, ~np.isnan(filled))


def taken_up(context: EvaluationContext, taken: Iterable[Taken]) -> Values:
    """How many offers were taken up within the renewal period, on every day."""
    spans = ((one.start, max(one.start, one.day + context.policy.renewal_days)) for one in taken)
    return counted(spans, context.first_day, len(context.days)).astype(np.float64)
