"""People who come and go on, a quarter at a time, and the numbers of the pathway."""

from datetime import date, timedelta

from events.envelope import Event
from projections.policy.policy import CommunityPolicy
from projections.policy.thresholds import PathwayPolicy
from projections.timeline.history import History, series
from tests.oracle.writing import contribution

ANYBODY = CommunityPolicy(pathway=PathwayPolicy(fewest_people=1))


def number(history: History, family: str, step: str, day: str) -> float:
    return history.value(series(f"pathway_{family}", step=step), date.fromisoformat(day))


def arrivals(quarter: str, people: int, went_on: int, after: int = 10) -> list[Event]:
    """Some who arrive on the first day of a quarter, and of them those who come again so many days after."""
    first = date.fromisoformat(quarter)
    log = [contribution(f"github:{quarter}-{person}", first) for person in range(people)]
    again = first + timedelta(days=after)
    return log + [contribution(f"github:{quarter}-{person}", again) for person in range(went_on)]
