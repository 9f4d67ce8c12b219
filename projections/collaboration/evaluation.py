"""The question about work across teams and with others, asked of one community."""

from typing import ClassVar

from projections.collaboration.counts import CrossTeamCounts
from projections.collaboration.families import COLLABORATION_FAMILIES
from projections.collaboration.relationships import Relationships, relationships
from projections.collaboration.series import collaboration_series
from projections.community.context import EvaluationContext
from projections.metrics.evaluation import Answer, Evaluation


class EvaluateCollaboration(Evaluation):
    """Who works across teams, and with whom does the community have a relationship?"""

    families: ClassVar = COLLABORATION_FAMILIES
    finds = (Relationships,)
    counts = (CrossTeamCounts,)

    def evaluate(self, context: EvaluationContext) -> Answer:
        """The relationships, and all families."""
        related = relationships(context)
        return Answer(collaboration_series(context, related), (related,))
