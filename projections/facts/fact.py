"""A rare fact as the folds see it: the event, without its envelope's formalities."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from events.envelope import Event
from projections.timeline.days import day_of

Order = tuple[datetime, str, str]
PUBLISHED = "tenfold.day.published.v1"
ABOUT_SOURCES = frozenset(f"tenfold.source.{what}.v1" for what in ("checked", "retired", "withdrawn"))
RETRACTED = "tenfold.contribution.retracted.v1"


@dataclass(frozen=True, slots=True)
class Fact:
    """One event that is not a contribution; `data` is JSON, `time` aware and in UTC."""

    type: str
    source: str
    id: str
    time: datetime
    subject: str | None
    team: str | None
    actor: str | None
    data: Mapping[str, Any]

    @property
    def order(self) -> Order:
        """What "the newest" goes by: time, then id; the source only so that no tie is left to chance."""
        return self.time, self.id, self.source

    @property
    def moment(self) -> tuple[str, int, float]:
        """Source, day number and seconds since the epoch."""
        return self.source, day_of(self.time), self.time.timestamp()

    @property
    def is_about_people(self) -> bool:
        """Whether it says who is who."""
        return self.type.startswith("tenfold.person.")

    @property
    def is_dated(self) -> bool:
        """Whether its time says when something happened; what holds for all of history has one only for the order."""
        return not (self.is_about_people or self.type in ABOUT_SOURCES or self.type in (RETRACTED, PUBLISHED))

    @property
    def is_word_of_source(self) -> bool:
        """Whether it shows that its source still speaks: all events but those about sources and what we published."""
        return self.type not in ABOUT_SOURCES and self.type != PUBLISHED

    @classmethod
    def of(cls, event: Event) -> "Fact":
        """The fact that an event states."""
        return cls(
            event.type,
            event.source,
            event.id,
            event.time,
            event.subject,
            event.team,
            event.actor,
            event.data.model_dump(mode="json", by_alias=True, exclude_none=True),
        )


def up_to(facts: Iterable[Fact], day: int) -> list[Fact]:
    """Those of some facts that were told by the end of a day (a day number)."""
    return [fact for fact in facts if fact.moment[1] <= day]
