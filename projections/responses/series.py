"""The series about responses: their values on every day, from counts and facts.

Source: docs/definitions.md, "Activity", Response.
"""

from collections.abc import Iterator

import numpy as np

from projections.community.context import EvaluationContext
from projections.responses.measures import moving_medians
from projections.responses.outcomes import ResponsesEvaluation, Settled
from projections.timeline.history import Series, Values, series, share_of
from projections.timeline.ranges import DayCounts, Ints, Ranges, overlay


def response_series(context: EvaluationContext, answered: ResponsesEvaluation) -> Iterator[tuple[Series, Values]]:
    """All families about responses."""
    for label, chosen in (("yes", True), ("no", False)):
        yield from _answered(context, answered.responses.where(answered.responses.newcomer == chosen), label)
        yield from _decided(context, answered.decisions.where(answered.decisions.newcomer == chosen), label)
    waiting = np.where(context.days >= answered.since, people(context, answered.waiting), np.nan)
    yield series("newcomers_unanswered"), waiting


def _answered(context: EvaluationContext, responses: Settled, newcomer: str) -> Iterator[tuple[Series, Values]]:
    window = context.policy.headline_window_days
    medians = moving_medians(responses.start, responses.value, context.days, window)
    yield series("first_response_seconds_median", newcomer=newcomer), medians
    yield series("first_response_people", newcomer=newcomer), some(people(context, responses))


def _decided(context: EvaluationContext, decisions: Settled, newcomer: str) -> Iterator[tuple[Series, Values]]:
    tally = DayCounts(context.first_day, len(context.days))
    tally.add("decided", decisions.start, decisions.end)
    tally.add("accepted", decisions.start, decisions.end, decisions.value.astype(np.int64))
    decided = tally.counts("decided")
    yield series("acceptance_ratio", newcomer=newcomer), share_of(tally.counts("accepted"), decided)
    yield series("acceptance_people", newcomer=newcomer), some(people(context, decisions))


def people(context: EvaluationContext, settled: Settled) -> Ints:
    """How many people something counts for on each day."""
    covered = overlay(Ranges(settled.person, settled.start, settled.end))
    tally = DayCounts(context.first_day, len(context.days))
    tally.add("people", covered.start, covered.end)
    return tally.counts("people")


def some(counted: Ints) -> Values:
    """A count that is absent where there is nobody, as the ratio over these people is."""
    return np.where(counted > 0, counted, np.nan)
