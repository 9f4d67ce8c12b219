"""Who works in several teams, counted person by person.

Source: docs/definitions.md, "Other communities, communication, impact", Cross-team people.
"""

from typing import Final

import numpy as np

from projections.collaboration.changes import Changes, Sparse
from projections.collaboration.mains import Stays, TeamDays, mains
from projections.community.contributed import Contributed
from projections.community.contributions import NO_TEAM, DailyContributions
from projections.community.counts import Coverage
from projections.people.index import FOREVER, PeopleIndex
from projections.policy.policy import CommunityPolicy
from projections.timeline.ranges import DayCounts, Flags, Ints, Ranges, Work, pack, spells, stacked

COUNT_BITS: Final = 20
COUNT: Final = (1 << COUNT_BITS) - 1
TEAM_BITS: Final = 32
FEWEST_BOTH_WAYS: Final = 2


def pair_of(one: Ints, other: Ints) -> Ints:
    """The number of a pair of teams, whichever comes first."""
    return np.minimum(one, other) << TEAM_BITS | np.maximum(one, other)


def shared(count: Ints) -> Ints:
    """Of the counts of a pair: the people who work in both."""
    return count & COUNT


def flow(count: Ints, *, to_larger: bool) -> Ints:
    """Of the counts of a pair: the flow to the team with the larger number, or to the other one."""
    return count >> (COUNT_BITS if to_larger else 2 * COUNT_BITS) & COUNT


def rests_on_one(count: Ints) -> Flags:
    """Whether exactly one person works in both teams of a pair."""
    alone: Flags = shared(count) == 1
    return alone


def flows_both_ways(count: Ints) -> Flags:
    """Whether at least two people flow each way."""
    both = np.minimum(flow(count, to_larger=True), flow(count, to_larger=False))
    chosen: Flags = both >= FEWEST_BOTH_WAYS
    return chosen


class CrossTeamCounts:
    """Who works in several teams, counted person by person.

    Attributes:
        pairs: for each pair of teams the people who work in both, and the flows between them (see `shared`, `flow`).

    Args:
        policy: the community's.
        coverage: the days that are counted.
    """

    def __init__(self, policy: CommunityPolicy, coverage: Coverage) -> None:
        self._policy, self.first_day, self.days = policy, coverage.first_day, coverage.days
        self._tally = DayCounts(coverage.first_day, coverage.days)
        self.pairs = Sparse(
            coverage.first_day, coverage.days, {"rests on one": rests_on_one, "both ways": flows_both_ways}
        )

    @property
    def cross_team(self) -> Ints:
        """People with active work in two teams or more, by day."""
        return self._tally.counts("cross-team")

    @property
    def recorded(self) -> Flags:
        """The days from the first contribution of a human that bears a team on."""
        recorded: Flags = self._tally.counts("recorded") > 0
        return recorded

    def add(self, contributed: Contributed, sign: int = 1) -> None:
        """Count what some people did, or with sign −1 no longer count it."""
        self._add_recorded(contributed.human, sign)
        work = team_days(contributed.active, contributed.who)
        if not len(work.who):
            return
        there = stays(work, self._policy.collaboration.cross_team_days)
        several = stacked(Ranges(there.who, there.start, there.end))
        chosen = several.layers > 1
        self._tally.add("cross-team", several.start[chosen], several.end[chosen], sign)
        main = mains(work, contributed.names.teams, self._policy.collaboration.main_team_days)
        self.pairs.add(changes_of_pairs(there, main, sign))

    def _add_recorded(self, human: DailyContributions, sign: int) -> None:
        in_teams = human.team != NO_TEAM
        at = np.maximum(human.day[in_teams] - self.first_day, 0)
        times = np.bincount(at, human.count[in_teams]).astype(np.int64)
        day = self.first_day + np.flatnonzero(times)
        self._tally.add("recorded", day, day + FOREVER, sign * times[times > 0])


def team_days(cells: DailyContributions, who: PeopleIndex) -> TeamDays:
    """On which days the people behind cells worked in which team, of those who worked in more than one."""
    in_teams = np.flatnonzero(cells.team != NO_TEAM)
    person, team = who.person[cells.identity[in_teams]], cells.team[in_teams]
    several = in_several_teams(person, team)
    return TeamDays.of(person[several], team[several], cells.day[in_teams[several]])


def in_several_teams(person: Ints, team: Ints) -> Flags:
    """The rows of people who have another team in another row; in most communities these are few."""
    some_team = np.zeros(int(person.max(initial=-1)) + 1, np.int64)
    some_team[person] = team
    is_of_several = np.zeros(len(some_team), bool)
    is_of_several[person[team != some_team[person]]] = True
    return is_of_several[person]


def stays(work: TeamDays, window: int) -> Stays:
    """When somebody has work in a team within a window."""
    place = work.place
    first = np.flatnonzero(np.diff(place, prepend=-1))
    found = spells(Work(place, work.day, np.ones(len(place), np.int64)), window)
    return Stays(work.who[first][found.who], work.team[first][found.who], found.start, found.end)


def changes_of_pairs(there: Stays, main: Stays, sign: int) -> Changes:
    """What some people add to the pairs of teams: who works in both, and who flows from their main team."""
    who, team, start, end = (
        np.concatenate(both)
        for both in ((there.who, main.who), (there.team, main.team), (there.start, main.start), (there.end, main.end))
    )
    is_main = np.arange(len(who)) >= len(there.who)
    one, other = meetings(who, start, end)
    kept = team[one] != team[other]
    one, other = one[kept], other[kept]
    origin, goal = np.where(is_main[one], one, other), np.where(is_main[one], other, one)
    flowing = np.where(team[origin] < team[goal], 1 << COUNT_BITS, 1 << 2 * COUNT_BITS)
    by = np.where(is_main[one] | is_main[other], flowing, 1)
    until = np.minimum(end[one], end[other])
    return ranges_as_changes(pair_of(team[one], team[other]), np.maximum(start[one], start[other]), until, sign * by)


def meetings(who: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """All pairs of ranges of one somebody that have a day in common."""
    order = np.argsort(pack(who, start), kind="stable")
    keys = pack(who, start)[order]
    until = np.searchsorted(keys, pack(who, end)[order])
    after = np.arange(1, len(keys) + 1)
    partners = until - after
    other = np.arange(partners.sum()) - np.repeat(np.cumsum(partners) - partners, partners) + np.repeat(after, partners)
    return order[np.repeat(after - 1, partners)], order[other]


def ranges_as_changes(key: Ints, start: Ints, end: Ints, by: Ints) -> Changes:
    """Something is more by so much while a range lasts."""
    return Changes.of(np.tile(key, 2), np.concatenate((start, end)), np.concatenate((by, -by)))
