"""Does the community work with others, both ways?

Source: docs/definitions.md, "Milestones, success, risks", milestone 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from projections.collaboration.flows import days_both_ways
from projections.collaboration.relationships import Relationship, Relationships
from projections.community.context import EvaluationContext
from projections.mentoring.measures import counted
from projections.timeline.history import Values
from projections.timeline.ranges import Flags

ENGAGED_DAYS = 180
ENGAGEMENTS_NEEDED = 2


@dataclass(frozen=True, slots=True)
class Synergy:
    """How the community works with others, by day.

    Attributes:
        holds: a relationship is not dormant, and is lived.
        exchanged: two people or more flow both ways between some two teams.
        engagements: the most engagements held within 180 days with one relationship that is not dormant.
        related: the relationships.
    """

    holds: Flags
    exchanged: Flags
    engagements: Values
    related: Sequence[Relationship]


def synergy(context: EvaluationContext) -> Synergy:
    """Judge every day."""
    related = context.of(Relationships).every
    engagements, lasting = np.zeros(len(context.days)), np.zeros(len(context.days), bool)
    for one in related:
        active = counted(one.active, context.first_day, len(context.days)) > 0
        recent = ((day, day + ENGAGED_DAYS) for day in one.engagements)
        engaged = counted(recent, context.first_day, len(context.days))
        engagements, lasting = np.maximum(engagements, np.where(active, engaged, 0)), lasting | active
    exchanged = days_both_ways(context)
    return Synergy(lasting & (exchanged | (engagements >= ENGAGEMENTS_NEEDED)), exchanged, engagements, related)
