"""Which dates are believed: none before the first day there is, none further ahead than it can lie.

A date that no calendar of a community can hold harms everybody who reads it, so it is refused before anybody does:
by whoever sends an event, and again by whoever reads its record. Numbers have their bounds in the models.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel

from events.envelope import EARLIEST_TIME, MAX_PLAN_AHEAD, MAX_TIME_AHEAD, Data, Event, When
from events.errors import Reason, Rejected
from events.marks import marked

AHEAD: Final = MappingProxyType({When.OBSERVED: MAX_TIME_AHEAD, When.PLANNED: MAX_PLAN_AHEAD})
"""How far a date may lie after it was told."""


def check(event: Event, told: datetime) -> None:
    """Make sure that every date of an event can be true.

    Args:
        event: with whatever dates.
        told: the timestamp of its record; before there is one, now.

    Raises:
        Rejected: one lies before the first day, or too far ahead.
    """
    _check(event.time, When.OBSERVED, told, "time")
    check_data(event.data, told)


def check_data(data: Data, told: datetime) -> None:
    """Make sure that every date in what an event says can be true, as `check` does."""
    for name, when in dated(type(data)):
        value = getattr(data, name)
        if value is not None:
            _check(moment_of(value), when, told, f"data.{name}")


@cache
def dated(data: type[BaseModel]) -> tuple[tuple[str, When], ...]:
    """Return the fields of an event's data that hold a date, and how it lies to when it was told."""
    return tuple(marked(data, When))


def moment_of(value: date) -> datetime:
    """Return a moment as it is, and a day's, or one without a zone, in UTC."""
    whole = value if isinstance(value, datetime) else datetime.combine(value, time.min)
    return whole if whole.tzinfo else whole.replace(tzinfo=UTC)


def _check(moment: datetime, when: When, told: datetime, where: str) -> None:
    if moment < EARLIEST_TIME or moment - told > AHEAD[when]:
        reason = Reason.TIME_TOO_OLD if moment < EARLIEST_TIME else Reason.TIME_IN_FUTURE
        longest: timedelta = AHEAD[when]
        raise Rejected(reason, f"{where} lies before {EARLIEST_TIME:%Y-%m-%d}, or more than {longest.days} d ahead")
