"""Days: UTC calendar days; the state on a day is the state at its end."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache


def day_of(moment: datetime) -> date:
    """Days are UTC calendar days."""
    return moment.astimezone(UTC).date()


def start_of(day: date) -> datetime:
    """The first moment of a day, which is also its timestamp where a day is published as one."""
    return datetime.combine(day, time(), tzinfo=UTC)


@lru_cache(maxsize=10_000)
def end_of(day: date) -> datetime:
    """The state *on* a day is the state at its end (24:00)."""
    return start_of(day) + timedelta(days=1)


def before(day: date, days: int) -> date:
    """The day so many days before."""
    return day - timedelta(days=days)


def month_ends(day: date, how_many: int) -> list[date]:
    """The last complete month-ends, oldest first; the day itself counts where it ends a month."""
    ends: list[date] = []
    end = before((day + timedelta(days=1)).replace(day=1), 1)
    while len(ends) < how_many and end.year > 1:
        ends.insert(0, end)
        end = before(end.replace(day=1), 1)
    return ends
