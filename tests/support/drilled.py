"""What is behind a number, and why it is what it is, asked as tests ask it."""

from collections.abc import Mapping
from datetime import date

from projections.community.snapshot import CommunitySnapshot
from projections.explain.drilldown import drilldown
from projections.metrics.drilldown import Drilldown, NumberQuery
from projections.timeline.days import number_of
from projections.timeline.history import History
from reports.reasons import reason_of


def behind(
    snapshot: CommunitySnapshot, family: str, labels: Mapping[str, str], day: int, history: History | None = None
) -> Drilldown:
    """What is behind a number of a day (its number)."""
    return drilldown(NumberQuery(snapshot, labels, day, family, history))


def opened(
    snapshot: CommunitySnapshot, history: History, family: str, labels: Mapping[str, str], as_of: date
) -> Drilldown:
    """The same on a date, with all numbers at hand."""
    return behind(snapshot, family, labels, number_of(as_of), history)


def because(snapshot: CommunitySnapshot, history: History, family: str, labels: Mapping[str, str], as_of: date) -> str:
    """Why it is what it is."""
    return reason_of(NumberQuery(snapshot, labels, number_of(as_of), family, history))
