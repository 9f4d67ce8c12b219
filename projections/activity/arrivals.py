"""What conditions count of contributions and nobody else does: who came on a day, and the volume of teams."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from projections.community.contributed import Contributed
from projections.community.contributions import NO_TEAM
from projections.community.counts import Coverage
from projections.policy.policy import CommunityPolicy
from projections.timeline.ranges import DayCounts, Ints, Ranges, Work, spells, volumes

ALL = None
"""Stands for the whole community where others are teams."""


class ArrivalCounts:
    """Who came on which day, and the person-days of active people by team, counted person by person.

    Args:
        policy: the community's.
        coverage: the days that are counted.
    """

    def __init__(self, policy: CommunityPolicy, coverage: Coverage) -> None:
        self._policy, self._tally = policy, DayCounts(coverage.first_day, coverage.days)

    def add(self, contributed: Contributed, sign: int = 1) -> None:
        """Count what some people did, or with sign −1 no longer count it."""
        came = contributed.work.firsts().day
        self._tally.add("came", came, came + 1, sign)
        active = spells(contributed.active_work, self._policy.headline_window_days, self._policy.min_contributions)
        self._add_volume(ALL, contributed.active_work, active, sign)
        for team, work in by_team(contributed):
            self._add_volume(team, work, active, sign)
            there = spells(work, self._policy.headline_window_days, self._policy.min_contributions)
            self._tally.add(("people", team), there.start, there.end, sign)

    def _add_volume(self, team: str | None, work: Work, active: Ranges, sign: int) -> None:
        window = self._policy.headline_window_days
        if self._policy.min_contributions == 1:  # who works is active for as long as the window holds that work
            self._tally.add(("volume", team), work.day, work.day + window, sign)
        else:
            theirs = np.isin(active.who, work.who)
            held = volumes(work, Ranges(active.who[theirs], active.start[theirs], active.end[theirs]), window)
            self._tally.add(("volume", team), held.start, held.end, sign * held.layers)

    def by_day(self) -> Ints:
        """How many people made their first contribution on each day."""
        return self._tally.counts("came")

    def volume(self, team: str | None) -> Ints:
        """Person-days of active people in the headline window, in a team or in all."""
        return self._tally.counts(("volume", team))

    def teams(self, people: int) -> Ints:
        """How many teams have so many active people or more in the headline window."""
        teams = [key for key in self._tally.keys if isinstance(key, tuple) and key[0] == "people"]
        enough = [self._tally.counts(key) >= people for key in teams]
        return np.sum(enough, axis=0, dtype=np.int64) if enough else np.zeros(self._tally.days, np.int64)


def by_team(contributed: Contributed) -> Iterator[tuple[str, Work]]:
    """The active work of each team, by person."""
    cells = contributed.active.where(contributed.active.team != NO_TEAM)
    order = np.argsort(cells.team, kind="stable")
    rows = (contributed.who.person[cells.identity][order], cells.day[order], cells.count[order])
    teams, starts = np.unique(cells.team[order], return_index=True)
    for team, (begin, end) in zip(teams.tolist(), pairwise([*starts, len(order)]), strict=True):
        yield contributed.names.teams[team], Work.of(*(row[begin:end] for row in rows))
