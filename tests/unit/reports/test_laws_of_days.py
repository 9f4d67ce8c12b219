"""A report as of a day tells of that day and those before it: whatever happened later, it reads the same."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from events.envelope import Event
from projections.disclosure.view import everything, public
from projections.evaluation.fold import community_of
from projections.policy.policy import CommunityPolicy
from reports.builder import report_for
from reports.charts import charts, leadership
from reports.inputs import ReportInputs
from reports.portfolio import line
from tests.support.drawn_communities import Community, all_communities, days_to_ask

TIMELESS = ("tenfold.person.", "tenfold.contribution.retracted.", "tenfold.source.")
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=15)


def told(log: Sequence[Event], policy: CommunityPolicy, day: date, today: date, *, hides: bool) -> list[dict[str, Any]]:
    """All that is said and drawn of a day."""
    community = community_of(log, policy, "valley")
    history = community.history(today)
    seen = public(history, policy) if hides else everything(history)
    inputs = ReportInputs("valley", seen, history, policy, day, community.snapshot)
    drawn = [charts.growth(seen.history, day, policy.headline_window_days), charts.weekly(seen.history, day)]
    drawn += [
        leadership.leaders(seen.history, day, policy.judge_by),
        leadership.beside(seen.history, day, policy.judge_by, policy.headline_window_days),
        leadership.strength_chart(seen.history, day, policy.judge_by),
    ]
    return [report_for(inputs).as_json(), line(inputs).as_json(), *drawn]


def differing(one: object, other: object, place: str = "") -> Iterator[str]:
    """Where two documents differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in {**one, **other}:
            yield from differing(one.get(name), other.get(name), f"{place}/{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for at, pair in enumerate(zip(one, other, strict=True)):
            yield from differing(*pair, f"{place}/{at}")
    elif one != other:
        yield f"{place}: {one!r}, not {other!r}"


@slowly
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@given(all_communities())
def test_what_comes_later_is_told_of_no_day_before(community: Community) -> None:
    """What everybody may see of a day turns on the days around it, so that is told of days before everything alone."""
    log, policy, pivot = community
    today, first = max(days_to_ask(pivot)), min((one.time.date() for one in log), default=pivot)
    days = {first - timedelta(days=400): True, first - timedelta(days=1): True, first: False}
    for day, everybody in (days | {pivot - timedelta(days=30): False}).items():
        known = [one for one in log if one.time.date() <= day or one.type.startswith(TIMELESS)]
        for hides in (False, True)[: 1 + everybody]:
            found, expected = (told(one, policy, day, today, hides=hides) for one in (log, known))
            assert [*differing(found, expected)] == [], day
