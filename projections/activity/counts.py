"""What is counted of everybody's work: who is active, came and went, over windows, weeks, teams and organisations."""

from collections.abc import Hashable

import numpy as np

from projections.activity.measures import (
    Histogram,
    Windows,
    count_active,
    count_contributions,
    count_headline,
    count_weeks,
)
from projections.activity.months import Months
from projections.community.contributed import Contributed, work_of
from projections.community.contributions import DailyContributions
from projections.community.counts import Coverage
from projections.people.index import ALONE, FOREVER, KNOWN_BASES, PeopleIndex
from projections.policy.policy import CommunityPolicy
from projections.timeline.ranges import DayCounts, Flags, Work, spells, volumes


class ActivityCounts:
    """Counts of activity by day, and the volumes that the onion is peeled by."""

    def __init__(self, policy: CommunityPolicy, coverage: Coverage) -> None:
        self.coverage = coverage
        self.windows = Windows(policy.windows_days, policy.headline_window_days, policy.min_contributions)
        self.days = DayCounts(coverage.first_day, coverage.days)
        self.months = Months(coverage.first_day, coverage.days)
        self.volume = Histogram(coverage.first_day, coverage.days, self.windows.headline)
        self.volume_alone = Histogram(coverage.first_day, coverage.days, self.windows.headline)
        self._policy = policy

    @property
    def present(self) -> Flags:
        """The days from the first contribution of a human on."""
        present: Flags = self.days.counts("contributions") > 0
        return present

    def add(self, contributed: Contributed, sign: int = 1) -> None:
        """Count what some people did, or with sign −1 no longer count it."""
        for reason, gone in contributed.excluded.items():
            self.days.add(("excluded", reason), gone.day, gone.day + self.windows.headline, sign * gone.count)
            self._add_since("anything", gone, sign)
        self._add_since("anything", contributed.human, sign)
        self._add_since("contributions", contributed.human, sign)
        count_contributions(self.days, contributed.work, self.windows, sign)
        self._add_active(contributed.active_work, contributed.who, sign)
        self._add_teams(contributed, sign)
        for sources in self.coverage.source_sets:
            theirs = contributed.names.of_sources(contributed.active, sources)
            self._add_spells(("sources", sources), work_of(theirs, contributed.who), sign)

    def _add_active(self, work: Work, who: PeopleIndex, sign: int) -> None:
        people = np.unique(work.who)
        belonging = {"affiliated": who.known_from(people)}
        belonging |= {basis: who.of_basis(people, basis) for basis in KNOWN_BASES}
        count_active(self.days, work, self.windows, sign)
        count_headline(self.days, work, belonging, self.windows, sign)
        count_weeks(self.days, work, sign)
        self.months.add(work, sign)
        active = spells(work, self.windows.headline, self.windows.at_least)
        self.volume.add(work, active, sign)
        organisation = who.organisation_at(work)
        alone = organisation == ALONE
        if self.coverage.by_organisation:
            self.volume_alone.add(Work(work.who[alone], work.day[alone], work.times[alone]), active, sign)
        for one in np.unique(organisation[~alone]):
            theirs = organisation == one
            held = volumes(Work(work.who[theirs], work.day[theirs], work.times[theirs]), active, self.windows.headline)
            self.days.add(("organisation", who.organisations[int(one)]), held.start, held.end, sign * held.layers)

    def _add_since(self, key: Hashable, cells: DailyContributions, sign: int) -> None:
        """Count what there ever was up to a day."""
        self.days.add(key, cells.day, cells.day + FOREVER, sign * cells.count)

    def _add_teams(self, contributed: Contributed, sign: int) -> None:
        names = contributed.names
        active = names.team_labels(contributed.active)
        for label, cells in names.team_labels(contributed.human).items():
            self._add_since(("team", label), cells, sign)
            work = work_of(active.get(label, DailyContributions.none()), contributed.who)
            for window in self.windows.days:
                self._add_spells(("team", label, window), work, sign, window)

    def _add_spells(self, key: tuple[object, ...], work: Work, sign: int, window: int | None = None) -> None:
        active = spells(work, window or self.windows.headline, self.windows.at_least)
        self.days.add(key, active.start, active.end, sign)
