"""The steps that people reached, counted person by person."""

import numpy as np

from projections.community.contributed import Contributed
from projections.community.counts import Coverage
from projections.pathway.conversion import Cohorts
from projections.pathway.steps import NEVER, STEPS, Reached, by_work
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR
from projections.timeline.ranges import DayCounts, Ints, Work, spells


class PathwayCounts:
    """The steps that people reached, counted person by person.

    Args:
        policy: the community's.
        coverage: the days that are counted.
    """

    def __init__(self, policy: CommunityPolicy, coverage: Coverage) -> None:
        self._at_least = policy.min_contributions
        self.active = DayCounts(coverage.first_day, coverage.days)
        self.cohorts = Cohorts.none(coverage.first_day, coverage.days)

    def add(self, contributed: Contributed, sign: int = 1) -> None:
        """Count what some people did, or with sign −1 no longer count it, as if they never held a seat."""
        self.count(by_work(contributed.work, contributed.active_work), contributed.active_work, sign)

    def count(self, reached: Reached, active_work: Work, sign: int = 1) -> None:
        """Count people with the steps that they reached, or with sign −1 no longer count them."""
        self.cohorts.add(reached, sign)
        year = spells(active_work, YEAR, self._at_least)
        begins = reached.furthest[np.searchsorted(reached.who, year.who)]
        ends = np.column_stack((begins[:, 1:], np.full(len(begins), NEVER)))
        for at, step in enumerate(STEPS):
            start, end = np.maximum(year.start, begins[:, at]), np.minimum(year.end, ends[:, at])
            self.active.add(step, start, np.maximum(start, end), sign)

    def people(self, step: str) -> Ints:
        """How many people active within a year came as far as this step and no further, by day."""
        return self.active.counts(step)
