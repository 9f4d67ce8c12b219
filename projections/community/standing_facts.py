"""What a community's rare events say, apart from those of sources that were withdrawn."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, TypeVar, overload

from events.contributions import SourceWithdrawn
from events.envelope import Event

A = TypeVar("A", bound=Event)
B = TypeVar("B", bound=Event)
C = TypeVar("C", bound=Event)
D = TypeVar("D", bound=Event)
E = TypeVar("E", bound=Event)


class StandingFacts:
    """Rare events by class; costs what is new, and nothing is gone through again until something is."""

    def __init__(self) -> None:
        self._by_class: defaultdict[type[Event], list[Event]] = defaultdict(list)
        self._withdrawals: list[SourceWithdrawn] = []
        self._standing: dict[tuple[type[Event], ...], Sequence[Any]] = {}

    def apply(self, events: Iterable[Event]) -> None:
        """Take in what is new."""
        for event in events:
            if isinstance(event, SourceWithdrawn):
                self._withdrawals.append(event)
            else:
                self._by_class[type(event)].append(event)
            self._standing.clear()

    @overload
    def of(self, one: type[A], /) -> Sequence[A]: ...
    @overload
    def of(self, one: type[A], two: type[B], /) -> Sequence[A | B]: ...
    @overload
    def of(self, one: type[A], two: type[B], three: type[C], /) -> Sequence[A | B | C]: ...
    @overload
    def of(
        self, one: type[A], two: type[B], three: type[C], four: type[D], five: type[E], /
    ) -> Sequence[A | B | C | D | E]: ...
    @overload
    def of(self, *classes: type[Event]) -> Sequence[Event]: ...
    def of(self, *classes: type[Event]) -> Sequence[Any]:
        """The events of these classes, oldest first: `of(RoleGranted, RoleRevoked)`."""
        if classes not in self._standing:
            every = (event for one in classes for event in self._by_class.get(one, ()))
            kept = (event for event in every if not any(is_gone(event, one) for one in self._withdrawals))
            self._standing[classes] = sorted(kept, key=attrgetter("order"))
        return self._standing[classes]


def is_gone(event: Event, withdrawal: SourceWithdrawn) -> bool:
    """Whether a withdrawal takes an event back."""
    before = withdrawal.data.before
    return event.source == withdrawal.data.source and (before is None or event.time < before)
