"""Small logs, written by hand: one line per event."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from events.catalog import TYPES
from events.envelope import Event

COMMUNITY = "valley"
NOON = time(12)


def moment(day: date | str, at: time = NOON) -> datetime:
    """A moment of a day; noon unless told otherwise."""
    return datetime.combine(date.fromisoformat(day) if isinstance(day, str) else day, at, tzinfo=UTC)


def event(kind: str, when: datetime | date | str, data: dict[str, Any], id_: str, **attributes: Any) -> Event:
    """One event of a type of the catalog, e.g. `person.linked`."""
    type_ = f"tenfold.{kind}.v1"
    settled = when if isinstance(when, datetime) else moment(when)
    return TYPES[type_].model_validate(
        {"community": COMMUNITY, "source": "git:one", "type": type_, "time": settled, "id": id_, "data": data}
        | attributes
    )


def contribution(
    who: str, when: datetime | date | str, kind: str = "commit", id_: str = "", **attributes: Any
) -> Event:
    """One contribution; its id names what it asserts unless one is given."""
    return event(
        "contribution.recorded", when, {"kind": kind}, id_ or f"{who} {when} {kind}", subject=who, **attributes
    )


def linked(identity: str, person: str, when: str, **attributes: Any) -> Event:
    """A link of an identity to a person."""
    return event(
        "person.linked", when, {"person": person}, f"link {identity} {person} {when}", subject=identity, **attributes
    )


def unlinked(identity: str, when: str, **attributes: Any) -> Event:
    """The end of a link."""
    return event("person.unlinked", when, {}, f"unlink {identity} {when}", subject=identity, **attributes)


def affiliated(identity: str, organisation: str, since: str, when: str = "2020-01-01") -> Event:
    """An affiliation from a day on."""
    data = {"organisation": organisation, "basis": "unknown", "since": date.fromisoformat(since)}
    return event(
        "person.affiliated", when, data, f"affiliate {identity} {organisation} {since} {when}", subject=identity
    )


def granted(who: str, scope: str, when: datetime | date | str, role: str = "owner", **more: Any) -> Event:
    """A seat that is given; its id names what it asserts unless one is given."""
    return seat_event("granted", who, scope, when, role, **more)


def revoked(who: str, scope: str, when: datetime | date | str, role: str = "owner", **more: Any) -> Event:
    """A seat that is taken back."""
    return seat_event("revoked", who, scope, when, role, **more)


def seat_event(kind: str, who: str, scope: str, when: datetime | date | str, role: str = "owner", **more: Any) -> Event:
    """What happened to a seat: `until` and `already_held` are of its data, all others attributes."""
    data = {name: more.pop(name) for name in ("until", "already_held") if name in more}
    named = more.pop("id_", f"{kind} {who} {role} {scope} {when}")
    return event(f"role.{kind}", when, {"role": role, "scope": scope} | data, named, subject=who, **more)


def declared(scope: str, when: datetime | date | str, parent: str | None = None, **attributes: Any) -> Event:
    """A scope, and the one that it is a part of."""
    return event("scope.declared", when, {"scope": scope, "parent": parent}, f"declare {scope} {when}", **attributes)


def checked(source: str, through: datetime, when: str) -> Event:
    """A source read up to a moment."""
    data = {"source": source, "through": through, "found": 0}
    return event("source.checked", when, data, f"check {source} {when}", source=source)


def goal(when: str, baseline: float, baseline_on: str, factor: float, due_on: str, *sources: str) -> Event:
    """A goal of the community over these sources; over all if none is named."""
    days = {"baseline_on": date.fromisoformat(baseline_on), "due_on": date.fromisoformat(due_on)}
    numbers = {"baseline": baseline, "factor": factor, "sources": sources or None}
    return event("goal.set", when, numbers | days, f"goal {when}")


def work_days(volumes: Iterable[int], last: date) -> list[Event]:
    """One person per volume, each with a commit on so many days up to the last."""
    return [
        contribution(f"github:{person}", last - timedelta(days=back))
        for person, volume in enumerate(volumes)
        for back in range(volume)
    ]


def weeks_of(counts: Iterable[int], first_monday: date) -> list[Event]:
    """As many people with one commit, on the Wednesday of each week, as the counts say."""
    return [
        contribution(f"github:{person}", first_monday + timedelta(days=7 * week + 2))
        for week, people in enumerate(counts)
        for person in range(people)
    ]
