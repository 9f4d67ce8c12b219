"""The question about activity, asked of one community."""

from itertools import chain
from typing import ClassVar

from projections.activity.agents import agent_series
from projections.activity.arrivals import ArrivalCounts
from projections.activity.counts import ActivityCounts
from projections.activity.families import ACTIVITY_FAMILIES
from projections.activity.series import activity_series, correction_series
from projections.community.context import EvaluationContext
from projections.metrics.evaluation import Answer, Evaluation


class EvaluateActivity(Evaluation):
    """Who is active, and how is the work spread?"""

    families: ClassVar = ACTIVITY_FAMILIES
    counts = (ActivityCounts, ArrivalCounts)

    def evaluate(self, context: EvaluationContext) -> Answer:
        """All families."""
        counts = context.counts.of(ActivityCounts)
        corrections = correction_series(counts, context.published)
        return Answer(chain(activity_series(counts, self.policy), agent_series(context), corrections))
