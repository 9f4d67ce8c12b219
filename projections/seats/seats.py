"""Who holds which seat when, and which scopes there are, from role events in any order.

Source: DEFINITIONS, "Leadership", Seat.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from projections.facts.fact import Fact, Order
from projections.metrics.drilldown import SeatShown
from projections.people.index import FOREVER
from projections.timeline.days import day_of

GRANTED, REVOKED, PAUSED = (f"tenfold.role.{what}.v1" for what in ("granted", "revoked", "paused"))
DECLARED, RETIRED = "tenfold.scope.declared.v1", "tenfold.scope.retired.v1"


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

    grant: Fact
    until: datetime | None
    pauses: list[tuple[datetime, datetime | None]]

    @classmethod
    def begun_by(cls, grant: Fact) -> "Term":
        """The term that a grant begins."""
        return cls(grant, until_of(grant), [])

    def lasts_to(self, time: datetime) -> bool:
        """Whether it has not ended by itself before a moment."""
        return self.until is None or time < self.until

    def back(self, time: datetime) -> None:
        """End a leave that is still going on."""
        if self.pauses and (self.pauses[-1][1] is None or self.pauses[-1][1] > time):
            self.pauses[-1] = (self.pauses[-1][0], time)

    def ended(self, time: datetime | None) -> Held:
        """What was held, if it was not ended before by its own end of term."""
        end = min((one for one in (time, self.until) if one is not None), default=None)
        return Held(
            self.grant.data["scope"],
            self.grant.data["role"],
            str(self.grant.subject),
            day_of(self.grant.time),
            day_of(end) if end else FOREVER,
            self.grant.time.timestamp(),
            not self.grant.data.get("already_held", False),
            self.grant.id,
            self.grant.data.get("evidence"),
            tuple((day_of(since), day_of(until) if until else FOREVER) for since, until in self.pauses),
        )


def until_of(fact: Fact) -> datetime | None:
    """When what an event begins ends by itself; not before the event, which cannot change what was."""
    until = fact.data.get("until")
    return max(datetime.fromisoformat(until), fact.time) if until else None


def held(facts: Iterable[Fact]) -> Iterator[Held]:
    """Every range of every seat, by identity and source."""
    by_seat: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.type in (GRANTED, REVOKED, PAUSED):
            by_seat[fact.source, str(fact.subject), fact.data["scope"], fact.data["role"]].append(fact)
    for events in by_seat.values():
        yield from terms(sorted(events, key=lambda fact: fact.order))


def terms(events: Sequence[Fact]) -> Iterator[Held]:
    """The terms of one seat from its events, oldest first; a grant while it is held renews it."""
    term: Term | None = None
    for fact in events:
        if term and not term.lasts_to(fact.time):
            yield term.ended(None)
            term = None
        if fact.type == GRANTED and term:
            term.until = until_of(fact)
            term.back(fact.time)
        elif fact.type == GRANTED:
            term = Term.begun_by(fact)
        elif fact.type == REVOKED and term:
            yield term.ended(fact.time)
            term = None
        elif term:
            term.back(fact.time)
            term.pauses.append((fact.time, until_of(fact)))
    if term:
        yield term.ended(None)


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
    """A scope exists from `start` up to, not including, `end`, as one source has it."""

    scope: str
    start: int
    end: int


def spans(facts: Iterable[Fact]) -> Iterator[ScopeSpan]:
    """When each scope exists, source by source."""
    by_source: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.type in (DECLARED, RETIRED):
            by_source[fact.source, fact.data["scope"]].append(fact)
    for (_, scope), events in by_source.items():
        start: int | None = None
        for fact in sorted(events, key=lambda fact: fact.order):
            if fact.type == RETIRED and start is not None:
                yield ScopeSpan(scope, start, day_of(fact.time))
                start = None
            elif fact.type == DECLARED and start is None:
                start = day_of(fact.time)
        if start is not None:
            yield ScopeSpan(scope, start, FOREVER)


class Declared(NamedTuple):
    """A declaration of a scope's parent, which holds from a day on until the next one."""

    since: int
    order: Order
    parent: str | None


def parents(facts: Iterable[Fact]) -> Mapping[str, Sequence[Declared]]:
    """The declarations of every scope, oldest first."""
    found: dict[str, list[Declared]] = defaultdict(list)
    for fact in sorted((fact for fact in facts if fact.type == DECLARED), key=lambda fact: fact.order):
        found[fact.data["scope"]].append(Declared(day_of(fact.time), fact.order, fact.data.get("parent")))
    return found
