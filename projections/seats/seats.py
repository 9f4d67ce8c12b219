"""Who holds which seat when, and which scopes there are, from role events in any order.

Source: docs/definitions.md, "Leadership", Seat.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, Self, assert_never

from events.envelope import Order
from events.roles import RoleGranted, RolePaused, RoleRevoked, ScopeDeclared, ScopeEvent, ScopeRetired, SeatEvent
from projections.metrics.drilldown import SeatShown
from projections.people.index import FOREVER
from projections.timeline.days import day_of


class Held(NamedTuple):
    """Somebody holds a seat from `start` up to, not including, `end` (day numbers).

    Attributes:
        holder: an identity, or once united the person.
        granted_at: when it was granted, in seconds since the epoch.
        known: whether that is when it began; False where records began with the seat already held.
        event: id of the grant.
        evidence: where the grant can be read.
    """

    scope: str
    role: str
    holder: str
    start: int
    end: int
    granted_at: float
    known: bool
    event: str
    evidence: str | None
    paused: tuple[tuple[int, int], ...] = ()


def seat_shown(seat: Held) -> SeatShown:
    """A seat, by the event that granted it."""
    granted = datetime.fromtimestamp(seat.granted_at, UTC)
    return SeatShown(seat.scope, seat.role, granted, not seat.known, seat.event, seat.evidence)


@dataclass(slots=True)
class Term:
    """A seat while it is held, as its events are gone through."""

    grant: RoleGranted
    until: datetime | None
    pauses: list[tuple[datetime, datetime | None]]

    @classmethod
    def begun_by(cls, grant: RoleGranted) -> "Term":
        """The term that a grant begins."""
        return cls(grant, until_of(grant), [])

    def lasts_to(self, time: datetime) -> bool:
        """Whether it has not ended by itself before a moment."""
        return self.until is None or time < self.until

    def renewed(self, grant: RoleGranted) -> Self:
        """The same term once it is granted again, which ends a leave."""
        self.until = until_of(grant)
        self.back(grant.time)
        return self

    def paused(self, pause: RolePaused) -> Self:
        """The same term with a leave that begins, and ends one before it."""
        self.back(pause.time)
        self.pauses.append((pause.time, until_of(pause)))
        return self

    def back(self, time: datetime) -> None:
        """End a leave that is still going on."""
        if self.pauses and (self.pauses[-1][1] is None or self.pauses[-1][1] > time):
            self.pauses[-1] = (self.pauses[-1][0], time)

    def ended(self, time: datetime | None) -> Held:
        """What was held, if it was not ended before by its own end of term."""
        end = min((one for one in (time, self.until) if one is not None), default=None)
        return Held(
            self.grant.data.scope,
            self.grant.data.role,
            self.grant.subject,
            day_of(self.grant.time),
            day_of(end) if end else FOREVER,
            self.grant.time.timestamp(),
            not self.grant.data.already_held,
            self.grant.id,
            self.grant.data.evidence,
            tuple((day_of(since), day_of(until) if until else FOREVER) for since, until in self.pauses),
        )


def until_of(event: SeatEvent) -> datetime | None:
    """When what an event begins ends by itself; not before the event, which cannot change what was."""
    return max(event.data.until, event.time) if event.data.until else None


def ranges_held(events: Iterable[SeatEvent]) -> Iterator[Held]:
    """Every range of every seat, by identity and source; the events come oldest first."""
    by_seat: dict[tuple[str, str, str, str], list[SeatEvent]] = defaultdict(list)
    for event in events:
        by_seat[event.source, event.subject, event.data.scope, event.data.role].append(event)
    for theirs in by_seat.values():
        yield from terms(theirs)


def terms(events: Sequence[SeatEvent]) -> Iterator[Held]:
    """The terms of one seat from its events, oldest first; a grant while it is held renews it."""
    term: Term | None = None
    for event in events:
        if term and not term.lasts_to(event.time):
            yield term.ended(None)
            term = None
        if term and isinstance(event, RoleRevoked):
            yield term.ended(event.time)
        term = after(term, event)
    if term:
        yield term.ended(None)


def after(term: Term | None, event: SeatEvent) -> Term | None:
    """The term as it goes on after an event of its seat; None where the seat is not held then."""
    match event:
        case RoleGranted():
            return term.renewed(event) if term else Term.begun_by(event)
        case RolePaused():
            return term.paused(event) if term else None
        case RoleRevoked():
            return None
        case _:
            assert_never(event)


def united(ranges: Iterable[Held]) -> list[Held]:
    """The seats of persons: ranges of one seat that overlap or touch are one, begun when the first one was."""
    seats: list[Held] = []
    ordered = sorted(
        (one for one in ranges if one.start < one.end), key=lambda one: (one[:3], one.start, one.granted_at, one.known)
    )
    for one in ordered:
        last = seats[-1] if seats else None
        if last and last[:3] == one[:3] and one.start <= last.end:
            seats[-1] = last._replace(end=max(last.end, one.end), paused=both_paused(last, one))
        else:
            seats.append(one)
    return seats


def both_paused(one: Held, other: Held) -> tuple[tuple[int, int], ...]:
    """The days on which every range of a seat that is held is on leave."""
    mine, theirs = free_of(one), free_of(other)
    start, end = min(one.start, other.start), max(one.end, other.end)
    found, day = [], start
    for since, until in sorted([*mine, *theirs]):
        if since > day:
            found.append((day, since))
        day = max(day, until)
    if day < end:
        found.append((day, end))
    return tuple(found)


def free_of(one: Held) -> list[tuple[int, int]]:
    """The days of a range that are not on leave."""
    found, day = [], one.start
    for since, until in sorted(one.paused):
        if since > day:
            found.append((day, min(since, one.end)))
        day = max(day, until)
    return [*found, (day, one.end)] if day < one.end else found


@dataclass(frozen=True, slots=True)
class ScopeSpan:
    """A scope exists from `start` up to, not including, `end`, as one source has it; of none where a seat says so."""

    scope: str
    start: int
    end: int
    source: str | None = None


def spans(events: Iterable[ScopeEvent]) -> Iterator[ScopeSpan]:
    """When each scope exists, source by source; the events come oldest first."""
    by_source: dict[tuple[str, str], list[ScopeEvent]] = defaultdict(list)
    for event in events:
        by_source[event.source, event.data.scope].append(event)
    for (source, scope), theirs in by_source.items():
        start: int | None = None
        for event in theirs:
            match event:
                case ScopeDeclared():
                    start = day_of(event.time) if start is None else start
                case ScopeRetired() if start is not None:
                    yield ScopeSpan(scope, start, day_of(event.time), source)
                    start = None
                case ScopeRetired():
                    pass  # of a scope that is no more
                case _:
                    assert_never(event)
        if start is not None:
            yield ScopeSpan(scope, start, FOREVER, source)


class Declared(NamedTuple):
    """A declaration of a scope's parent, which holds from a day on until the next one."""

    since: int
    order: Order
    parent: str | None


def parents(events: Iterable[ScopeEvent]) -> Mapping[str, Sequence[Declared]]:
    """The declarations of every scope; the events come oldest first, and so do these."""
    found: dict[str, list[Declared]] = defaultdict(list)
    for event in events:
        if isinstance(event, ScopeDeclared):
            found[event.data.scope].append(Declared(day_of(event.time), event.order, event.data.parent))
    return found
