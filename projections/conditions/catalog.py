"""All conditions, gathered from the questions that declare them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from projections.activity import conditions as activity
from projections.collaboration import conditions as collaboration
from projections.communication import conditions as communication
from projections.freshness import conditions as freshness
from projections.growth import conditions as growth
from projections.leadership import conditions as leadership
from projections.mentoring import conditions as mentoring
from projections.metrics.condition import Condition
from projections.pathway import conditions as pathway
from projections.responses import conditions as responses
from projections.stage import conditions as stage

DECLARED: Final[Sequence[Condition]] = (
    *growth.GROWTH_CONDITIONS,
    *activity.ACTIVITY_CONDITIONS,
    *leadership.LEADERSHIP_CONDITIONS,
    *stage.STAGE_CONDITIONS,
    *mentoring.MENTORING_CONDITIONS,
    *responses.RESPONSES_CONDITIONS,
    *pathway.PATHWAY_CONDITIONS,
    *communication.COMMUNICATION_CONDITIONS,
    *collaboration.COLLABORATION_CONDITIONS,
    *freshness.FRESHNESS_CONDITIONS,
)
DOUBTS: Final = frozenset({"unusual_arrivals", "source_unchecked", "history_unsettled"})
"""These say that other numbers may mislead: they are told after those about the community."""

CONDITIONS: Final[Mapping[str, Condition]] = MappingProxyType(
    {one.name: one for one in sorted(DECLARED, key=lambda one: one.name in DOUBTS)}
)
"""By name, in the order in which they are told."""
