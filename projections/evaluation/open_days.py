"""Which days have ended and are not published yet."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from projections.timeline.history import History, Sample

logger = logging.getLogger(__name__)

MOST_DAYS_TO_CLOSE = 400
"""Of a community at once: what ended longer ago, while nobody served, is not published any more."""


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day that has ended and is not published yet, with all that is known now."""

    community: str
    day: date
    history: History

    @property
    def samples(self) -> list[Sample]:
        """The numbers of the day."""
        return self.history.on(self.day)


class OpenDays:
    """From which day on each community's days are to be published.

    Args:
        today: the day it is.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._first: dict[str, date] = {}

    def seen(self, community: str, last_published: date | None) -> date:
        """The first day of a community that is to be published: one that never was, from the day it is first seen."""
        after = last_published + timedelta(days=1) if last_published else self._today()
        first = self._first.setdefault(community, after)
        return max(first, after) if last_published else first

    def ended(self, community: str, last_published: date | None, until: date) -> list[date]:
        """Days that ended since they were last published, oldest first, up to a day that has not ended."""
        first = self.seen(community, last_published)
        earliest = until - timedelta(days=MOST_DAYS_TO_CLOSE)
        if first < earliest:
            logger.warning("Left unpublished community=%s from=%s until=%s", community, first, earliest)
            first = self._first[community] = earliest
        return days_between(first, until)

    def published(self, community: str, day: date) -> None:
        """A day was published, durably."""
        self._first[community] = max(self._first.get(community, day), day + timedelta(days=1))


def days_between(first: date, end: date) -> list[date]:
    """The days from `first` up to, not including, `end`."""
    return [first + timedelta(days=at) for at in range((end - first).days)]
