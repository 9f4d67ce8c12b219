"""What is behind a number of a day: people, the contributions, seats and scopes that it counts, and what was told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

import numpy as np

from events.envelope import Event
from projections.community.snapshot import CommunitySnapshot
from projections.timeline.days import date_of
from projections.timeline.history import History, series
from projections.timeline.ranges import Ints, Work


@dataclass(frozen=True, slots=True)
class NumberQuery:
    """A number of one day that is asked about.

    Attributes:
        snapshot: the community, as it was evaluated.
        labels: of the series, beside `community`.
        day: a day number.
        family: its name without prefix.
        history: all numbers.
    """

    snapshot: CommunitySnapshot
    labels: Mapping[str, str]
    day: int
    family: str = ""
    history: History | None = None

    @property
    def window(self) -> int:
        """The window of the number, in days."""
        return int(self.labels.get("window_days", self.snapshot.policy.headline_window_days))

    @property
    def least(self) -> int:
        """How much work makes somebody active."""
        return self.snapshot.policy.min_contributions

    @property
    def as_of(self) -> date:
        """The day."""
        return date_of(self.day)

    def work(self, active: bool = True) -> Work:
        """Work of humans up to the day."""
        work = self.snapshot.active_work() if active else self.snapshot.human_work()
        return work.up_to(self.day)

    def holds(self, family: str, **labels: str) -> bool:
        """Whether the series of a state is 1 on the day."""
        return self.history is not None and self.history.value(series(family, **labels), self.as_of) == 1


@dataclass(frozen=True, slots=True)
class SeatShown:
    """A seat, by the event that granted it; `already_held` says that records began then, not the seat.

    `ended_on` is told of seats that nobody holds any more.
    """

    scope: str
    role: str
    granted_at: datetime
    already_held: bool
    event: str
    evidence: str | None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class LeaderShown:
    """Somebody who holds seats, and their share of leadership (0 to 1)."""

    person: str
    share: float
    seats: Sequence[SeatShown]


@dataclass(frozen=True, slots=True)
class ScopeShown:
    """A scope, who leads it, how strong that is, and what it lacks to be covered (empty where it lacks nothing).

    `deputies` are those who stand in for leaders without being any; `led_from` is the scope whose leaders lead an
    inherited one.
    """

    scope: str
    parent: str | None
    strength: str
    leaders: Sequence[str]
    lacks: str
    deputies: int = 0
    led_from: str | None = None


class Spell(NamedTuple):
    """The days from the first to the last on which something held without a break."""

    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Drilldown:
    """What a number rests on; everything that it is not about is empty.

    Attributes:
        identities: those behind it, by person.
        first_day: of the contributions that count (day numbers, both included).
        last_day: of the contributions that count.
        active_only: whether only active work counts.
        team: the team label whose contributions alone count.
        kind: the kind of work that alone counts.
        in_a_team: whether only work in a team counts.
        contributions: keys of the contributions that alone count, by person.
        facts: the rare events that count too, by person, oldest first.
        seats: the seat by whose grant somebody counts, by person.
        leaders: holders of seats, where it is about these: with their shares and seats.
        scopes: that it is about.
        told: events of the community itself, oldest first.
        held: when what it says held, oldest first.
    """

    identities: Mapping[str, Sequence[str]] = field(default_factory=dict)
    first_day: int = 0
    last_day: int = 0
    active_only: bool = True
    team: str | None = None
    kind: str | None = None
    in_a_team: bool = False
    contributions: Mapping[str, Sequence[bytes]] = field(default_factory=dict)
    facts: Mapping[str, Sequence[Event]] = field(default_factory=dict)
    seats: Mapping[str, SeatShown] = field(default_factory=dict)
    leaders: Mapping[str, LeaderShown] = field(default_factory=dict)
    scopes: Sequence[ScopeShown] = ()
    told: Sequence[Event] = ()
    held: Sequence[Spell] = ()


Drill: TypeAlias = Callable[[NumberQuery], Drilldown]


def nobody(_query: NumberQuery) -> Drilldown:
    """Nothing is behind a number that is computed from others alone."""
    return Drilldown()


def by_person(snapshot: CommunitySnapshot, people: Ints) -> Mapping[str, Sequence[str]]:
    """The identities of each of these people, by the person's own, alphabetically."""
    found: dict[str, list[str]] = {snapshot.who.persons[one]: [] for one in people}
    for at in snapshot.who.identities_of(people):
        found[snapshot.who.persons[snapshot.who.person[at]]].append(snapshot.names.identities[at])
    return dict(sorted(found.items()))


def contributed(snapshot: CommunitySnapshot, persons: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The identities that ever contributed, of those of these people who did."""
    number = {name: at for at, name in enumerate(snapshot.who.persons)}
    return by_person(snapshot, np.array([number[one] for one in persons if one in number], np.int64))


def by_name(snapshot: CommunitySnapshot, persons: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The identities of these people; who never contributed stands for themselves."""
    theirs = contributed(snapshot, persons)
    return {one: theirs.get(one) or [one] for one in persons}
