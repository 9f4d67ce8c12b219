"""How a question about a community is asked: what it needs of others, what it counts, and what it answers."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from projections.community.change import Change
from projections.community.context import EvaluationContext, Needs
from projections.community.counts import Counts
from projections.metrics.family import Family
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import Series, Values


@dataclass(frozen=True, slots=True)
class Answer:
    """The series of a question, and what it found out beside them, one of each class."""

    series: Iterable[tuple[Series, Values]] = ()
    results: Sequence[object] = ()


class Evaluation(ABC):
    """A question, asked of one community again whenever something of it changed; may keep what it can use again.

    Attributes:
        needs: the questions whose families and results it looks up; the order in which all are asked follows from it.
        families: those of its series; no other may be among its answers.
        finds: the classes of what it finds out beside its series.
        counts: what it has counted of contributions.
    """

    needs: ClassVar[tuple[type["Evaluation"], ...]] = ()
    families: ClassVar[Sequence[Family]] = ()
    finds: ClassVar[tuple[type, ...]] = ()
    counts: ClassVar[tuple[type[Counts], ...]] = ()

    def __init__(self, policy: CommunityPolicy) -> None:
        self.policy = policy

    def apply(self, change: Change) -> None:  # noqa: B027 # most keep nothing
        """Take in what is new, where it keeps something of its own."""

    @abstractmethod
    def evaluate(self, context: EvaluationContext) -> Answer:
        """Answer for every day of the context."""

    @classmethod
    def may_ask(cls) -> Needs:
        """What it may look up."""
        return Needs(
            frozenset(family.name for one in cls.needs for family in one.families),
            frozenset(kind for one in cls.needs for kind in one.finds),
        )
