"""Who coordinates, for how long that is settled, and how much of the mentoring rests on one of them.

Source: docs/definitions.md, "Milestones, success, risks", Coordinator runway; by the seats that the policy's
`judge_by` names.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from events.roles import RoleGranted, SeatEvent
from projections.community.context import EvaluationContext
from projections.leadership.grid import is_observed
from projections.leadership.state import Presence
from projections.people.index import FOREVER
from projections.seats.roster import SEATS, Roster
from projections.seats.seats import Held, free_of, terms, until_of
from projections.timeline.days import SECONDS_A_DAY, day_of
from projections.timeline.history import Values
from projections.timeline.ranges import Flags

Span = tuple[int, int]

ROLE: Final = "coordinator"


class Settled(NamedTuple):
    """What was said of a seat from day `start` up to, not including, `end`: that it lasts until a moment (seconds).

    A seat without an end lasts for ever.
    """

    scope: str
    person: str
    start: int
    end: int
    until: float


@dataclass(frozen=True, slots=True)
class Coordinators:
    """Who coordinates on which days.

    Attributes:
        first_day: day number of the first value.
        people: person → the days on which a coordinator seat of theirs counts.
        deputies: person → the days on which a deputy seat of theirs counts in a scope that has a coordinator.
        runway: seconds from the end of the day to the latest end of a coordinator's term; infinite where a seat has
            no end, NaN where nobody coordinates.
        recorded: the days from the first coordinator seat on.
    """

    first_day: int
    people: Mapping[str, Flags]
    deputies: Mapping[str, Flags]
    runway: Values
    recorded: Flags

    @property
    def count(self) -> Values:
        """How many people coordinate."""
        return added(self.people.values(), len(self.recorded))

    @property
    def has_second(self) -> Flags:
        """Whether two people or more coordinate or stand in."""
        nobody = np.zeros(len(self.recorded), bool)
        everybody = sorted({*self.people, *self.deputies})
        either = [self.people.get(one, nobody) | self.deputies.get(one, nobody) for one in everybody]
        return added(either, len(self.recorded)) >= 2

    def on(self, day: int) -> list[str]:
        """Who coordinates on a day (its number), alphabetically."""
        at = day - self.first_day
        return sorted(one for one, flags in self.people.items() if 0 <= at < len(flags) and flags[at])


def added(flags: Iterable[Flags], days: int) -> Values:
    """How many of some flags hold, by day."""
    return sum((one.astype(np.float64) for one in flags), np.zeros(days))


def coordinators(context: EvaluationContext) -> Coordinators:
    """Everything about coordinators on every day."""
    days, roster = len(context.days), context.find(Roster)
    nobody = Coordinators(context.first_day, {}, {}, np.full(days, np.nan), np.zeros(days, bool))
    theirs = [one for one in roster.seats if one.role == ROLE] if roster else []
    if not (roster and theirs):
        return nobody
    counting = Counting.of(context, roster, {one.scope for one in theirs})
    by_seat = {key: counting.flags(seats) for key, seats in grouped(theirs).items()}
    people = merged((person, flags) for (_, person), flags in by_seat.items())
    led = merged((scope, flags) for (scope, _), flags in by_seat.items())
    deputies = [one for one in roster.seats if one.role in context.policy.deputy_roles and one.scope in led]
    standing_in = merged(
        (person, counting.flags(seats) & led[scope]) for (scope, person), seats in grouped(deputies).items()
    )
    recorded = context.days >= min(one.start for one in theirs)
    return Coordinators(context.first_day, people, standing_in, runway(context, by_seat), recorded)


def grouped(seats: Sequence[Held]) -> Mapping[tuple[str, str], list[Held]]:
    """Seats by scope and holder."""
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for one in seats:
        found[one.scope, one.holder].append(one)
    return found


def merged(flags: Iterable[tuple[str, Flags]]) -> Mapping[str, Flags]:
    """The days on which any of somebody's flags holds."""
    found: dict[str, Flags] = {}
    for name, theirs in flags:
        found[name] = found[name] | theirs if name in found else theirs
    return found


@dataclass(frozen=True, slots=True)
class Counting:
    """On which days seats count: all on which they are held, or those on which they are active.

    Attributes:
        working: person → spells of active work; None where all seats count.
    """

    context: EvaluationContext
    working: Mapping[str, Sequence[Span]] | None = field(default=None)

    @classmethod
    def of(cls, context: EvaluationContext, roster: Roster, scopes: set[str]) -> "Counting":
        """Look up the work of those who hold seats in these scopes, where it matters."""
        if context.policy.judge_by == "nominal":
            return cls(context)
        persons = sorted({one.holder for one in roster.seats if one.scope in scopes})
        active = Presence.of(persons, context.snapshot).active
        spells: dict[str, list[Span]] = defaultdict(list)
        for who, start, end in zip(active.who.tolist(), active.start.tolist(), active.end.tolist(), strict=True):
            spells[persons[who]].append((start, end))
        return cls(context, spells)

    def flags(self, seats: Sequence[Held]) -> Flags:
        """The days on which one of some seats of one person counts."""
        if self.working is None:
            return self._painted((one.start, one.end) for one in seats)
        seen = [one for one in seats if is_observed(one.scope, self.context.policy.observed_scopes)]
        works = self._painted(self.working.get(seats[0].holder, ()))
        return works & self._painted(span for one in seen for span in free_of(one))

    def _painted(self, spans: Iterable[Span]) -> Flags:
        return painted(spans, self.context.first_day, len(self.context.days))


def painted(spans: Iterable[Span], first_day: int, days: int) -> Flags:
    """The days that any of some spans covers."""
    found = np.zeros(days, bool)
    for start, end in spans:
        found[max(start - first_day, 0) : max(end - first_day, 0)] = True
    return found


def runway(context: EvaluationContext, by_seat: Mapping[tuple[str, str], Flags]) -> Values:
    """Seconds to the latest end of the seats that count, as told by each day."""
    latest = np.full(len(context.days), -np.inf)
    for one in settled(context):
        counts = by_seat.get((one.scope, one.person))
        if counts is not None:
            told = counts & painted([(one.start, one.end)], context.first_day, len(context.days))
            latest = np.where(told, np.maximum(latest, one.until), latest)
    left = latest - (context.days + 1) * SECONDS_A_DAY
    return np.where(np.isneginf(latest), np.nan, left)


def settled(context: EvaluationContext) -> Iterator[Settled]:
    """What each grant of a coordinator seat said of its end, until the next grant said something else.

    A day knows the grants up to its end alone, so an end that was announced later changes nothing before.
    """
    by_seat: dict[tuple[str, str, str], list[SeatEvent]] = defaultdict(list)
    for event in context.facts.of(*SEATS):
        if event.data.role == ROLE and context.people.nature(event.subject) == "human":
            by_seat[event.source, event.subject, event.data.scope].append(event)
    for (_, identity, scope), told in by_seat.items():
        held = list(terms(told))
        grants = [one for one in told if isinstance(one, RoleGranted)]
        ends = [*(day_of(one.time) for one in grants[1:]), FOREVER]
        for grant, end in zip(grants, ends, strict=False):
            yield from promised(scope, context.people.person_of(identity), grant, end, held)


def promised(scope: str, person: str, grant: RoleGranted, ends: int, held: Sequence[Held]) -> Iterator[Settled]:
    """What one grant said of its end, while the seat is held and up to the day on which another one is made."""
    until, begins = until_of(grant), day_of(grant.time)
    for one in held:
        start, end = max(begins, one.start), min(ends, one.end)
        if start < end:
            yield Settled(scope, person, start, end, until.timestamp() if until else np.inf)
