"""Says who: the rule, the people and the events behind a number."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from events.errors import TenfoldError
from projections.community.snapshot import CommunitySnapshot
from projections.conditions import drilldown as conditions
from projections.conditions.drilldown import CONDITION, Spell
from projections.evaluation.reader import Connection
from projections.explain.corrections import Corrected, corrected
from projections.explain.drilldown import Behind, behind, contributed
from projections.explain.evidence import NUMBER, Evidence, evidence, evidence_of
from projections.explain.lineage import rests_on
from projections.leadership.day import LeaderShown, ScopeShown, SeatShown
from projections.leadership.drilldown import Opened, opened
from projections.seats.roster import logins_of
from projections.stage import drilldown as stage
from projections.stage.families import FAMILIES as STAGE
from projections.timeline.days import number_of
from projections.timeline.history import History, series
from reports.pathway import because
from reports.report import FAMILIES

GIVEN = """
select identity, min(name) from (
  select subject as identity, data ->> 'name' as name from other_fact
  where community = $1 and type = 'tenfold.person.named.v1' and subject = any ($2::text[])
  union all
  select identity, name from private.pseudonym where identity = any ($2::text[]) and name is not null
) as given
where not exists (
  select from other_fact e
  where e.community = $1 and e.type = 'tenfold.person.erased.v1' and e.subject = given.identity)
group by 1"""


class UnknownMetricError(TenfoldError):
    """No family has this name."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a number counts, with the name they gave, and their events, oldest first.

    Of who ever held a seat also what their account is called, where it is known; of a leader their share of
    leadership, and the seats they hold with the evidence of each grant.
    """

    person: str
    name: str | None = None
    account: str | None = None
    events: Sequence[Evidence] = ()
    share: float | None = None
    seats: Sequence[SeatShown] = ()

    @property
    def called(self) -> str:
        """By the name they gave, else by their account, else by the identity that stands for them."""
        return self.name or self.account or self.person


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is behind a number; `total` counts all its people, of whom `people` is one page, alphabetically.

    `told` are the events of the community itself that it rests on, and `held` when a condition held, oldest first.
    """

    metric: str
    labels: Mapping[str, str]
    as_of: date
    value: float | None
    rule: str
    rests_on: Sequence[str]
    total: int
    people: Sequence[Person]
    because: str = ""
    scopes: Sequence[ScopeShown] = ()
    told: Sequence[Evidence] = ()
    held: Sequence[Spell] = ()

    def as_json(self) -> dict[str, Any]:
        """The documented JSON: moments as RFC 3339, what is not known left out."""
        found = asdict(self) | {"as_of": self.as_of.isoformat(), "people": [person_json(one) for one in self.people]}
        found["told"] = events_json(self.told) or None
        found["held"] = [{name: str(day) for name, day in one._asdict().items()} for one in self.held] or None
        return {key: value for key, value in found.items() if value not in (None, "", ())}


def person_json(person: Person) -> dict[str, Any]:
    """One person of the documented JSON."""
    found: dict[str, Any] = {"person": person.person, "name": person.name, "account": person.account}
    found |= {"share": person.share, "events": events_json(person.events)}
    found["seats"] = [seat_json(one) for one in person.seats] or None
    return {key: value for key, value in found.items() if value is not None}


def seat_json(seat: SeatShown) -> dict[str, Any]:
    """One seat of the documented JSON."""
    ended = {"ended_on": seat.ended_on.isoformat()} if seat.ended_on else {}
    found = asdict(seat) | {"granted_at": seat.granted_at.isoformat()}
    return {name: value for name, value in found.items() if name != "ended_on"} | ended


def events_json(events: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Events of the documented JSON."""
    every = [asdict(one) | {"time": one.time.isoformat()} for one in events]
    return [{key: value for key, value in one.items() if value is not None} for one in every]


@dataclass(frozen=True, slots=True)
class Question:
    """Which number of which day is to be explained, and which page of its people.

    Attributes:
        metric: a family, with or without the `tenfold_` prefix.
        labels: those of the series beside `community`; window_days defaults to the headline's.
        offset: how many people to leave out first.
        limit: how many people to give at most.
    """

    metric: str
    labels: Mapping[str, str]
    as_of: date
    offset: int = 0
    limit: int = 50


async def explain(
    connection: Connection, snapshot: CommunitySnapshot, history: History, question: Question
) -> Explanation:
    """Explain a number of a day.

    Args:
        connection: sees the facts.
        snapshot: the community, as read from the same facts.
        history: of that community, up to the day at least.
        question: what is asked.

    Raises:
        UnknownMetricError: there is no such family.
    """
    family = question.metric.removeprefix("tenfold_")
    if family not in FAMILIES:
        raise UnknownMetricError(f"no family is called {question.metric!r}")
    labels = labels_of(snapshot, history, family, question.labels)
    value = history.value(series(family, **labels), question.as_of)
    found, led = await asyncio.to_thread(looked_up, snapshot, history, family, labels, question.as_of)
    late = await _corrected(connection, snapshot, labels, question.as_of) if family == "growth_corrections" else None
    total, people = await _people(connection, snapshot, question, (found, led, late))
    return Explanation(
        f"tenfold_{family}",
        labels,
        question.as_of,
        None if value != value else value,  # noqa: PLR0124 - NaN alone is not itself
        FAMILIES[family],
        rests_on(family, labels),
        total,
        people,
        (late.because if late else led.because) or because(history, family, labels, question.as_of),
        led.scopes,
        [evidence_of(one) for one in found.told],
        list(conditions.held(history, family, labels, question.as_of)),
    )


async def _people(
    connection: Connection,
    snapshot: CommunitySnapshot,
    question: Question,
    behind_it: tuple[Behind, Opened, Corrected | None],
) -> tuple[int, list[Person]]:
    """How many people are behind a number, and those of the page that is asked for."""
    found, led, late = behind_it
    named = sorted(led.leaders or (late.events if late else ()))
    identities = identities_of(snapshot, named) if named else found.identities
    names = await names_of(connection, snapshot.name, identities)
    logins = logins_of(snapshot)
    label: Mapping[str, str] = {**logins, **names}
    everybody = sorted(identities, key=lambda one: (label.get(one, one).casefold(), one))
    page = everybody[question.offset : question.offset + question.limit]
    shown = {one: identities[one] for one in page}
    events = late.events if late else {} if led.leaders else await evidence(connection, snapshot, found, shown)
    people = (person_of(one, events.get(one, ()), led.leaders.get(one), found) for one in page)
    return len(everybody), [replace(one, name=names.get(one.person), account=logins.get(one.person)) for one in people]


async def _corrected(
    connection: Connection, snapshot: CommunitySnapshot, labels: Mapping[str, str], as_of: date
) -> Corrected | None:
    """What made the corrections of the day on which the window began."""
    window = int(labels["window_days"])
    return await corrected(connection, snapshot.name, snapshot.policy, as_of - timedelta(days=window), window)


def looked_up(
    snapshot: CommunitySnapshot, history: History, family: str, labels: Mapping[str, str], as_of: date
) -> tuple[Behind, Opened]:
    """Who is behind a number, and what of leadership or of the stage."""
    question = stage.opened if family in STAGE else conditions.opened if family in CONDITION else opened
    return behind(snapshot, family, labels, number_of(as_of)), question(snapshot, history, family, labels, as_of)


def labels_of(snapshot: CommunitySnapshot, history: History, family: str, given: Mapping[str, str]) -> dict[str, str]:
    """The labels as given, with the headline's window where the family has windows and none is given."""
    windowed = any("window_days" in dict(labels) for labels, _ in history.family(f"tenfold_{family}"))
    default = {"window_days": str(snapshot.policy.headline_window_days)} if windowed else {}
    return default | dict(given)


def identities_of(snapshot: CommunitySnapshot, persons: Sequence[str]) -> Mapping[str, list[str]]:
    """All identities of these persons that ever contributed, and the one that stands for each."""
    theirs = contributed(snapshot, persons)
    return {one: sorted({one, *theirs.get(one, [])}) for one in persons}


async def names_of(
    connection: Connection, community: str, identities: Mapping[str, Sequence[str]]
) -> Mapping[str, str]:
    """The alphabetically first of the names that somebody's identities were given, by person."""
    owner = {identity: person for person, theirs in identities.items() for identity in theirs}
    number = await connection.fetchval(NUMBER, community)
    found: dict[str, str] = {}
    for identity, name in await connection.fetch(GIVEN, number, list(owner)):
        person = owner[identity]
        found[person] = min(found.get(person, name), name)
    return found


async def called(connection: Connection, snapshot: CommunitySnapshot, persons: Sequence[str]) -> Mapping[str, str]:
    """What to call these people: by the name they gave, else, if they ever held a seat, by their account."""
    names = await names_of(connection, snapshot.name, identities_of(snapshot, persons))
    logins = logins_of(snapshot)
    return {**{one: logins[one] for one in persons if one in logins}, **names}


def person_of(person: str, events: Sequence[Evidence], leader: LeaderShown | None, found: Behind) -> Person:
    """One person of an explanation, whom nothing calls yet."""
    if leader:
        return Person(person, events=events, share=leader.share, seats=leader.seats)
    seat = found.seats.get(person)
    return Person(person, events=events, seats=(seat,) if seat else ())
