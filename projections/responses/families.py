"""The families about responses: what each means, and its values on every day.

Source: DEFINITIONS, "Activity", Response.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from projections.community.context import EvaluationContext
from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.labels import Label
from projections.metrics.privacy import COUNT, Denominator, Precision, share
from projections.metrics.unit import Unit
from projections.responses.measures import moving_medians
from projections.responses.outcomes import ResponsesEvaluation, Settled
from projections.timeline.history import Series, Values, series, share_of
from projections.timeline.ranges import DayCounts, Ints, Ranges, overlay

_by_newcomer = partial(Family, group=Group.RESPONSES, labels=(Label("newcomer", ("yes", "no")),))

FAMILIES: tuple[Family, ...] = (
    _by_newcomer(
        "first_response_seconds_median",
        "Median time to the first response",
        "Median time from the opening of an artefact (a patch, an issue, a question) to the first response by another "
        "human, over the artefacts first answered within the headline window; for authors who were newcomers when they "
        "opened it, and for others.",
        unit=Unit.SPAN,
        privacy=share(Denominator.ANSWERED, Precision.MINUTE),
    ),
    _by_newcomer(
        "first_response_people",
        "People answered",
        "People whose artefacts were first answered within the headline window.",
        unit=Unit.PEOPLE,
        privacy=COUNT,
    ),
    _by_newcomer(
        "acceptance_ratio",
        "Acceptance",
        "Accepted artefacts as a share of those accepted or declined within the headline window, by the newest "
        "decision on each; for authors who were newcomers, and for others.",
        unit=Unit.SHARE,
        privacy=share(Denominator.ANSWERED, Precision.PER_CENT),
    ),
    _by_newcomer(
        "acceptance_people",
        "People whose work was decided on",
        "People on whose artefacts a decision was made within the headline window.",
        unit=Unit.PEOPLE,
        privacy=COUNT,
    ),
    Family(
        "newcomers_unanswered",
        "Newcomers unanswered for more than 7 days",
        "Newcomers who opened an artefact within the headline window and have waited for more than 7 days without a "
        "response by another human.",
        group=Group.RESPONSES,
        unit=Unit.PEOPLE,
        privacy=COUNT,
    ),
)


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
