"""The question about conditions, asked of one community."""

from collections.abc import Mapping
from typing import ClassVar

from projections.activity.arrivals import ArrivalCounts
from projections.activity.evaluation import EvaluateActivity
from projections.collaboration.evaluation import EvaluateCollaboration
from projections.communication.evaluation import EvaluateCommunication
from projections.community.context import EvaluationContext
from projections.conditions.catalog import CONDITIONS
from projections.conditions.families import CONDITIONS_FAMILIES
from projections.conditions.series import ConditionsEvaluation, acted, condition_series, ended, rests_on, standing
from projections.freshness.evaluation import EvaluateFreshness
from projections.growth.evaluation import EvaluateGrowth
from projections.leadership.evaluation import EvaluateLeadership
from projections.mentoring.evaluation import EvaluateMentoring
from projections.metrics.condition import Condition, Holds
from projections.metrics.evaluation import Answer, Evaluation
from projections.pathway.evaluation import EvaluatePathway
from projections.responses.evaluation import EvaluateResponses
from projections.seats.evaluation import EvaluateSeats
from projections.stage.evaluation import EvaluateStage


class EvaluateConditions(Evaluation):
    """Judges all conditions."""

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
        EvaluateStage,
        EvaluateFreshness,
    )
    families: ClassVar = CONDITIONS_FAMILIES
    finds = (ConditionsEvaluation,)
    counts = (ArrivalCounts,)

    def evaluate(self, context: EvaluationContext) -> Answer:
        """Both families on every day; what a day that is not over yet will be is not known: it is as the day before."""
        closed = context.closed_through - context.first_day + 1
        judged = {name: self._standing(context, one) for name, one in CONDITIONS.items()}
        parts = {name: found for name, found in judged.items() if isinstance(found, Mapping)}
        found = ConditionsEvaluation(
            context.first_day, context.closed_through, ended(parts, closed), list(acted(context)), context.published
        )
        return Answer(condition_series(context, judged, closed), (found,))

    def _standing(self, context: EvaluationContext, one: Condition) -> Holds:
        """When a condition holds; it stands where what people did is not known, nor who leads where that matters."""
        families = {family.name: family for asked in self.needs for family in asked.families}
        return standing(one, one.rule(context), context.covered.of(rests_on(one, families, context.policy)))
