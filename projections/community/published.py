"""What was published when days closed: of each day, what was said first.

Two servers may say two things of a day, each in one event or in several; what counts is the first that was said to its
end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from events.published import MAX_VALUE, whole_of
from projections.facts.fact import Fact, Order
from projections.timeline.days import number_of


@dataclass(frozen=True, slots=True)
class Published:
    """What was published when a day closed.

    Attributes:
        moment: when it was, in seconds since the epoch.
        active: the active people by window.
        conditions: those that held.
    """

    moment: float
    active: Mapping[int, float]
    conditions: frozenset[str] = frozenset()

    @classmethod
    def of(cls, fact: Fact) -> "Published":
        """What a `day.published` states."""
        samples = [(one["name"], one["labels"], one["value"]) for one in fact.data["samples"]]
        active = {
            int(window): float(value)
            for name, labels, value in samples
            if name == "tenfold_active_contributors"
            and (window := labels.get("window_days", "")).isdecimal()
            and abs(value) <= MAX_VALUE
        }
        conditions = frozenset(
            str(labels.get("condition"))
            for name, labels, value in samples
            if name == "tenfold_condition" and value == 1
        )
        return cls(fact.time.timestamp(), active, conditions)

    @classmethod
    def together(cls, parts: Sequence["Published"]) -> "Published":
        """What the parts of one publication state; of two that say the same thing differently, the first."""
        active = {window: value for part in reversed(parts) for window, value in part.active.items()}
        return cls(parts[0].moment, active, frozenset().union(*(part.conditions for part in parts)))


@dataclass(slots=True)
class Publication:
    """One publication of one day, as far as it was heard; `ended` is the order of the event that says it is whole."""

    parts: dict[Order, Published] = field(default_factory=dict)
    ended: Order | None = None


class Publications:
    """All that was ever published of a community, in any order."""

    def __init__(self) -> None:
        self._days: dict[int, dict[tuple[str, str], Publication]] = {}
        self._first: dict[int, Published] = {}

    def take(self, fact: Fact) -> None:
        """Take in a `day.published`."""
        day, whole = number_of(date.fromisoformat(fact.data["day"])), whole_of(fact.id)
        said = self._days.setdefault(day, {}).setdefault((fact.source, whole), Publication())
        said.parts[fact.order] = Published.of(fact)
        if fact.id == whole:
            said.ended = fact.order
        self._find_first(day)

    def _find_first(self, day: int) -> None:
        ended = [(said.ended, said.parts) for said in self._days[day].values() if said.ended]
        if ended:
            _, parts = min(ended, key=lambda one: one[0])
            self._first[day] = Published.together([part for _, part in sorted(parts.items(), key=lambda one: one[0])])

    @property
    def by_day(self) -> Mapping[int, Published]:
        """Day number → what was said of it first."""
        return dict(self._first)

    @property
    def newest(self) -> int | None:
        """The newest day of which anything was said to its end (a day number)."""
        return max(self._first, default=None)
