"""The question about responses, asked of one community: keeps what is known of artefacts and answers."""

from typing import ClassVar

import numpy as np

from projections.activity.first_contributions import FirstContributions
from projections.community.artefacts import no_rows
from projections.community.change import Change
from projections.community.context import EvaluationContext
from projections.metrics.evaluation import Answer, Evaluation
from projections.policy.policy import CommunityPolicy
from projections.responses.families import RESPONSES_FAMILIES
from projections.responses.outcomes import ResponsesEvaluation, Whose
from projections.responses.series import response_series
from projections.responses.threads import Threads, in_time


class EvaluateResponses(Evaluation):
    """Are people answered, and is what they offer accepted? Nothing where no source says what answers what.

    Worked out anew only when the rows, or the people behind them, changed.
    """

    families: ClassVar = RESPONSES_FAMILIES
    finds = (ResponsesEvaluation,)
    counts = (FirstContributions,)

    def __init__(self, policy: CommunityPolicy) -> None:
        super().__init__(policy)
        self._rows = no_rows()
        self._threads: Threads | None = None
        self._last: ResponsesEvaluation | None = None

    def apply(self, change: Change) -> None:
        """Take in rows, after taking out those of identities that are read anew."""
        rows, replaced = change.responses, change.replaced
        kept = self._rows[~np.isin(self._rows["identity"], replaced)] if len(replaced) else self._rows
        if len(rows) or len(kept) < len(self._rows):
            rows = np.concatenate((kept, rows))
            self._rows = rows[in_time(rows)]
            self._threads = self._last = None

    def evaluate(self, context: EvaluationContext) -> Answer:
        """Who was answered, as of now, and all families."""
        if not len(self._rows):
            return Answer()
        found = self._answered(context)
        return Answer(response_series(context, found), (found,))

    def _answered(self, context: EvaluationContext) -> ResponsesEvaluation:
        threads = self._threads = self._threads or Threads.of(self._rows)
        whose = Whose.of(threads.rows, context.snapshot.who, context.counts.of(FirstContributions))
        if self._last is None or not self._last.whose.is_same(whose):
            self._last = ResponsesEvaluation.of(threads, whose, context.policy.headline_window_days)
        return self._last
