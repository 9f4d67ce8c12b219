"""All questions, in an order in which each is asked after those that it needs."""

from collections.abc import Iterable, Iterator, Sequence
from graphlib import TopologicalSorter
from typing import Final

from events.errors import TenfoldError
from projections.activity.evaluation import EvaluateActivity
from projections.collaboration.evaluation import EvaluateCollaboration
from projections.communication.evaluation import EvaluateCommunication
from projections.conditions.evaluation import EvaluateConditions
from projections.freshness.evaluation import EvaluateFreshness
from projections.growth.evaluation import EvaluateGrowth
from projections.leadership.evaluation import EvaluateLeadership
from projections.mentoring.evaluation import EvaluateMentoring
from projections.metrics.evaluation import Evaluation
from projections.pathway.evaluation import EvaluatePathway
from projections.responses.evaluation import EvaluateResponses
from projections.seats.evaluation import EvaluateSeats
from projections.stage.evaluation import EvaluateStage
from projections.timeline.history import Series, Values

EVALUATIONS: Final[frozenset[type[Evaluation]]] = frozenset(
    {
        EvaluateActivity,
        EvaluateCollaboration,
        EvaluateCommunication,
        EvaluateConditions,
        EvaluateFreshness,
        EvaluateGrowth,
        EvaluateLeadership,
        EvaluateMentoring,
        EvaluatePathway,
        EvaluateResponses,
        EvaluateSeats,
        EvaluateStage,
    }
)


class UndeclaredFamilyError(TenfoldError):
    """A question answered with a series that is of no family that it declares, or has other labels."""


def in_order(evaluations: Iterable[type[Evaluation]]) -> Sequence[type[Evaluation]]:
    """Each after those that it needs; the same for the same questions.

    Raises:
        graphlib.CycleError: some need each other.
    """
    by_name = sorted(evaluations, key=lambda one: one.__name__)
    return list(TopologicalSorter({one: one.needs for one in by_name}).static_order())


def declared(asked: type[Evaluation], series: Iterable[tuple[Series, Values]]) -> Iterator[tuple[Series, Values]]:
    """The series that a question answered with.

    Raises:
        UndeclaredFamilyError: it does not say that it answers with one of them.
    """
    families = {family.metric: family for family in asked.families}
    for key, values in series:
        metric, labels = key
        if metric not in families:
            raise UndeclaredFamilyError(f"{asked.__name__} answers with {metric!r}, which is none of its families")
        if not families[metric].has(labels):
            raise UndeclaredFamilyError(f"{asked.__name__} answers with {metric!r} of {dict(labels)}")
        yield key, values
