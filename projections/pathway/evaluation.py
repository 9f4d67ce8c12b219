"""The question about the contribution pathway, asked of one community."""

from typing import ClassVar

from projections.community.context import EvaluationContext
from projections.metrics.evaluation import Answer, Evaluation
from projections.pathway.counts import PathwayCounts
from projections.pathway.families import PATHWAY_FAMILIES
from projections.pathway.series import pathway_series
from projections.seats.evaluation import EvaluateSeats


class EvaluatePathway(Evaluation):
    """How far do people come on the way to leading, and where do they stop?"""

    needs = (EvaluateSeats,)
    families: ClassVar = PATHWAY_FAMILIES
    counts = (PathwayCounts,)

    def evaluate(self, context: EvaluationContext) -> Answer:
        """All families."""
        return Answer(pathway_series(context))
