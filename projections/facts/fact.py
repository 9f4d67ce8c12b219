"""A rare fact as the folds see it: the event, without its envelope's formalities."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from events.envelope import Event

Order = tuple[datetime, str, str]
CONTRIBUTION = "tenfold.contribution.recorded.v1"


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
            event.data.model_dump(mode="json"),
        )
