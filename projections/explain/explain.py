"""Says who: the rule, the people and the events behind a number."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from events.checks import SourceDating
from events.errors import TenfoldError
from projections.community.snapshot import CommunitySnapshot
from projections.evaluation.catalog import FAMILIES
from projections.explain.corrections import Corrected, corrected
from projections.explain.dated import own_days
from projections.explain.drilldown import drilldown
from projections.explain.evidence import Evidence, evidence, evidence_of
from projections.explain.lineage import rests_on
from projections.explain.people import Person, identities_of, names_of
from projections.facts.rows import Connection
from projections.freshness.reach import is_unread
from projections.metrics.drilldown import Drilldown, NumberQuery, ScopeShown, Spell
from projections.seats.roster import logins_of
from projections.timeline.days import number_of
from projections.timeline.history import History, series


class UnknownMetricError(TenfoldError):
    """No family has this name."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is behind a number; `total` counts all its people, of whom `people` is one page, alphabetically.

    `told` are the events of the community itself that it rests on, and `held` when a condition held, oldest first;
    `dated` are the commits near it that count on days of their own, the most first.
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
    dated: Sequence[SourceDating] = ()


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
    """Explain a number of a day; the sentence that says why it is as it is, is the reports' to add.

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
    query = NumberQuery(snapshot, labels, number_of(question.as_of), family, history)
    told = is_told(query)
    found = await asyncio.to_thread(drilldown, query) if told else Drilldown()
    is_late = told and family == "growth_corrections"
    late = await _corrected(connection, snapshot, labels, question.as_of) if is_late else None
    total, people = await _people(connection, snapshot, question, (found, late))
    return Explanation(
        f"tenfold_{family}",
        labels,
        question.as_of,
        None if value != value else value,  # noqa: PLR0124 - NaN alone is not itself
        FAMILIES[family].help,
        rests_on(family, labels),
        total,
        people,
        late.because if late else "",
        found.scopes,
        [evidence_of(one) for one in found.told],
        found.held,
        await own_days(connection, query, found) if told else (),
    )


def is_told(query: NumberQuery) -> bool:
    """Whether there is anything behind a number: not before the first day, nor where nobody read what it rests on."""
    if query.history is None or query.as_of < query.history.first_day:
        return False
    family, policy = FAMILIES[query.family], query.snapshot.policy
    return not is_unread(query.history, query.as_of, family, query.labels, policy)


async def _people(
    connection: Connection,
    snapshot: CommunitySnapshot,
    question: Question,
    behind: tuple[Drilldown, Corrected | None],
) -> tuple[int, list[Person]]:
    """How many people are behind a number, and those of the page that is asked for."""
    found, late = behind
    named = sorted(found.leaders or (late.events if late else ()))
    identities = identities_of(snapshot, named) if named else found.identities
    names, logins = await names_of(connection, snapshot.name, identities), logins_of(snapshot)
    label: Mapping[str, str] = {**logins, **names}
    everybody = sorted(identities, key=lambda one: (label.get(one, one).casefold(), one))
    page = everybody[question.offset : question.offset + question.limit]
    shown = {one: identities[one] for one in page}
    events = late.events if late else {} if found.leaders else await evidence(connection, snapshot, found, shown)
    people = (person_of(one, events.get(one, ()), found) for one in page)
    return len(everybody), [replace(one, name=names.get(one.person), account=logins.get(one.person)) for one in people]


async def _corrected(
    connection: Connection, snapshot: CommunitySnapshot, labels: Mapping[str, str], as_of: date
) -> Corrected | None:
    """What made the corrections of the day on which the window began."""
    window = int(labels["window_days"])
    return await corrected(connection, snapshot.name, snapshot.policy, as_of - timedelta(days=window), window)


def labels_of(snapshot: CommunitySnapshot, history: History, family: str, given: Mapping[str, str]) -> dict[str, str]:
    """The labels as given, with the headline's window where the family has windows and none is given."""
    windowed = any("window_days" in dict(labels) for labels, _ in history.family(f"tenfold_{family}"))
    default = {"window_days": str(snapshot.policy.headline_window_days)} if windowed else {}
    return default | dict(given)


def person_of(person: str, events: Sequence[Evidence], found: Drilldown) -> Person:
    """One person of an explanation, whom nothing calls yet."""
    if leader := found.leaders.get(person):
        return Person(person, events=events, share=leader.share, seats=leader.seats)
    seat = found.seats.get(person)
    return Person(person, events=events, seats=(seat,) if seat else ())
