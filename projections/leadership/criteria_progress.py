"""Since when what people contributed meets the policy's ladders.

Source: docs/definitions.md, "Leadership", People meeting criteria.
"""

from collections.abc import Iterator

import numpy as np

from projections.community.contributed import Contributed
from projections.community.counts import Coverage
from projections.people.index import FOREVER
from projections.policy.policy import CommunityPolicy
from projections.policy.thresholds import Criteria
from projections.timeline.ranges import Ints, Work


class CriteriaProgress:
    """By role and person's number: the day from which what somebody contributed meets the role's ladder.

    What was ever done only grows, so who meets a ladder goes on meeting it.
    """

    def __init__(self, policy: CommunityPolicy, _coverage: Coverage | None = None) -> None:
        self._criteria = policy.criteria
        self._since = {role: np.empty(0, np.int64) for role in policy.criteria}

    def add(self, contributed: Contributed, sign: int = 1) -> None:
        """Take in all that some people did, or with sign −1 forget it."""
        people = np.unique(contributed.work.who)
        for role, ladder in self._criteria.items():
            since = self._since[role] = self.since(role, int(people.max(initial=-1)) + 1)
            since[people] = met_since(contributed, ladder, people) if sign > 0 else FOREVER

    def since(self, role: str, persons: int) -> Ints:
        """The day for each person's number, for so many persons at least; FOREVER where it is not met."""
        since = self._since[role]
        more = max(persons - len(since), 0)
        return np.concatenate((since, np.full(more, FOREVER, np.int64)))


def met_since(contributed: Contributed, ladder: Criteria, people: Ints) -> Ints:
    """The day from which each of these people contributed all that a ladder asks; 0 where it asks for none."""
    since = np.zeros(len(people), np.int64)
    for work, least in asked(contributed, ladder):
        since = np.maximum(since, reached(work, people, least))
    return since


def asked(contributed: Contributed, ladder: Criteria) -> Iterator[tuple[Work, int]]:
    """Each kind of work that a ladder asks for, and how much of it."""
    if ladder.days:
        active = contributed.active_work
        yield Work(active.who, active.day, np.ones(len(active.who), np.int64)), ladder.days
    human, kinds = contributed.human, np.array(contributed.names.kinds, object)
    for kind, least in ladder.contributions.items():
        cells = human.where((kinds == kind)[human.kind]) if len(human) else human
        yield Work.of(contributed.who.person[cells.identity], cells.day, cells.count), least


def reached(work: Work, people: Ints, least: int) -> Ints:
    """The day on which each of these people had done so much; FOREVER where never."""
    total = np.cumsum(work.times)
    first, end = (np.searchsorted(work.who, people, side=side) for side in ("left", "right"))
    before = np.concatenate((np.zeros(1, np.int64), total))[first]
    at = np.searchsorted(total, before + least)
    since = np.full(len(people), FOREVER, np.int64)
    since[at < end] = work.day[at[at < end]]
    return since
