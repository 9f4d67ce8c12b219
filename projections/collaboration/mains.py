"""Which team is somebody's main one, on every day: where most of their person-days of a window lie."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from projections.timeline.ranges import DAY_BITS, Ints, pack

RANK_BITS = 20
VOLUME_AT = DAY_BITS + RANK_BITS
MOST_CELLS = 1 << 21
"""How many (team, day) of people are looked at in one go: some tens of megabytes."""


def distinct(values: Ints) -> Ints:
    """Each value once, ascending; where most are distinct, sorting is several times faster than hashing."""
    ordered: Ints = np.sort(values)
    is_first = np.ones(len(ordered), bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


@dataclass(frozen=True, slots=True)
class TeamDays:
    """On which days somebody worked in which team: sorted by `(who, team, day)`, each of them once."""

    who: Ints
    team: Ints
    day: Ints

    @classmethod
    def of(cls, who: Ints, team: Ints, day: Ints) -> "TeamDays":
        """From rows in any order, repeated or not."""
        teams = int(team.max(initial=0)) + 1
        keys = distinct(pack(who * teams + team, day))
        place = keys >> DAY_BITS
        return cls(place // teams, place % teams, keys & (1 << DAY_BITS) - 1)

    @property
    def place(self) -> Ints:
        """The number of each row's person and team, from 0 on."""
        if not len(self.who):
            return self.who
        return np.concatenate(([0], np.cumsum((np.diff(self.who) != 0) | (np.diff(self.team) != 0))))

    def pieces(self) -> Iterator["TeamDays"]:
        """The same in pieces of whole people, none larger than memory likes."""
        if not len(self.who):
            return
        first = np.flatnonzero(np.diff(self.who, prepend=-1))
        rows, place = np.diff(first, append=len(self.who)), self.place
        teams = np.diff(place[first], append=place[-1] + 1)
        piece = np.cumsum(2 * rows * teams) // MOST_CELLS
        begins = first[np.flatnonzero(np.diff(piece, prepend=-1))]
        for begin, end in pairwise([*begins.tolist(), len(self.who)]):
            yield TeamDays(self.who[begin:end], self.team[begin:end], self.day[begin:end])


@dataclass(frozen=True, slots=True)
class Stays:
    """Somebody is, or works, in a team from day `start` up to, not including, `end`."""

    who: Ints
    team: Ints
    start: Ints
    end: Ints


def mains(work: TeamDays, names: Sequence[str], window: int) -> Stays:
    """When which team is somebody's main one: most person-days of the window, then the later last day, then by name.

    Args:
        work: where people worked.
        names: the teams' names by number, which settle the last ties.
        window: how many days count.
    """
    teams = sorted(distinct(work.team).tolist(), key=lambda one: names[one])
    rank = np.zeros(max(teams, default=-1) + 1, np.int64)
    rank[teams] = np.arange(len(teams))
    found = [_mains(piece, rank, np.array(teams, np.int64), window) for piece in work.pieces()]
    columns = zip(*((one.who, one.team, one.start, one.end) for one in found), strict=True)
    return Stays(*(np.concatenate(column) for column in columns)) if found else Stays(*([work.who] * 4))


def _mains(work: TeamDays, rank: Ints, teams: Ints, window: int) -> Stays:
    """Look at every person's teams side by side on each day on which anything changes: a row of such days by team."""
    grid = distinct(pack(np.tile(work.who, 2), np.concatenate((work.day, work.day + window))))
    person, day = grid >> DAY_BITS, grid & (1 << DAY_BITS) - 1
    place = work.place
    first = np.flatnonzero(np.diff(place, prepend=-1))
    begin = np.searchsorted(person, work.who[first])
    length = np.searchsorted(person, work.who[first], side="right") - begin
    offset = np.cumsum(length) - length
    into_row = offset - begin
    came = np.searchsorted(grid, pack(work.who, work.day)) + into_row[place]
    went = np.searchsorted(grid, pack(work.who, work.day + window)) + into_row[place]
    cells = int(length.sum())
    volume = np.cumsum(np.bincount(came, minlength=cells) - np.bincount(went, minlength=cells))
    last = np.zeros(cells, np.int64)
    last[came] = work.day + place * (1 << DAY_BITS)
    last = np.maximum.accumulate(last) & (1 << DAY_BITS) - 1
    behind = np.repeat(len(teams) - 1 - rank[work.team[first]], length)
    best = np.zeros(len(grid), np.int64)
    weight = np.where(volume > 0, volume << VOLUME_AT | last << RANK_BITS | behind, 0)
    np.maximum.at(best, np.arange(cells) - np.repeat(into_row, length), weight)
    main = np.where(best > 0, teams[len(teams) - 1 - (best & (1 << RANK_BITS) - 1)], -1)
    return _joined(person, day, main)


def _joined(person: Ints, day: Ints, main: Ints) -> Stays:
    """Join days that follow each other with one main team; the last day of each person has none."""
    changes = np.ones(len(person), bool)
    changes[1:] = (np.diff(person) != 0) | (np.diff(main) != 0)
    at = np.flatnonzero(changes)
    until = np.append(day[at[1:]], 0)
    held = main[at] >= 0
    return Stays(person[at][held], main[at][held], day[at][held], until[held])
