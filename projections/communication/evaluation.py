"""The question about communication and impact, asked of one community."""

from typing import ClassVar

from projections.communication.counts import WorkShareCounts
from projections.communication.families import COMMUNICATION_FAMILIES
from projections.communication.inputs import CommunicationInputs
from projections.communication.series import communication_series
from projections.community.context import EvaluationContext
from projections.metrics.evaluation import Answer, Evaluation


class EvaluateCommunication(Evaluation):
    """Does the community speak regularly, and of what does its work consist?"""

    families: ClassVar = COMMUNICATION_FAMILIES
    finds = (CommunicationInputs,)
    counts = (WorkShareCounts,)

    def evaluate(self, context: EvaluationContext) -> Answer:
        """What the community told of itself, and all families."""
        return Answer(communication_series(context), (CommunicationInputs.of(context.facts),))
