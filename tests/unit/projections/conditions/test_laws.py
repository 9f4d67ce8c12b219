"""Conditions of whole communities against the oracle, and what must never make one flap."""

from datetime import UTC, date, datetime, timedelta
from math import isnan

from hypothesis import HealthCheck, given, settings

from events.envelope import Event
from projections.conditions.catalog import CONDITIONS
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from projections.policy.thresholds import MentoringPolicy
from projections.timeline.history import History, series
from tests.oracle.conditions import conditions, since
from tests.oracle.conditions_facts import daily
from tests.oracle.conditions_strategies import FIRST, troubled_logs
from tests.oracle.contributions import know
from tests.support.against_oracle import values_of
from tests.support.drawn_communities import Community, all_communities

slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=4)


def differences(log: list[Event], policy: CommunityPolicy, last: date) -> list[str]:
    """Where a day's condition, or since when, is not the oracle's."""
    history, values = fold(log, policy, last), values_of(policy)
    if not history.days:
        return []
    expected = conditions(daily(know(log, values), values, history.first_day, last))
    days = [history.first_day + timedelta(days=place) for place in range(history.days)]
    return [
        f"{name} {day}: ours {held(history, name, day)}, oracle {(state, changed)}"
        for name in CONDITIONS
        for day, state, changed in zip(days, expected[name], since(days, expected[name]), strict=True)
        if held(history, name, day) != (state, changed)
    ]


def held(history: History, name: str, day: date) -> tuple[bool | None, date | None]:
    """Whether a condition holds on a day, and since when; None where it is neither 0 nor 1."""
    value = history.value(series("condition", condition=name), day)
    changed = history.value(series("condition_since_timestamp_seconds", condition=name), day)
    return {0.0: False, 1.0: True}.get(value), None if isnan(changed) else datetime.fromtimestamp(changed, UTC).date()


@settings(slowly, max_examples=1)
@given(troubled_logs(days=120))
def test_every_condition_of_a_troubled_community_is_the_oracles(log: list[Event]) -> None:
    assert differences(log, CommunityPolicy(mentoring=MentoringPolicy(load_max=2)), FIRST + timedelta(days=125)) == []


@settings(slowly, max_examples=1)
@given(all_communities())
def test_every_condition_is_the_oracles(community: Community) -> None:
    log, policy, pivot = community
    assert differences(log, policy, pivot) == []
