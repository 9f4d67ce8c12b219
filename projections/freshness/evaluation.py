"""The question about sources, asked of one community."""

from itertools import chain
from typing import ClassVar

from projections.community.context import EvaluationContext
from projections.freshness.families import FRESHNESS_FAMILIES
from projections.freshness.series import known_through, source_series
from projections.metrics.evaluation import Answer, Evaluation


class EvaluateFreshness(Evaluation):
    """How far was each source read, and when did it last say something?"""

    families: ClassVar = FRESHNESS_FAMILIES

    def evaluate(self, context: EvaluationContext) -> Answer:
        """All families."""
        of_sources = source_series(context.sources, context.newest, context.first_day, len(context.days))
        return Answer(chain(known_through(context), of_sources))
