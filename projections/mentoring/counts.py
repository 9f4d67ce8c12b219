"""Who came when and was still there later, counted person by person.

Source: docs/definitions.md, "Mentoring", Coverage and Outcome.
"""

from typing import Final

import numpy as np

from projections.community.contributed import Contributed
from projections.community.counts import Coverage
from projections.policy.policy import CommunityPolicy
from projections.timeline.ranges import DayCounts, Flags, Ints, Ranges, Work, pack

JUDGED: Final = (121, 365)
"""How many days ago somebody came whose outcome is looked at."""
STAYED: Final = (31, 120)
"""On which days after they came active work says that they stayed."""


class LandmarkCounts:
    """Who came when and was still there later, counted person by person.

    `stayed` says of a person, by number, whether they did active work later; it may be shorter than there are persons.

    Args:
        policy: the community's.
        coverage: the days that are counted.
    """

    def __init__(self, policy: CommunityPolicy, coverage: Coverage) -> None:
        self.days = DayCounts(coverage.first_day, coverage.days)
        self.stayed: Flags = np.empty(0, bool)
        self._newcomer_days = policy.mentoring.newcomer_days

    def add(self, contributed: Contributed, sign: int = 1) -> None:
        """Count what some people did, or with sign −1 no longer count it."""
        came = contributed.work.firsts()
        stayed = worked_later(came, contributed.active_work)
        judged = judged_on(came.who, came.day)
        self.days.add("newcomers", came.day, came.day + self._newcomer_days, sign)
        self.days.add("came", judged.start, judged.end, sign)
        self.days.add("stayed", judged.start[stayed], judged.end[stayed], sign)
        if (more := len(contributed.who.persons) - len(self.stayed)) > 0:
            self.stayed = np.append(self.stayed, np.zeros(more, bool))
        self.stayed[came.who] = stayed if sign > 0 else False


def judged_on(who: Ints, came: Ints) -> Ranges:
    """The days on which the outcome of those who came on some days is looked at."""
    earliest, latest = JUDGED
    return Ranges(who, came + earliest, came + latest + 1)


def worked_later(came: Work, active: Work) -> Flags:
    """Who did active work in the time after they came that says that they stayed."""
    begin, end = STAYED
    keys = np.append(pack(active.who, active.day), np.iinfo(np.int64).max)
    found: Flags = keys[np.searchsorted(keys, pack(came.who, came.day + begin))] <= pack(came.who, came.day + end)
    return found
