"""What was published when days closed: of each day, what was said first.

Two servers may say two things of a day, each in one event or in several; what counts is the first that was said to its
end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from events.envelope import Order
from events.published import DayPublished, whole_of
from projections.timeline.days import number_of

ACTIVE: Final = "tenfold_active_contributors"
CONDITION: Final = "tenfold_condition"


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
    def of(cls, event: DayPublished) -> "Published":
        """What an event states."""
        active = {
            int(window): one.value
            for one in event.data.samples
            if one.name == ACTIVE and (window := one.labels.get("window_days", "")).isdecimal()
        }
        conditions = frozenset(
            str(one.labels.get("condition")) for one in event.data.samples if one.name == CONDITION and one.value == 1
        )
        return cls(event.time.timestamp(), active, conditions)

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

    def take(self, event: DayPublished) -> None:
        """Take in what was published of a day, or a part of it."""
        day, whole = number_of(event.data.day), whole_of(event.id)
        said = self._days.setdefault(day, {}).setdefault((event.source, whole), Publication())
        said.parts[event.order] = Published.of(event)
        if event.id == whole:
            said.ended = event.order
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
