"""A fact as its table gives it back: the event, of the class that it was of when it was told."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from events.catalog import AnyEvent
from events.codec import restored
from events.envelope import Event
from events.errors import Rejected
from events.versions import VERSIONS, Versions
from projections.timeline.days import day_of

ATTRIBUTES: Final = ("type", "source", "id", "time", "subject", "team", "actor", "community")
"""The columns of a row that an event is made of, beside `data`."""

Row = TypeVar("Row", bound=Mapping[str, Any])
Told = TypeVar("Told", bound=Event)


@dataclass(frozen=True, slots=True)
class Read(Generic[Row]):
    """Rows with their events, and, by type and reason, how many more rows there were."""

    events: list[tuple[Row, AnyEvent]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


def event_of(row: Mapping[str, Any], versions: Versions = VERSIONS) -> AnyEvent:
    """The event of a row.

    Raises:
        Rejected: today's events are not like that, or another program's newer ones are.
    """
    return restored({name: row[name] for name in ATTRIBUTES}, row["data"], versions)


def events_of(rows: Iterable[Row]) -> Read[Row]:
    """The events of rows, those left out of which none can be made."""
    read: Read[Row] = Read()
    for row in rows:
        try:
            read.events.append((row, event_of(row)))
        except Rejected as rejected:
            read.refused[f"{row['type']} {rejected.reason}"] += 1
    return read


def up_to(events: Iterable[Told], day: int) -> list[Told]:
    """Those of some events that were told by the end of a day (a day number)."""
    return [event for event in events if day_of(event.time) <= day]
