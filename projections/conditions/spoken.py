"""Conditions about what should be heard of: reports, meetings, work across teams, sources, and a history at rest.

Source: DEFINITIONS, "Conditions".
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from projections.policy.thresholds import ROUNDING
from projections.timeline.history import Values
from projections.timeline.hysteresis import lasting, latched, lately
from projections.timeline.ranges import Flags

CADENCES_OVERDUE = 1.33
APART_DAYS, FEWEST_TEAMS, FEWEST_IN_A_TEAM, TOGETHER, TOGETHER_DAYS = 28, 2, 5, 2, 14
CORRECTED, UNSETTLED_DAYS = 0.10, 2


class PublishedActive(NamedTuple):
    """What was published of the active people of a day.

    Attributes:
        made: the place of the day on which it was.
        active: how many there were, as published.
        known: how many there were, as known now.
    """

    made: int
    active: float
    known: float

    @property
    def is_corrected(self) -> bool:
        """Whether what is known now differs by more than a tenth."""
        return abs(self.known - self.active) > CORRECTED * self.known + ROUNDING


def overdue(age: Values, cadence_days: int) -> Flags:
    """1.33 cadences or more have passed since the last one; left with the next."""
    late = CADENCES_OVERDUE * cadence_days - ROUNDING
    return latched(age >= late, age < late)


def no_cross_team(people: Values, teams: Values) -> Flags:
    """Nobody has worked across teams for 28 days, though two teams of five could; left when two do for 14 days."""
    apart = lasting(people == 0, APART_DAYS) & (teams >= FEWEST_TEAMS)
    return latched(apart, lasting(people >= TOGETHER, TOGETHER_DAYS))


def history_unsettled(told: Iterable[PublishedActive], days: int) -> Flags:
    """What was published within 48 hours no longer holds; left when it holds, and was published within 24 hours."""
    made, corrected = np.zeros((2, days), bool)
    for one in told:
        if 0 <= one.made < days:
            made[one.made] = True
            corrected[one.made] |= one.is_corrected
    enter = lately(corrected, UNSETTLED_DAYS)
    return latched(enter, made & ~enter)
