"""docs/definitions.md, *Contribution*: what counts, whose it is, and what was left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from events.envelope import Event
from tests.oracle.days import day_of
from tests.oracle.leadership_seats import Roles, roles
from tests.oracle.leadership_verdict import Reading
from tests.oracle.people import bots, of_a_team, of_type, persons
from tests.oracle.values import Values


@dataclass(frozen=True)
class Work:
    """One contribution that counts."""

    person: str
    day: date
    team: str | None
    source: str
    active: bool  # active work is `substantial` or above
    moment: datetime
    kind: str = ""


@dataclass(frozen=True)
class Excluded:
    """One contribution of a bot."""

    day: date
    reason: str


@dataclass(frozen=True)
class Known:
    """All that a log says of a community, before anybody asks about a day."""

    events: Sequence[Event]
    work: Sequence[Work]
    excluded: Sequence[Excluded]
    affiliations: dict[str, list[Any]]  # by person
    roles: Roles
    standing: Sequence[Any]  # contributions that are not retracted
    person: dict[str, str]  # by identity, of those that are linked
    humans: set[str]  # identities of contributors that are neither bots nor teams
    said: Sequence[Any] = ()  # events that no withdrawal takes back
    readings: dict[date, Reading] = field(default_factory=dict)  # what leadership found of days asked about before
    flows: dict[tuple[date, int, int], frozenset[tuple[str, str]]] = field(default_factory=dict)  # and teams
    met: dict[tuple[str, date], bool] = field(default_factory=dict)  # and milestones
    unread: dict[date, frozenset[str]] = field(default_factory=dict)  # and what nobody read
    weeks: dict[int, Any] = field(default_factory=dict)  # and what each week looks back at


def without_duplicates(events: Iterable[Event]) -> list[Event]:
    """Community, source and id together identify an event."""
    return list({(event.community, event.source, event.id): event for event in events}.values())


def know(events: Iterable[Event], values: Values) -> Known:
    """Everything that holds on all days; only `time` then decides what a day knows."""
    every = [in_its_team(event, values) for event in without_duplicates(events)]
    standing = not_retracted(every)
    person = persons(every)
    robots = bots(every, {event.subject for event in standing}, values)
    people = [event for event in standing if not of_a_team(event.subject, person)]
    return Known(
        every,
        [work_of(event, person, values) for event in people if event.subject not in robots],
        [Excluded(day_of(event.time), robots[event.subject]) for event in people if event.subject in robots],
        by_person(of_type(every, "person.affiliated"), person),
        roles(not_withdrawn(every), person, values),
        standing,
        person,
        {event.subject for event in people} - set(robots),
        not_withdrawn(every),
    )


def in_its_team(event: Event, values: Values) -> Event:
    """The team of an event is the policy's for its source, else the event's own."""
    return event.model_copy(update={"team": values.team_of(event.source, event.team)})


def work_of(event: Any, person: dict[str, str], values: Values) -> Work:
    """Facts are stored per identity and joined to people when a question is asked."""
    level = values.level(event.data.kind, event.team)
    whose = person.get(event.subject, event.subject)
    return Work(whose, day_of(event.time), event.team, event.source, level != "light", event.time, event.data.kind)


def by_person(events: Iterable[Any], person: dict[str, str]) -> dict[str, list[Any]]:
    """What was said of any identity of a person."""
    grouped: dict[str, list[Any]] = {}
    for event in events:
        grouped.setdefault(person.get(event.subject, event.subject), []).append(event)
    return grouped


def not_retracted(events: Sequence[Event]) -> list[Any]:
    """One `contribution.recorded` that is not retracted. A retraction holds for all of history."""
    retracted = {
        (event.data.retracts.source, event.data.retracts.id) for event in of_type(events, "contribution.retracted")
    }
    return [
        event
        for event in of_type(not_withdrawn(events), "contribution.recorded")
        if (event.source, event.id) not in retracted
    ]


def not_withdrawn(events: Sequence[Event]) -> list[Event]:
    """What sources said that stands. A withdrawal holds for all of history; who is who does not go with it."""
    withdrawals: dict[str, list[datetime | None]] = {}
    for event in of_type(events, "source.withdrawn"):
        withdrawals.setdefault(event.data.source, []).append(event.data.before)
    return [
        event
        for event in events
        if event.type.startswith("tenfold.person.") or not withdrawn(event, withdrawals.get(event.source, []))
    ]


def withdrawn(event: Any, befores: Iterable[datetime | None]) -> bool:
    """`source.withdrawn`: everything of that source (up to then) is retracted."""
    return any(before is None or event.time < before for before in befores)
