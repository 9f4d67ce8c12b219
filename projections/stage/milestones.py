"""The four milestones of the scaling stage: whether each is met, at risk, not met, or cannot be known.

Source: DEFINITIONS, "Milestones, success, risks", Milestones; Mozilla's scaling stage.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, get_args

import numpy as np

from events.community import Milestone
from projections.activity.ranges import Flags
from projections.community.known import Known
from projections.history import Values
from projections.leadership.leadership import ROLES
from projections.mentoring.measures import counted
from projections.mentoring.ranges import MENTORING
from projections.stage.chances import Taken
from projections.stage.synergy import Synergy

MILESTONES: Final[tuple[Milestone, ...]] = get_args(Milestone)
STATES: Final = ("met", "at_risk", "not_met", "unknown")
REMEMBERED_DAYS = 90
SLOTS_NEEDED = 3


class Judged(NamedTuple):
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


def milestones(known: Known, chances: Values, synergy: Synergy) -> Mapping[str, Judged]:
    """All milestones on every day.

    Args:
        known: what they rest on.
        chances: how many opportunities were taken up within the renewal period.
        synergy: how the community works with others.
    """
    return {
        "core_mentored": core_mentored(known),
        "leadership_chances": leadership_chances(known, chances),
        "synergy": Judged(synergy.holds, known.since("relationship.established", "relationship.ended")),
        "communication": communication(known),
    }


def core_mentored(known: Known) -> Judged:
    """Someone came into core by role, at least half of them were mentored, and somebody is mentored now."""
    recruited, mentored = (known.values(f"core_by_role_recruited{which}") for which in ("", "_mentored"))
    met = (recruited >= 1) & (2 * mentored >= recruited) & (known.values("mentorships_active") >= 1)
    return Judged(met, known.since(*ROLES) & known.since(*MENTORING))


def leadership_chances(known: Known, chances: Values) -> Judged:
    """An offer was taken up, or somebody took their first leadership seat."""
    told = known.since(*ROLES) | known.since("opportunity.offered", "opportunity.taken")
    return Judged((chances >= 1) | (known.values("new_leaders") >= 1), told)


def communication(known: Known) -> Judged:
    """Reports, which all have a link, in most of the last slots."""
    filled = known.values("engagement_slots_filled", kind="report")
    return Judged(filled >= SLOTS_NEEDED, ~np.isnan(filled))


def taken_up(known: Known, taken: Iterable[Taken]) -> Values:
    """How many offers were taken up within the renewal period, on every day."""
    spans = ((one.start, max(one.start, one.day + known.policy.renewal_days)) for one in taken)
    return counted(spans, known.first_day, len(known.days)).astype(np.float64)
