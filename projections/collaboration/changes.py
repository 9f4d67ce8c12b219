"""Counts by day of very many things, most of which never change: kept as the changes alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from projections.timeline.ranges import DayCounts, Flags, Ints

Holds = Callable[[Ints], Flags]


@dataclass(frozen=True, slots=True)
class Spans:
    """For how long a thing had a count: from day `start` up to, not including, `end`."""

    key: Ints
    start: Ints
    end: Ints
    count: Ints


@dataclass(frozen=True, slots=True)
class Changes:
    """By how much the count of a thing changes on a day: sorted by `(key, day)`, each pair once, never by 0."""

    key: Ints
    day: Ints
    by: Ints

    @classmethod
    def of(cls, key: Ints, day: Ints, by: Ints) -> Self:
        """Sum up unsorted rows; those of one key must add up to 0 in the end."""
        order = np.lexsort((day, key))
        key, day, by = key[order], day[order], by[order]
        is_first = np.ones(len(key), bool)
        is_first[1:] = (np.diff(key) != 0) | (np.diff(day) != 0)
        first = np.flatnonzero(is_first)
        sums = np.add.reduceat(by, first) if len(first) else by
        kept = sums != 0
        return cls(key[first][kept], day[first][kept], sums[kept])

    @classmethod
    def none(cls) -> Self:
        """Nothing ever changed."""
        return cls(*(np.empty(0, np.int64) for _ in range(3)))

    def where(self, mask: Flags) -> Self:
        """The changes that a mask chooses."""
        return type(self)(self.key[mask], self.day[mask], self.by[mask])

    def plus(self, more: Self) -> Self:
        """These and those."""
        return self.of(*(np.concatenate(both) for both in zip(self.columns, more.columns, strict=True)))

    @property
    def columns(self) -> tuple[Ints, Ints, Ints]:
        """Keys, days and changes."""
        return self.key, self.day, self.by

    @property
    def spans(self) -> Spans:
        """The counts that follow."""
        count = np.cumsum(self.by)
        held = np.flatnonzero(count[:-1] != 0) if len(count) else np.empty(0, np.int64)
        return Spans(self.key[held], self.day[held], self.day[held + 1], count[held])


class Sparse:
    """Counts of many things, and on how many of them something holds, by day; adding costs what it touches.

    Args:
        first_day: day number of the first day counted.
        days: how many days are counted.
        tests: name → whether something holds of a thing with such a count.
    """

    def __init__(self, first_day: int, days: int, tests: Mapping[str, Holds]) -> None:
        self.changes = Changes.none()
        self._tests, self._held = tests, DayCounts(first_day, days)

    def add(self, more: Changes) -> None:
        """Take in changes; those of things that they touch are looked at anew, all others stay."""
        touched = np.isin(self.changes.key, more.key)
        before = self.changes.where(touched)
        after = before.plus(more)
        self._judge(before, -1)
        self._judge(after, 1)
        rest = self.changes.where(~touched)
        at = np.searchsorted(rest.key, after.key)
        self.changes = Changes(*(np.insert(one, at, new) for one, new in zip(rest.columns, after.columns, strict=True)))

    def _judge(self, changes: Changes, sign: int) -> None:
        spans = changes.spans
        for name, holds in self._tests.items():
            chosen = holds(spans.count)
            self._held.add(name, spans.start[chosen], spans.end[chosen], sign)

    def things(self, test: str) -> Ints:
        """Of how many things it holds, on every day."""
        return self._held.counts(test)

    def by_day(self, changes: Changes) -> Ints:
        """The count on every day that follows from the changes of one thing."""
        spans, alone = changes.spans, DayCounts(self._held.first_day, self._held.days)
        alone.add("alone", spans.start, spans.end, spans.count)
        return alone.counts("alone")

    def held(self, start: Ints, end: Ints) -> Flags:
        """The days that any of these ranges covers."""
        alone = DayCounts(self._held.first_day, self._held.days)
        alone.add("alone", start, end)
        covered: Flags = alone.counts("alone") > 0
        return covered
