"""When each source last spoke: by all but what is about sources, and what we published."""

from events.envelope import Event
from projections.timeline.days import day_of


class Heard:
    """The newest moment of every day on which a source spoke."""

    def __init__(self) -> None:
        """Nobody spoke yet."""
        self.by_source: dict[str, dict[int, float]] = {}

    def hear(self, event: Event) -> None:
        """A source spoke by an event."""
        self.hear_at(event.source, day_of(event.time), event.time.timestamp())

    def hear_at(self, source: str, day: int, moment: float) -> None:
        """A source spoke on a day, at a moment in seconds since the epoch."""
        days = self.by_source.setdefault(source, {})
        days[day] = max(days.get(day, moment), moment)
