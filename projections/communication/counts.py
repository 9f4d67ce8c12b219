"""Person-days of each kind of work by basis, counted person by person.

Source: docs/definitions.md, "Other communities, communication, impact", Impact.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from projections.community.contributed import Contributed
from projections.community.contributions import DailyContributions
from projections.community.counts import Coverage
from projections.people.index import BASES, PeopleIndex
from projections.policy.policy import CommunityPolicy
from projections.timeline.ranges import DayCounts, Ints, Work, spells


class WorkShareCounts:
    """Person-days of each kind of work by basis, counted person by person.

    Nothing is counted before an affiliation was ever recorded.

    Args:
        policy: the community's.
        coverage: the days that are counted.
    """

    def __init__(self, policy: CommunityPolicy, coverage: Coverage) -> None:
        self._window = policy.headline_window_days
        self._tally = DayCounts(coverage.first_day, coverage.days)
        self._kinds: set[str] = set()

    @property
    def kinds(self) -> Sequence[str]:
        """All kinds of active work that were ever counted."""
        return sorted(self._kinds)

    def person_days(self, kind: str, basis: str) -> Ints:
        """How many person-days of a kind are of a basis, by day."""
        return self._tally.counts((kind, basis))

    def people(self, kind: str) -> Ints:
        """How many people did work of a kind, by day."""
        return self._tally.counts(kind)

    def add(self, contributed: Contributed, sign: int = 1) -> None:
        """Count what some people did, or with sign −1 no longer count it."""
        who, cells, kinds = contributed.who, contributed.active, contributed.names.kinds
        if not len(who.affiliated.who) or not len(cells):
            return
        for kind, work in by_kind(cells, who, kinds):
            self._kinds.add(kind)
            self._add_kind(kind, work, who.basis_at(work), sign)

    def _add_kind(self, kind: str, work: Work, basis: Ints, sign: int) -> None:
        present = spells(work, self._window)
        self._tally.add(kind, present.start, present.end, sign)
        for code in np.unique(basis).tolist():
            day = work.day[basis == code]
            self._tally.add((kind, BASES[code]), day, day + self._window, sign)


def by_kind(cells: DailyContributions, who: PeopleIndex, kinds: Sequence[str]) -> Iterator[tuple[str, Work]]:
    """The person-days of each kind of work in some cells, by person."""
    work = Work.of(who.person[cells.identity] * len(kinds) + cells.kind, cells.day, cells.count)
    person, kind = np.divmod(work.who, max(len(kinds), 1))
    for one in np.unique(kind).tolist():
        theirs = kind == one
        yield kinds[one], Work(person[theirs], work.day[theirs], work.times[theirs])
