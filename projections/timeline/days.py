"""Days as numbers: the unit of every range and of every sweep. Day 0 is 1970-01-01, in UTC."""

from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Days = TypeVar("Days", int, NDArray[np.int64])
"""A day's number, or many."""

EPOCH = date(1970, 1, 1)
YEAR = 365
"""Days of what the definitions call a year."""
SECONDS_A_DAY = 86400.0


def number_of(day: date) -> int:
    """The number of a calendar day."""
    return (day - EPOCH).days


def date_of(number: int) -> date:
    """The calendar day of a number."""
    return EPOCH + timedelta(days=int(number))


def day_of(moment: datetime) -> int:
    """The number of the UTC day on which a moment falls."""
    return number_of(moment.astimezone(UTC).date())


def end_of(number: int) -> float:
    """The end of a day (24:00 UTC), in seconds since the epoch."""
    return (number + 1) * SECONDS_A_DAY


def week_of(number: Days) -> Days:
    """The number of the ISO week of a day; week 0 begins on Monday 1970-01-05."""
    return (number - 4) // 7


def sunday_of(week: int) -> int:
    """The last day of an ISO week."""
    return week * 7 + 10


def say_day(day: date) -> str:
    """A day as it reads: `2 Aug 2026`."""
    return f"{day.day} {day:%b} {day.year}"
