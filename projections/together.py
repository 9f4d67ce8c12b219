"""What a report says of work with others, of communication and of impact.

Source: DEFINITIONS, "Other communities, communication, impact"; and "Milestones, success, risks", Practices.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from projections.communication import shown as communication
from projections.communication.impact import KindShown, impact
from projections.communication.shown import QUARTER_DAYS, EngagementShown, PracticeShown, StoryShown
from projections.community.joined import Joined
from projections.days import number_of
from projections.history import History, series
from projections.plain import plain
from projections.teams import shown as teams
from projections.teams.shown import BridgeShown, RelationshipShown


@dataclass(frozen=True, slots=True)
class Together:
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


def together(joined: Joined, history: History, as_of: date) -> Together:
    """All of it as of a day that the history covers."""
    day, policy = number_of(as_of), joined.policy
    return Together(
        teams.bridges(joined, day),
        teams.relationships(joined, day),
        communication.engagements(joined.told, policy, day),
        communication.practices(joined.told, policy, day, happened(joined, history, as_of)),
        impact(joined, day),
        communication.stories(joined.told, day),
    )


def happened(joined: Joined, history: History, as_of: date) -> Mapping[str, tuple[int | None, int]]:
    """How many people came, and how many came to lead, with the days in which they did; None where not recorded."""
    first, day = joined.human_work().firsts().day, number_of(as_of)
    newcomers = int(((first > day - QUARTER_DAYS) & (first <= day)).sum())
    leaders = history.value(series("new_leaders"), as_of)
    return {
        "newcomers": (newcomers, QUARTER_DAYS),
        "leaders": (None if np.isnan(leaders) else int(leaders), joined.policy.renewal_days),
    }
