"""The question about the scaling stage, asked of one community."""

from typing import ClassVar

from projections.activity.evaluation import EvaluateActivity
from projections.collaboration.evaluation import EvaluateCollaboration
from projections.communication.evaluation import EvaluateCommunication
from projections.community.context import EvaluationContext
from projections.growth.evaluation import EvaluateGrowth
from projections.leadership.evaluation import EvaluateLeadership
from projections.mentoring.evaluation import EvaluateMentoring
from projections.metrics.evaluation import Answer, Evaluation
from projections.pathway.evaluation import EvaluatePathway
from projections.responses.evaluation import EvaluateResponses
from projections.seats.evaluation import EvaluateSeats
from projections.stage.families import STAGE_FAMILIES
from projections.stage.series import StageEvaluation, see, stage_series


class EvaluateStage(Evaluation):
    """Does the scaling stage go well: its milestones, its success, its risks?"""

    needs = (
        EvaluateActivity,
        EvaluateGrowth,
        EvaluateSeats,
        EvaluateMentoring,
        EvaluateLeadership,
        EvaluateResponses,
        EvaluatePathway,
        EvaluateCollaboration,
        EvaluateCommunication,
    )
    families: ClassVar = STAGE_FAMILIES
    finds = (StageEvaluation,)

    def evaluate(self, context: EvaluationContext) -> Answer:
        """All families, and what sentences rest on beside them."""
        found = see(context)
        return Answer(stage_series(context, found), (found,))
