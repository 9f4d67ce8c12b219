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
    """A question answered with a series of a family that it does not declare."""


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
    names = frozenset(f"tenfold_{name}" for name in asked.families)
    for key, values in series:
        if key[0] not in names:
            raise UndeclaredFamilyError(f"{asked.__name__} answers with {key[0]!r}, which is none of its families")
        yield key, values
