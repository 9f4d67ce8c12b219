"""Facts become ranges of days; a sweep over the days counts them.

All arrays of one call have one length. Somebody is an integer: a person, or a pair of person and team. Days are day
numbers; a range runs from `start` up to, not including, `end`, and ranges of one call do not overlap for one somebody.
"""

from collections.abc import Collection, Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
DAY_BITS = 24
RECURRING_DAYS_APART = 7


@dataclass(frozen=True, slots=True)
class Work:
    """How often somebody did something on a day: sorted by `(who, day)`, each pair once."""

    who: Ints
    day: Ints
    times: Ints

    @classmethod
    def of(cls, who: Ints, day: Ints, times: Ints) -> "Work":
        """Sum up unsorted rows."""
        keys = pack(who, day)
        order = np.argsort(keys, kind="stable")  # rows come in long ascending runs
        keys = keys[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        sums = np.add.reduceat(times[order], first) if len(first) else times
        return cls(keys[first] >> DAY_BITS, keys[first] & (1 << DAY_BITS) - 1, sums)

    def up_to(self, day: int) -> "Work":
        """What was done on or before a day."""
        seen = self.day <= day
        return Work(self.who[seen], self.day[seen], self.times[seen])

    def within(self, ranges: "Ranges", day: int, window: int) -> "Work":
        """The work in the window that ends on a day, of those for whom one of the ranges covers that day."""
        covered = ranges.who[(ranges.start <= day) & (ranges.end > day)]
        chosen = (self.day > day - window) & (self.day <= day) & np.isin(self.who, covered)
        return Work(self.who[chosen], self.day[chosen], self.times[chosen])

    def firsts(self) -> "Work":
        """The first day of everybody."""
        first = np.diff(self.who, prepend=-1) != 0
        return Work(self.who[first], self.day[first], self.times[first])


@dataclass(frozen=True, slots=True)
class Ranges:
    """Ranges of days during which something holds of somebody."""

    who: Ints
    start: Ints
    end: Ints

    @classmethod
    def from_day(cls, work: Work, days: int) -> "Ranges":
        """A range of so many days from each row's day on."""
        return cls(work.who, work.day, work.day + days)

    def shifted(self, days: int) -> "Ranges":
        """The same, so many days later."""
        return Ranges(self.who, self.start + days, self.end + days)


@dataclass(frozen=True, slots=True)
class Segments:
    """Ranges over which the same layers hold of somebody; `layers` has a bit for each."""

    start: Ints
    end: Ints
    layers: Ints

    def where(self, all_of: int, none_of: int = 0) -> tuple[Ints, Ints]:
        """Starts and ends of the segments on which all of these layers hold and none of those."""
        wanted = (self.layers & (all_of | none_of)) == all_of
        return self.start[wanted], self.end[wanted]


def pack(who: Ints, day: Ints) -> Ints:
    """One sortable integer for somebody and a day."""
    return who << DAY_BITS | day


def spells(work: Work, window: int, at_least: int = 1) -> Ranges:
    """When somebody did something at least so often within a window of days: active on D if in `D−window+1 … D`."""
    last = np.cumsum(work.times)
    row = np.searchsorted(last, last - at_least, side="right")
    return _reaching_back(work, np.where(last >= at_least, row, -1), window)


def recurring(work: Work, window: int) -> Ranges:
    """When the window holds two days of work that lie 7 or more days apart."""
    keys = pack(work.who, work.day)
    return _reaching_back(work, np.searchsorted(keys, keys - RECURRING_DAYS_APART, side="right") - 1, window)


def _reaching_back(work: Work, back_to: Ints, window: int) -> Ranges:
    """From each row's day on for as long as the window still holds the row that it reaches back to."""
    end = work.day[back_to] + window
    holds = (back_to >= 0) & (work.who[back_to] == work.who) & (end > work.day)
    return _union(Ranges(work.who[holds], work.day[holds], end[holds]))


def _union(ranges: Ranges) -> Ranges:
    """Join what touches; starts and ends must both ascend within each somebody."""
    if not len(ranges.who):
        return ranges
    begins = np.ones(len(ranges.who), bool)
    begins[1:] = (ranges.who[1:] != ranges.who[:-1]) | (ranges.start[1:] > ranges.end[:-1])
    ends = np.append(begins[1:], True)
    return Ranges(ranges.who[begins], ranges.start[begins], ranges.end[ends])


def overlay(*layers: Ranges) -> Segments:
    """Lay ranges over each other; the first layer is bit 1, the second 2, the third 4, and so on."""
    who = np.concatenate([np.tile(layer.who, 2) for layer in layers])
    day = np.concatenate([side for layer in layers for side in (layer.start, layer.end)])
    bit = np.concatenate([np.repeat((1 << at, -(1 << at)), len(layer.who)) for at, layer in enumerate(layers)])
    return _segments(who, day, bit)


def volumes(work: Work, among: Ranges, window: int) -> Segments:
    """How many days of work the window holds, as the "layers" of segments, while somebody is among some."""
    who = np.concatenate((np.tile(work.who, 2), np.tile(among.who, 2)))
    day = np.concatenate((work.day, work.day + window, among.start, among.end))
    change = np.concatenate(
        [np.repeat((by, -by), n) for by, n in ((1, len(work.who)), (1 << DAY_BITS, len(among.who)))]
    )
    segments = _segments(who, day, change)
    inside = segments.layers >> DAY_BITS > 0
    return Segments(segments.start[inside], segments.end[inside], segments.layers[inside] & (1 << DAY_BITS) - 1)


def stacked(ranges: Ranges) -> Segments:
    """How many ranges of somebody hold at once, as the "layers" of segments; they may overlap."""
    change = np.repeat(np.array((1, -1), np.int64), len(ranges.who))
    return _segments(np.tile(ranges.who, 2), np.concatenate((ranges.start, ranges.end)), change)


def _segments(who: Ints, day: Ints, change: Ints) -> Segments:
    keys = pack(who, day)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    state = np.cumsum(change[order])
    holds = np.flatnonzero((state[:-1] > 0) & (keys[1:] > keys[:-1])) if len(keys) else np.empty(0, np.int64)
    return Segments(keys[holds] & (1 << DAY_BITS) - 1, keys[holds + 1] & (1 << DAY_BITS) - 1, state[holds])


class DayCounts:
    """Counts per day from ranges that are added and taken away again; cost follows what is added."""

    def __init__(self, first_day: int, days: int) -> None:
        self.first_day = first_day
        self.days = days
        self._changes: dict[Hashable, Ints] = {}

    def add(self, key: Hashable, start: Ints, end: Ints, weight: Ints | int = 1) -> None:
        """Add `weight` to every day of each range; what lies outside of the covered days is left out."""
        changes = self._changes.get(key)
        if changes is None:
            changes = self._changes[key] = np.zeros(self.days + 1, np.int64)
        np.add.at(changes, self._at(start), weight)
        np.add.at(changes, self._at(end), -np.asarray(weight))

    def _at(self, day: Ints) -> Ints:
        return np.clip(day - self.first_day, 0, self.days)

    def counts(self, key: Hashable) -> Ints:
        """The count of every covered day; zeros for what was never added."""
        changes = self._changes.get(key)
        return np.zeros(self.days, np.int64) if changes is None else np.cumsum(changes)[: self.days]

    @property
    def keys(self) -> Collection[Hashable]:
        """What was ever added."""
        return self._changes.keys()
