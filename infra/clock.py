"""What day it is."""

from datetime import UTC, date, datetime


def today_utc() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()
