"""Activity, counted: who was active, new, returned, lapsed on every day, and how the work is spread over people.

Source: docs/definitions.md, "Activity".
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from projections.timeline.days import YEAR
from projections.timeline.history import Values, share_of
from projections.timeline.ranges import DayCounts, Ints, Ranges, Work, overlay, recurring, spells, volumes

ACTIVE, BEFORE, FIRST = 1, 2, 4
SOON_DAYS = 14
CORE_PERCENT, REGULAR_PERCENT, HALF_PERCENT = 80, 95, 50


@dataclass(frozen=True, slots=True)
class Windows:
    """Which windows are counted, and how much work makes a person active in one."""

    days: tuple[int, ...]
    headline: int
    at_least: int


def count_contributions(tally: DayCounts, work: Work, windows: Windows, sign: int) -> None:
    """Add contributions of any level, and the newcomers who made their first one."""
    first = work.firsts()
    for window in windows.days:
        tally.add(("contributions", window), work.day, work.day + window, sign * work.times)
        tally.add(("newcomers", window), first.day, first.day + window, sign)


def count_active(tally: DayCounts, work: Work, windows: Windows, sign: int) -> None:
    """Add active people and their flows for each window.

    With A the days on which somebody is active, B the same a window later (active when the period began) and N the
    window from their very first such day on: new = A∩N, returned = A−B−N, lapsed = B−A, retained = A∩B. Who stays is
    active by the work of a shorter window, so that they still are when the rest of it has passed.
    """
    for window in windows.days:
        active = spells(work, window, windows.at_least)
        begins = np.diff(active.who, prepend=-1) != 0
        first = Ranges(active.who[begins], active.start[begins], active.start[begins] + window)
        on = overlay(active, active.shifted(window), first)
        tally.add(("active", window), *on.where(ACTIVE), sign)
        staying = spells(work, window - SOON_DAYS, windows.at_least)
        tally.add(("staying", window), staying.start, staying.end, sign)
        tally.add(("new", window), *on.where(ACTIVE | FIRST), sign)
        tally.add(("returned", window), *on.where(ACTIVE, BEFORE | FIRST), sign)
        tally.add(("lapsed", window), *on.where(BEFORE, ACTIVE), sign)
        tally.add(("retained", window), *on.where(ACTIVE | BEFORE), sign)
        often = overlay(active, recurring(work, window))
        tally.add(("recurring", window), *often.where(ACTIVE | BEFORE), sign)


def count_headline(tally: DayCounts, work: Work, belonging: Mapping[str, Ranges], windows: Windows, sign: int) -> None:
    """Add, among the active people of the headline window, those new this year and those who belong somewhere."""
    active = spells(work, windows.headline, windows.at_least)
    recent = overlay(active, Ranges.from_day(work.firsts(), YEAR))
    tally.add("active_first_year", *recent.where(ACTIVE | BEFORE), sign)
    for where, ranges in belonging.items():
        if len(ranges.who):
            tally.add(("active_of", where), *overlay(active, ranges).where(ACTIVE | BEFORE), sign)


def count_weeks(tally: DayCounts, work: Work, sign: int) -> None:
    """Add each person once to every ISO week in which they worked."""
    weeks = Work.of(work.who, (work.day + 3) // 7, work.times)
    monday = weeks.day * 7 - 3
    tally.add("weekly", monday, monday + 7, sign)


class Histogram:
    """How many people had which volume (days of work in a window), for every day."""

    def __init__(self, first_day: int, days: int, window: int) -> None:
        self.first_day, self.days, self.window = first_day, days, window
        self._changes: Ints = np.zeros((days + 1, window + 1), np.int64)

    def add(self, work: Work, among: Ranges, sign: int) -> None:
        """Add (or with sign −1 take away) the volumes that people have while they are among some."""
        segments = volumes(work, among, self.window)
        for day, change in ((segments.start, sign), (segments.end, -sign)):
            np.add.at(self._changes, (np.clip(day - self.first_day, 0, self.days), segments.layers), change)

    def counts(self) -> Ints:
        """People by day (rows) and volume (columns)."""
        counts: Ints = np.cumsum(self._changes[: self.days], axis=0)
        return counts


@dataclass(frozen=True, slots=True)
class Onion:
    """The onion for every day, as people; `top_share` is the largest one's share of the volume."""

    active: Ints
    core: Ints
    regular: Ints
    casual: Ints
    absence_factor: Ints
    top_share: Values


def onion(people_by_volume: Ints) -> Onion:
    """Peel the onion: sorted by volume, core while those before hold < 80 %, regular while < 95 %, else casual.

    Rows are days and columns volumes, so equal volumes are peeled at once: of `n` people with volume `v` behind `S`,
    the i-th has `S + i·v` before them.
    """
    largest_first = people_by_volume[:, ::-1]
    volume = np.arange(people_by_volume.shape[1] - 1, -1, -1)
    held = largest_first * volume
    total = held.sum(axis=1)
    before = np.cumsum(held, axis=1) - held
    core = _while_before(largest_first, before, volume, total, CORE_PERCENT)
    inner = _while_before(largest_first, before, volume, total, REGULAR_PERCENT)
    active = people_by_volume[:, 1:].sum(axis=1)
    top = np.max(np.where(largest_first > 0, volume, 0), axis=1, initial=0)
    half = _while_before(largest_first, before, volume, total, HALF_PERCENT)
    return Onion(active, core, inner - core, active - inner, half, share_of(top, total))


def _while_before(people: Ints, before: Ints, volume: Ints, total: Ints, percent: int) -> Ints:
    """How many have less than `percent` of the total before them, in whole numbers."""
    room = percent * total[:, None] - 100 * before
    fitting = -(-room // np.maximum(100 * volume, 1))
    counts: Ints = np.where(volume > 0, np.clip(fitting, 0, people), 0).sum(axis=1)
    return counts


def smallest_half(volume: Ints) -> int:
    """The smallest k such that the k largest hold at least half; 0 where there is no volume."""
    largest_first = np.sort(volume)[::-1]
    reached = 2 * np.cumsum(largest_first) >= largest_first.sum()
    return int(np.argmax(reached)) + 1 if largest_first.sum() else 0
