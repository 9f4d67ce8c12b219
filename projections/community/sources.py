"""How far each source was read, and which are late.

Source: docs/definitions.md, "Source checks".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import assert_never

import numpy as np

from events.checks import SourceChecked, SourceRetired
from events.envelope import Order
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import SECONDS_A_DAY, day_of
from projections.timeline.history import Values
from projections.timeline.ranges import Flags, Ints

BY_HAND = "by-hand"
"""The source of what people say at the command line."""
LEAST_LATE_DAYS, CADENCES_LATE = 2, 3
DAYS_FOR_A_CADENCE, USUAL_CADENCE_DAYS = 3, 7.0


@dataclass(slots=True)
class SourceChecks:
    """What is known of one source's checks, in any order; moments in seconds since the epoch."""

    through: float = float("-inf")
    days: set[int] = field(default_factory=set)
    turns: set[tuple[Order, bool]] = field(default_factory=set)

    def take(self, event: SourceChecked | SourceRetired) -> None:
        """Take in a check or a retirement."""
        match event:
            case SourceChecked():
                self.through = max(self.through, event.data.through.timestamp())
                self.days.add(day_of(event.time))
                self.turns.add((event.order, False))
            case SourceRetired():
                self.turns.add((event.order, True))
            case _:
                assert_never(event)

    def cadence_days(self) -> float:
        """Median days between checks (at least one) where they came on three days or more; a week before that."""
        if len(self.days) < DAYS_FOR_A_CADENCE:
            return USUAL_CADENCE_DAYS
        return max(1.0, float(median(later - earlier for earlier, later in pairwise(sorted(self.days)))))

    def retired(self, first_day: int, days: int) -> Flags:
        """For each of so many days whether the newest word on or before it is a retirement."""
        turns = sorted(self.turns)
        moments = [order[0].timestamp() for order, _ in turns]
        states = np.array([False, *(is_retired for _, is_retired in turns)], bool)
        return states[np.searchsorted(moments, ends_of(first_day, days), side="left")]

    def late_after(self, cadence_days: float) -> float:
        """The moment after which the source counts as not checked."""
        return self.through + max(LEAST_LATE_DAYS, CADENCES_LATE * cadence_days) * SECONDS_A_DAY


class Sources:
    """All sources of a community that ever said how far they were read."""

    def __init__(self, policy: CommunityPolicy) -> None:
        self._policy = policy
        self.checks: dict[str, SourceChecks] = {}

    def take(self, event: SourceChecked | SourceRetired) -> None:
        """Take in a check or a retirement."""
        self.checks.setdefault(event.data.source, SourceChecks()).take(event)

    def unchecked(self, first_day: int, days: int) -> tuple[Sequence[frozenset[str]], Ints]:
        """Which sources are not checked: the sets of them that occur, and for each day the place of its set."""
        late = {name: self._is_late(name, first_day, days) for name in self.checks}
        grid = np.array([*late.values()], bool).reshape(len(late), days)
        found, place = np.unique(grid, axis=1, return_inverse=True)
        names = np.array([*late], object)
        return [frozenset(names[column].tolist()) for column in found.T], place.reshape(-1)

    def _is_late(self, name: str, first_day: int, days: int) -> Flags:
        """On which days a source is not checked."""
        checks, listed = self.checks[name], self._policy.sources.get(name)
        cadence = (listed.cadence_days if listed else None) or checks.cadence_days()
        if checks.through == float("-inf"):
            return np.zeros(days, bool)
        return ~checks.retired(first_day, days) & (ends_of(first_day, days) > checks.late_after(cadence))


def ends_of(first_day: int, days: int) -> Values:
    """The ends of so many days, in seconds since the epoch."""
    ends: Values = (first_day + 1 + np.arange(days, dtype=np.float64)) * SECONDS_A_DAY
    return ends
