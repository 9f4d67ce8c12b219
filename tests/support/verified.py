"""What is compared with the oracle on real histories: on which days, and after which corrections."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from events.envelope import Event
from events.published import SERVER
from tests.oracle.days import before, day_of
from tests.oracle.people import of_type
from tests.oracle.writing import event

SEED = 10
SEEDED_DAYS = 40
WINDOWS = (30, 90, 365)
ORGANISATIONS = (
    "Acme",
    "ACME, Inc.",
    "Initech",
    "Hooli",
    "hooli GmbH",
    "Independent",
    "self",
    "Pied Piper",
    "Umbrella",
)


def days_to_verify(events: Sequence[Event]) -> list[date]:
    """Seeded days, the first and the last, the day before, leap days, the edges of ISO years, and days without news."""
    happened = [day_of(one.time) for one in of_type(events, "contribution.recorded")]
    first, last = min(happened), max(happened)
    chance = Random(SEED)  # noqa: S311 - the same in every run
    days = {first + timedelta(days=chance.randrange((last - first).days)) for _ in range(SEEDED_DAYS)}
    days |= {one for one in edges(first, last) if first <= one <= last}
    return sorted(days | {before(first, 1), first, last} | {last + timedelta(days=more) for more in (1, 30, 91, 400)})


def edges(first: date, last: date) -> Iterator[date]:
    """Where calendars have edges: 29 February, the last days of December and the first of January."""
    for year in range(first.year, last.year + 1):
        monday = date.fromisocalendar(year, 1, 1)
        yield from (monday, before(monday, 1), date(year, 1, 1), date(year, 12, 31))
        yield before(date(year, 3, 1), 1)


def corrections(events: Sequence[Event]) -> Iterator[Event]:
    """What people could say of a history afterwards, a little of everything, the same in every run."""
    chance = Random(SEED)  # noqa: S311 - the same in every run
    work = of_type(events, "contribution.recorded")
    settled = {"community": work[0].community, "source": "by-hand", "actor": "github:1"}
    for number, (kind, data, more) in enumerate(said(chance, work)):
        yield event(kind, more.pop("time"), data, f"{kind} {number}", **(settled | more))


Said = tuple[str, dict[str, Any], dict[str, Any]]


def said(chance: Random, work: Sequence[Any]) -> Iterator[Said]:
    """Type, data and attributes of each correction."""
    people, moments = sorted({one.subject for one in work}), sorted(one.time for one in work)
    yield from of_people(chance, people, moments)
    for one in chance.sample(work, min(len(work) // 5, 200)):
        retracts = {"source": one.source, "id": one.id}
        yield "contribution.retracted", {"retracts": retracts, "reason": "a test"}, {"time": moments[-1]}
    yield "source.withdrawn", {"source": work[0].source, "before": moments[20]}, {"time": moments[-1]}
    for _ in range(300):
        attributes = {
            "team": chance.choice(("core", "docs", None)),
            "source": "forge",
            "subject": chance.choice(people),
        }
        kind = chance.choice(("commit", "review", "tea", "release"))
        yield "contribution.recorded", {"kind": kind}, attributes | {"time": chance.choice(moments)}
    yield from of_the_community(chance, work[0].source, moments, days_to_verify(work)[1::2])


def of_people(chance: Random, people: Sequence[str], moments: Sequence[datetime]) -> Iterator[Said]:
    """Employers for most, some links made and undone, some bots."""
    for who in chance.sample(people, len(people) * 5 // 6):
        for _ in range(chance.choice((1, 1, 2))):
            affiliation = {"organisation": chance.choice(ORGANISATIONS), "basis": "paid"}
            since = {"since": day_of(chance.choice(moments))}
            yield "person.affiliated", affiliation | since, {"time": chance.choice(moments), "subject": who}
    for _ in range(30):
        who, person = chance.sample(people, 2)
        yield "person.linked", {"person": person}, {"time": chance.choice(moments), "subject": who}
    for who in chance.sample(people, 10):
        yield "person.unlinked", {}, {"time": chance.choice(moments), "subject": who}
        verdict = {"bot": chance.random() < 0.8, "reason": chance.choice(("agent", "a test"))}
        yield "person.classified", verdict, {"time": moments[0], "subject": chance.choice(people)}


def of_the_community(chance: Random, source: str, moments: Sequence[datetime], days: Sequence[date]) -> Iterator[Said]:
    """Two goals, checks that end where the data ends, and what was published on some days."""
    for sources in (None, (source,)):
        begins = day_of(chance.choice(moments[: len(moments) // 2]))
        ends = {"baseline_on": begins, "due_on": begins + timedelta(days=1826)}
        numbers = {"baseline": 20, "factor": chance.choice((2, 10)), "sources": sources}
        yield "goal.set", numbers | ends, {"time": datetime.combine(begins, time(), tzinfo=UTC)}
    for back in range(4):
        at = moments[-1] - timedelta(days=back)
        yield "source.checked", {"source": source, "through": at, "found": 0}, {"time": at}
    for day in sorted({before(one, window) for one in days for window in WINDOWS if one <= day_of(moments[-1])}):
        yield published(day, {str(window): chance.randrange(60) for window in WINDOWS})


def published(day: date, active: dict[str, int]) -> Said:
    """What was said of a day when it closed."""
    samples = tuple(
        {"name": "tenfold_active_contributors", "labels": {"window_days": window}, "value": value}
        for window, value in active.items()
    )
    data = {"day": day, "samples": samples, "read_model_version": 1, "policy": "a test"}
    return (
        "day.published",
        data,
        {"time": datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC), "actor": None, "source": SERVER},
    )
