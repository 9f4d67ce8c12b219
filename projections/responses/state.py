"""What is known of artefacts and answers, and what was last worked out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from projections.community.artefacts import Rows, no_rows
from projections.responses.evaluation import ResponsesEvaluation, Whose
from projections.responses.threads import Threads, in_time
from projections.timeline.ranges import Ints

if TYPE_CHECKING:
    from projections.community.context import EvaluationContext


class ResponsesQuestion:
    """The rows of a community; worked out anew only when they, or the people behind them, changed.

    Attributes:
        last: what the last question found; None before one, or where no source says what answers what.
    """

    def __init__(self) -> None:
        self.last: ResponsesEvaluation | None = None
        self._rows = no_rows()
        self._threads: Threads | None = None

    def apply(self, rows: Rows, replaced: Ints) -> None:
        """Take in rows, after taking out those of identities that are read anew."""
        kept = self._rows[~np.isin(self._rows["identity"], replaced)] if len(replaced) else self._rows
        if len(rows) or len(kept) < len(self._rows):
            rows = np.concatenate((kept, rows))
            self._rows = rows[in_time(rows)]
            self._threads = self.last = None

    def answered(self, context: EvaluationContext) -> ResponsesEvaluation | None:
        """Who was answered, as of now; None where nothing says so."""
        if not len(self._rows):
            return None
        threads = self._threads = self._threads or Threads.of(self._rows)
        whose = Whose.of(threads.rows, context.snapshot.who, context.counts.firsts)
        if self.last is None or not self.last.whose.is_same(whose):
            self.last = ResponsesEvaluation.of(threads, whose, context.policy.headline_window_days)
        return self.last
