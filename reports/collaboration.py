"""What a report says of work with others, of communication and of impact.

Source: DEFINITIONS, "Other communities, communication, impact"; and "Milestones, success, risks", Practices.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from projections.collaboration import bridges as teams
from projections.collaboration.bridges import BridgeShown, RelationshipShown
from projections.communication.impact import KindShown, impact
from projections.communication.inputs import CommunicationInputs
from projections.community.snapshot import CommunitySnapshot
from projections.timeline.days import number_of
from projections.timeline.history import History, series
from reports import communication
from reports.communication import QUARTER_DAYS, EngagementShown, PracticeShown, StoryShown
from reports.format.plain import plain


@dataclass(frozen=True, slots=True)
class Collaboration:
    """As of one day.

    Attributes:
        bridges: pairs of teams that share people.
        relationships: those that have not ended.
        engagements: the last of each kind.
        practices: as last documented.
        impact: active work by kind, beside a year before.
        stories: newest first.
    """

    bridges: Sequence[BridgeShown]
    relationships: Sequence[RelationshipShown]
    engagements: Sequence[EngagementShown]
    practices: Sequence[PracticeShown]
    impact: Sequence[KindShown]
    stories: Sequence[StoryShown]

    def as_json(self) -> dict[str, Any]:
        """The documented JSON: days as ISO 8601, what is not known left out."""
        return plain(self)


def collaboration(snapshot: CommunitySnapshot, history: History, as_of: date) -> Collaboration:
    """All of it as of a day that the history covers."""
    day, policy = number_of(as_of), snapshot.policy
    return Collaboration(
        teams.bridges(snapshot, day),
        teams.relationships(snapshot, day),
        communication.engagements(snapshot.of(CommunicationInputs), policy, day),
        communication.practices(snapshot.of(CommunicationInputs), policy, day, happened(snapshot, history, as_of)),
        impact(snapshot, day),
        communication.stories(snapshot.of(CommunicationInputs), day),
    )


def happened(snapshot: CommunitySnapshot, history: History, as_of: date) -> Mapping[str, tuple[int | None, int]]:
    """How many people came, and how many came to lead, with the days in which they did; None where not recorded."""
    first, day = snapshot.human_work().firsts().day, number_of(as_of)
    newcomers = int(((first > day - QUARTER_DAYS) & (first <= day)).sum())
    leaders = history.value(series("new_leaders"), as_of)
    return {
        "newcomers": (newcomers, QUARTER_DAYS),
        "leaders": (None if np.isnan(leaders) else int(leaders), snapshot.policy.renewal_days),
    }
