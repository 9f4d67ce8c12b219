"""How far each source was read, and which are late.

Source: DEFINITIONS, "Source checks".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from statistics import median

from projections.days import day_of, end_of
from projections.facts.fact import Fact, Order
from projections.policy import CommunityPolicy

CHECKED, RETIRED = "tenfold.source.checked.v1", "tenfold.source.retired.v1"
LEAST_LATE_DAYS, CADENCES_LATE = 2, 3
DAYS_FOR_A_CADENCE = 3
SECONDS_A_DAY = 86400


@dataclass(slots=True)
class SourceChecks:
    """What is known of one source's checks, in any order; moments in seconds since the epoch."""

    through: float = float("-inf")
    days: set[int] = field(default_factory=set)
    turns: set[tuple[Order, bool]] = field(default_factory=set)

    def take(self, fact: Fact) -> None:
        """Take in a check or a retirement."""
        if fact.type == CHECKED:
            self.through = max(self.through, datetime.fromisoformat(fact.data["through"]).timestamp())
            self.days.add(day_of(fact.time))
        self.turns.add((fact.order, fact.type == RETIRED))

    def cadence_days(self) -> float | None:
        """Median days between checks (at least one), from three days of checks on."""
        if len(self.days) < DAYS_FOR_A_CADENCE:
            return None
        return max(1.0, float(median(later - earlier for earlier, later in pairwise(sorted(self.days)))))

    def retired(self, first_day: int, days: int) -> list[bool]:
        """For each of so many days whether the newest word on or before it is a retirement."""
        turns = sorted(self.turns)
        states, at, is_retired = [], 0, False
        for day in range(first_day, first_day + days):
            while at < len(turns) and turns[at][0][0].timestamp() < end_of(day):
                is_retired = turns[at][1]
                at += 1
            states.append(is_retired)
        return states

    def late_after(self, cadence_days: float) -> float:
        """The moment after which the source counts as not checked."""
        return self.through + max(LEAST_LATE_DAYS, CADENCES_LATE * cadence_days) * SECONDS_A_DAY


class Sources:
    """All sources of a community that ever said how far they were read."""

    def __init__(self, policy: CommunityPolicy) -> None:
        self._policy = policy
        self.checks: dict[str, SourceChecks] = {}

    def apply(self, facts: Iterable[Fact]) -> None:
        """Take in checks and retirements."""
        for fact in facts:
            self.checks.setdefault(fact.data["source"], SourceChecks()).take(fact)

    def unchecked(self, first_day: int, days: int) -> Sequence[frozenset[str]]:
        """For each of so many days the sources that are not checked at its end."""
        late: list[set[str]] = [set() for _ in range(days)]
        for name, checks in self.checks.items():
            listed = self._policy.sources.get(name)
            cadence = (listed.cadence_days if listed else None) or checks.cadence_days()
            if cadence is None or checks.through == float("-inf"):
                continue
            moment = checks.late_after(cadence)
            for at, is_retired in enumerate(checks.retired(first_day, days)):
                if not is_retired and end_of(first_day + at) > moment:
                    late[at].add(name)
        return [frozenset(names) for names in late]
