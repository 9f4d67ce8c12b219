"""What is behind a number, as it is told: the documented JSON that the command line and the API give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from pydantic import field_serializer

from projections.explain.evidence import Evidence
from projections.explain.explain import Explanation
from projections.explain.people import Person as PersonBehind
from projections.metrics.drilldown import SeatShown
from reports.conditions.report import Held
from reports.dated import OwnDays, own_days
from reports.format.document import Document, Moment, OrNull
from reports.leadership.scopes import Scope, scopes


@dataclass(frozen=True, slots=True)
class Event:
    """An event that a number rests on."""

    source: str
    id: str
    time: Moment
    kind: str
    team: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat, by the event that granted it; `already_held` says that records began then, not the seat.

    `ended_on` is told of seats that nobody holds any more. Everybody reads the day of a grant, and neither an event
    nor evidence that would tell a name, an address or an hour.
    """

    scope: str
    role: str
    granted_at: Moment
    already_held: bool
    event: str | None = None
    evidence: OrNull | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a number counts: the name they gave, what their account is called, their events, oldest first.

    Of a leader also their share of leadership, and the seats they hold.
    """

    person: str
    name: str | None = None
    account: str | None = None
    share: float | None = None
    events: Sequence[Event] = ()
    seats: Sequence[Seat] | None = None

    @property
    def called(self) -> str:
        """By the name they gave, else by their account, else by the identity that stands for them."""
        return self.name or self.account or self.person


class Explained(Document):
    """What is behind a number; `total` counts all its people, of whom `people` is one page, alphabetically.

    Attributes:
        labels: Those of the series beside `community`, which JSON has too, as /metrics does.
        because: Why it is what it is, as half a sentence.
        rests_on: The families that it is computed from.
        told: The events of the community itself that it rests on, oldest first.
        held: When a condition held, oldest first.
        dated: Commits near it that count on days of their own, the most first.
    """

    community: str
    metric: str
    labels: Mapping[str, str]
    as_of: date
    rule: str
    total: int
    people: Sequence[Person]
    value: float | str | None = None
    because: str | None = None
    rests_on: Sequence[str] | None = None
    scopes: Sequence[Scope] | None = None
    told: Sequence[Event] | None = None
    held: Sequence[Held] | None = None
    dated: Sequence[OwnDays] | None = None

    @field_serializer("labels")
    def _labels(self, labels: Mapping[str, str]) -> dict[str, str]:
        return {"community": self.community, **labels}

    @classmethod
    def of(cls, community: str, found: Explanation) -> Self:
        """All that was found behind a number of a community."""
        return cls(
            community=community,
            metric=found.metric,
            labels=found.labels,
            as_of=found.as_of,
            rule=found.rule,
            total=found.total,
            people=list(map(person, found.people)),
            value=found.value,
            because=found.because or None,
            rests_on=list(found.rests_on) or None,
            scopes=None if found.scopes == () else scopes(found.scopes),
            told=events(found.told) or None,
            held=[Held(*one) for one in found.held] or None,
            dated=own_days(found.dated) or None,
        )

    def page(self, offset: int, limit: int) -> "Explained":
        """The same with one page of its people."""
        return self.model_copy(update={"people": self.people[offset : offset + limit]})


def person(found: PersonBehind) -> Person:
    """One person."""
    seats = list(map(seat, found.seats)) or None
    return Person(found.person, found.name, found.account, found.share, events(found.events), seats)


def seat(found: SeatShown) -> Seat:
    """A seat with all that is known of its grant."""
    about = Seat(found.scope, found.role, found.granted_at, found.already_held, found.event, found.evidence or "")
    return replace(about, ended_on=found.ended_on)


def events(found: Sequence[Evidence]) -> list[Event]:
    """Events, in their order."""
    return [Event(one.source, one.id, one.time, one.kind, one.team, one.url) for one in found]
