"""Everything that is counted of contributions, for every day; adding and taking away cost what is added."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from projections.activity.measures import (
    Histogram,
    Windows,
    count_active,
    count_contributions,
    count_headline,
    count_weeks,
)
from projections.collaboration.counts import CrossTeamCounts
from projections.communication.counts import WorkShareCounts
from projections.community.contributed import Contributed
from projections.community.contributions import NO_TEAM, DailyContributions
from projections.conditions.counts import ArrivalCounts
from projections.leadership.criteria_progress import CriteriaProgress
from projections.mentoring.counts import LandmarkCounts
from projections.pathway.counts import PathwayCounts
from projections.people.index import ALONE, FOREVER, KNOWN_BASES, PeopleIndex
from projections.policy.policy import CommunityPolicy
from projections.responses.counts import ResponseFirsts
from projections.timeline.ranges import DayCounts, Work, spells, volumes


@dataclass(frozen=True, slots=True)
class ContributionNames:
    """What the numbers in cells stand for, and what the policy makes of them."""

    identities: Sequence[str]
    teams: Sequence[str]
    kinds: Sequence[str]
    sources: Sequence[str]

    def active(self, cells: DailyContributions, policy: CommunityPolicy) -> DailyContributions:
        """The cells that are active work."""
        pairs, pair = np.unique(cells.team << 32 | cells.kind, return_inverse=True)
        kinds = [self.kinds[int(one) & (1 << 32) - 1] for one in pairs]
        teams = [None if one >> 32 == NO_TEAM else self.teams[int(one) >> 32] for one in pairs]
        counts = [policy.is_active_work(kind, team) for kind, team in zip(kinds, teams, strict=True)]
        return cells.where(np.array(counts, bool)[pair])

    def team_labels(self, cells: DailyContributions, policy: CommunityPolicy) -> Mapping[str, DailyContributions]:
        """The cells of every team label; contributions without a team have none."""
        labels = np.array([policy.team_label(team) for team in self.teams], object)
        cells = cells.where(cells.team != NO_TEAM)
        label = labels[cells.team] if len(cells) else np.empty(0, object)
        return {str(one): cells.where(label == one) for one in sorted(set(label))}

    def of_sources(self, cells: DailyContributions, sources: Collection[str]) -> DailyContributions:
        """The cells of some sources."""
        return cells.where(np.array([name in sources for name in self.sources], bool)[cells.source])


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is counted: so many days from a first one on, over some sets of sources, by organisation or not."""

    first_day: int
    days: int
    scopes: frozenset[frozenset[str]]
    by_organisation: bool


class CommunityCounts:
    """The counts of a community, each number a sum over people."""

    def __init__(self, policy: CommunityPolicy, extent: Coverage) -> None:
        first_day, days = extent.first_day, extent.days
        self.extent, self.first_day, self.days, self.scopes = extent, first_day, days, extent.scopes
        self.windows = Windows(policy.windows_days, policy.headline_window_days, policy.min_contributions)
        self.tally = DayCounts(first_day, days)
        self.volume = Histogram(first_day, days, self.windows.headline)
        self.volume_alone = Histogram(first_day, days, self.windows.headline)
        self.landmarks, self.steps = LandmarkCounts(policy, first_day, days), PathwayCounts(policy, first_day, days)
        self.across, self.work_shares = (
            CrossTeamCounts(policy, first_day, days),
            WorkShareCounts(policy, first_day, days),
        )
        self.ladders = CriteriaProgress(policy)
        self.arrivals, self.firsts = ArrivalCounts(policy, first_day, days), ResponseFirsts()
        self._policy = policy

    def add(self, cells: DailyContributions, who: PeopleIndex, names: ContributionNames, sign: int = 1) -> None:
        """Count all cells of some people, or with sign −1 no longer count them."""
        for reason, left_out in (("bot", who.is_bot), ("agent", who.is_agent)):
            gone = cells.where(left_out[cells.identity])
            self.tally.add(("excluded", reason), gone.day, gone.day + self.windows.headline, sign * gone.count)
            self._add_since("anything", gone, sign)
        human = cells.where(who.is_human[cells.identity])
        self._add_since("anything", human, sign)
        self._add_since("contributions", human, sign)
        active = names.active(human, self._policy)
        contributed = Contributed(human, active, work_of(human, who), work_of(active, who), who, names)
        count_contributions(self.tally, contributed.work, self.windows, sign)
        self._add_active(contributed.active_work, who, sign)
        parts = (self.landmarks, self.steps, self.across, self.work_shares, self.ladders, self.arrivals, self.firsts)
        for part in parts:
            part.add(contributed, sign)
        self._add_teams(names.team_labels(human, self._policy), who, names, sign)
        for sources in self.scopes:
            self._add_spells(("sources", sources), work_of(names.of_sources(active, sources), who), sign)

    def _add_active(self, work: Work, who: PeopleIndex, sign: int) -> None:
        people = np.unique(work.who)
        belonging = {"affiliated": who.known_from(people)}
        belonging |= {basis: who.of_basis(people, basis) for basis in KNOWN_BASES}
        count_active(self.tally, work, self.windows, sign)
        count_headline(self.tally, work, belonging, self.windows, sign)
        count_weeks(self.tally, work, sign)
        active = spells(work, self.windows.headline, self.windows.at_least)
        self.volume.add(work, active, sign)
        organisation = who.organisation_at(work)
        alone = organisation == ALONE
        if self.extent.by_organisation:
            self.volume_alone.add(Work(work.who[alone], work.day[alone], work.times[alone]), active, sign)
        for one in np.unique(organisation[~alone]):
            theirs = organisation == one
            held = volumes(Work(work.who[theirs], work.day[theirs], work.times[theirs]), active, self.windows.headline)
            self.tally.add(("organisation", who.organisations[int(one)]), held.start, held.end, sign * held.layers)

    def _add_since(self, key: Hashable, cells: DailyContributions, sign: int) -> None:
        """Count what there ever was up to a day."""
        self.tally.add(key, cells.day, cells.day + FOREVER, sign * cells.count)

    def _add_teams(
        self, labelled: Mapping[str, DailyContributions], who: PeopleIndex, names: ContributionNames, sign: int
    ) -> None:
        for label, cells in labelled.items():
            self._add_since(("team", label), cells, sign)
            work = work_of(names.active(cells, self._policy), who)
            for window in self.windows.days:
                self._add_spells(("team", label, window), work, sign, window)

    def _add_spells(self, key: tuple[object, ...], work: Work, sign: int, window: int | None = None) -> None:
        active = spells(work, window or self.windows.headline, self.windows.at_least)
        self.tally.add(key, active.start, active.end, sign)


def work_of(cells: DailyContributions, who: PeopleIndex) -> Work:
    """Cells joined to the people behind their identities."""
    return Work.of(who.person[cells.identity], cells.day, cells.count)
