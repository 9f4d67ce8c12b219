"""What a question about a community may rest on: its facts, its people, its counts, and what it needs of others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from events.envelope import Event
from events.errors import TenfoldError
from projections.community.counts import CommunityCounts
from projections.community.covered import Covered
from projections.community.published import Published
from projections.community.results import Results, Wanted
from projections.community.snapshot import CommunitySnapshot
from projections.community.sources import Sources
from projections.community.standing_facts import StandingFacts
from projections.people.identities import People
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import day_of
from projections.timeline.history import Series, Values, series
from projections.timeline.ranges import Flags, Ints


class UndeclaredNeedError(TenfoldError):
    """A question asked for what no question declares, or for what it does not say it needs."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a question may ask of others: families by name (without prefix), and results by class."""

    families: frozenset[str] = frozenset()
    results: frozenset[type] = frozenset()


@dataclass(frozen=True, slots=True)
class EvaluationContext:
    """Every question is asked for the same days; none changes what another rests on.

    Attributes:
        snapshot: the contributions, joined to the people; without results, which are found here.
        facts: the rare events.
        sources: how far each source was read.
        covered: on which days what is read of others is known.
        newest: source → day number → the newest moment of its events on that day, in seconds since the epoch.
        published: day number → what was published when that day closed.
        closed_through: the newest day (a day number) that has ended.
        answered: the series of the questions asked before.
        results: what those found out beside them.
        needs: what the question that is being asked may look up.
    """

    people: People
    snapshot: CommunitySnapshot
    counts: CommunityCounts
    facts: StandingFacts
    sources: Sources
    covered: Covered
    newest: Mapping[str, Mapping[int, float]]
    published: Mapping[int, Published]
    closed_through: int
    present: Flags
    answered: Mapping[Series, Values] = field(default_factory=dict)
    results: Results = field(default_factory=Results)
    needs: Needs = field(default_factory=Needs)

    def asked_by(self, needs: Needs, results: Results) -> Self:
        """The same for a question that needs this, after others found out that."""
        return replace(self, needs=needs, results=results)

    @property
    def policy(self) -> CommunityPolicy:
        """The community's policy."""
        return self.snapshot.policy

    @property
    def first_day(self) -> int:
        """The day number of each series' first value."""
        return self.counts.coverage.first_day

    @property
    def days(self) -> Ints:
        """The day numbers."""
        return self.first_day + np.arange(self.counts.coverage.days)

    def values(self, name: str, **labels: str | int) -> Values:
        """A series of another question; NaN throughout where it has none with these labels.

        Raises:
            UndeclaredNeedError: no question that is needed has such a family.
        """
        if name not in self.needs.families:
            raise UndeclaredNeedError(f"{name!r} is asked for, and is no family of a question that is needed")
        found = self.answered.get(series(name, **labels))
        return np.full(self.counts.coverage.days, np.nan) if found is None else found

    def find(self, kind: type[Wanted]) -> Wanted | None:
        """What another question found, by its class; None where nothing was recorded that it could be made of.

        Raises:
            UndeclaredNeedError: no question that is needed finds such a thing.
        """
        self._require(kind)
        return self.results.find(kind)

    def of(self, kind: Callable[[], Wanted]) -> Wanted:
        """The same; an empty one where nothing was found."""
        self._require(kind)
        return self.results.of(kind)

    def _require(self, kind: object) -> None:
        if kind not in self.needs.results:
            name = getattr(kind, "__name__", kind)
            raise UndeclaredNeedError(f"{name} is asked for, and is no result of a question that is needed")

    def since(self, *classes: type[Event]) -> Flags:
        """The days from the first event of any of these classes on."""
        events = self.facts.of(*classes)
        first = day_of(events[0].time) if events else self.first_day + self.counts.coverage.days
        recorded: Flags = self.days >= first
        return recorded
