"""Everything that is counted of contributions, for every day; adding and taking away cost what is added."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from projections.community.contributed import Contributed
from projections.community.contributions import DailyContributions
from projections.community.names import ContributionNames
from projections.people.index import PeopleIndex
from projections.policy.policy import CommunityPolicy


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is counted: so many days from a first one on, over some sets of sources, by organisation or not."""

    first_day: int
    days: int
    source_sets: frozenset[frozenset[str]] = frozenset()
    by_organisation: bool = False


class Counts(Protocol):
    """What one question counts of contributions, each number a sum over people."""

    def __init__(self, policy: CommunityPolicy, coverage: Coverage) -> None: ...

    def add(self, contributed: Contributed, sign: int = 1) -> None:
        """Count what some people did, or with sign −1 no longer count it."""


Kind = TypeVar("Kind", bound=Counts)


class CommunityCounts:
    """The counts of a community, each found by its class."""

    def __init__(self, policy: CommunityPolicy, coverage: Coverage, kinds: Iterable[type[Counts]]) -> None:
        self.coverage = coverage
        self._policy = policy
        self._counts: dict[type[Counts], Counts] = {kind: kind(policy, coverage) for kind in kinds}

    def of(self, kind: type[Kind]) -> Kind:
        """The counts of one class.

        Raises:
            KeyError: no question counts so.
        """
        found = self._counts[kind]
        assert isinstance(found, kind)  # noqa: S101 # what stands under a class is of it
        return found

    def add(self, cells: DailyContributions, who: PeopleIndex, names: ContributionNames, sign: int = 1) -> None:
        """Count all contributions of some people, or with sign −1 no longer count them."""
        contributed = Contributed.of(cells, who, names, self._policy)
        for one in self._counts.values():
            one.add(contributed, sign)
