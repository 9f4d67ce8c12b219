"""Person-days of each kind of work by basis, counted person by person.

Source: DEFINITIONS, "Other communities, communication, impact", Impact.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from projections.activity.ranges import Ints, Tally, Work, spells
from projections.community.contributed import Contributed
from projections.people.who import BASES, KNOWN_BASES
from projections.policy import CommunityPolicy

UNKNOWN: Final = len(KNOWN_BASES)


class WorkShares:
    """Person-days of each kind of work by basis, counted person by person.

    Nothing is counted before an affiliation was ever recorded.

    Args:
        policy: the community's.
        first_day: day number of the first day counted.
        days: how many days are counted.
    """

    def __init__(self, policy: CommunityPolicy, first_day: int, days: int) -> None:
        self._window = policy.headline_window_days
        self._tally = Tally(first_day, days)
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
        work = Work.of(who.person[cells.identity] * len(kinds) + cells.kind, cells.day, cells.count)
        kind = work.who % len(kinds)
        codes = np.array([BASES.index(one) for one in who.basis], np.int64)
        basis = who.looked_up(Work(work.who // len(kinds), work.day, work.times), codes, UNKNOWN)
        for one in np.unique(kind).tolist():
            self._kinds.add(kinds[one])
            theirs = kind == one
            self._add_kind(
                kinds[one], Work(work.who[theirs], work.day[theirs], work.times[theirs]), basis[theirs], sign
            )

    def _add_kind(self, kind: str, work: Work, basis: Ints, sign: int) -> None:
        present = spells(work, self._window)
        self._tally.add(kind, present.start, present.end, sign)
        for code in np.unique(basis).tolist():
            day = work.day[basis == code]
            self._tally.add((kind, BASES[code]), day, day + self._window, sign)
