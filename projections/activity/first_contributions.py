"""When each person first contributed, kept as people are counted."""

import numpy as np

from projections.community.contributed import Contributed
from projections.community.counts import Coverage
from projections.people.index import FOREVER
from projections.policy.policy import CommunityPolicy
from projections.timeline.ranges import Ints

MORE = 1024


class FirstContributions:
    """The day of everybody's first contribution of any kind, by person; `FOREVER` for who never made one."""

    def __init__(self, _policy: CommunityPolicy, _coverage: Coverage) -> None:
        self._day: Ints = np.empty(0, np.int64)

    def add(self, contributed: Contributed, sign: int = 1) -> None:
        """Note the first days of some people, or with sign −1 forget them."""
        first = contributed.work.firsts()
        if len(first.who) and (missing := int(first.who[-1]) + 1 - len(self._day)) > 0:
            self._day = np.append(self._day, np.full(missing + max(MORE, len(self._day)), FOREVER))
        self._day[first.who] = first.day if sign > 0 else FOREVER

    def of(self, persons: Ints) -> Ints:
        """The first day of each of these persons."""
        known = persons < len(self._day)
        found = np.full(len(persons), FOREVER)
        found[known] = self._day[persons[known]]
        return found
