"""Contributions as the sweep reads them: how many of one kind, team and source an identity made on a day."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from projections.timeline.ranges import Ints, pack

NO_TEAM = -1


@dataclass(frozen=True, slots=True)
class DailyContributions:
    """Columns of equal length, sorted by identity; identity, team, kind and source are numbers of names."""

    identity: Ints
    day: Ints
    team: Ints
    kind: Ints
    source: Ints
    count: Ints

    @classmethod
    def of(cls, rows: Ints) -> Self:
        """From rows of six integers in the order of the columns, in any order, repeated or not."""
        rows = rows.reshape(-1, 6)
        order = np.argsort(pack(rows[:, 0], rows[:, 1]), kind="stable")
        return cls(*(np.ascontiguousarray(column) for column in rows[order].T))

    @classmethod
    def none(cls) -> Self:
        """No contributions."""
        return cls.of(np.empty((0, 6), np.int64))

    def __len__(self) -> int:
        return len(self.identity)

    def where(self, mask: "np.ndarray[tuple[int], np.dtype[np.bool_]] | Ints") -> Self:
        """The cells that a mask or an index chooses."""
        return type(self)(*(getattr(self, column.name)[mask] for column in fields(self)))

    def within(self, day: int, window: int) -> Self:
        """The cells of the window that ends on a day."""
        return self.where((self.day > day - window) & (self.day <= day))

    def of_identities(self, identities: Ints) -> Self:
        """The cells of some identities, found by bisection."""
        starts = np.searchsorted(self.identity, identities, side="left")
        lengths = np.searchsorted(self.identity, identities, side="right") - starts
        offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.where(np.repeat(starts, lengths) + offsets)

    def without(self, identities: Ints) -> Self:
        """The cells of everybody else."""
        return self.where(~np.isin(self.identity, identities)) if len(identities) else self

    def plus(self, more: Self) -> Self:
        """These and those; cells for the same day may then stand twice, which changes no count."""
        if not len(self):
            return more
        at = np.searchsorted(self.identity, more.identity, side="right")
        return type(self)(*(np.insert(getattr(self, c.name), at, getattr(more, c.name)) for c in fields(self)))
