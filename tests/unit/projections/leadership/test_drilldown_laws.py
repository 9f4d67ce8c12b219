"""A number about leadership opens into those it is made of, in communities that are drawn."""

from datetime import timedelta
from math import isnan

import pytest
from hypothesis import HealthCheck, given, settings

from events.envelope import Event
from projections.evaluation.fold import community_of
from projections.leadership.day import Day
from projections.leadership.series import LeadershipEvaluation
from projections.leadership.verdict import VERDICTS
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import SECONDS_A_DAY, number_of
from projections.timeline.history import series
from reports.leadership.in_force import in_force
from tests.oracle.leadership_strategies import years_of_leadership
from tests.oracle.writing import COMMUNITY
from tests.support.drawn_communities import Community as Drawn
from tests.support.drawn_communities import led_communities
from tests.support.drilled import opened

slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=25)
BACK_DAYS = (0, 1, 8, 90)


@slowly
@given(led_communities())
def test_as_many_leaders_stand_behind_a_number_as_it_says(drawn: Drawn) -> None:
    log, policy, pivot = drawn
    community = community_of(log, policy, COMMUNITY)
    history = community.history(pivot)
    for day in (pivot - timedelta(days=back) for back in BACK_DAYS):
        for seats in ("nominal", "active"):
            value = history.value(series("leaders", seats=seats), day)
            found = opened(community.snapshot, history, "leaders", {"seats": seats}, day)
            assert len(found.leaders) == (0 if isnan(value) else value), (day, seats)
            strengths = [one.strength for one in found.scopes]
            for strength in set(strengths):
                assert strengths.count(strength) == history.value(series("scopes", seats=seats, strength=strength), day)


@slowly
@given(led_communities())
def test_what_would_go_with_one_is_what_the_exposure_says(drawn: Drawn) -> None:
    log, policy, pivot = drawn
    community = community_of(log, policy, COMMUNITY)
    history = community.history(pivot)
    for day in (pivot - timedelta(days=back) for back in BACK_DAYS):
        value = history.value(series("departure_exposure_ratio", unit="person", of="scopes"), day)
        if not isnan(value):
            found = community.snapshot.find(LeadershipEvaluation)
            assert found is not None
            shown = Day(found, policy, number_of(day))
            covered = sum(one.strength == "covered" for one in shown.scopes())
            most = max(map(len, shown.lost_with().values()), default=0)
            assert value == pytest.approx(most / covered)


@settings(slowly, max_examples=12)
@given(years_of_leadership())
def test_a_reading_that_differs_from_the_verdict_is_younger_than_four_weeks(log: list[Event]) -> None:
    policy, last = CommunityPolicy(), max(event.time for event in log).date() + timedelta(days=30)
    community = community_of(log, policy, COMMUNITY)
    history = community.history(last)
    for back in range(0, 900, 7):
        day = last - timedelta(days=back)
        held = [one for one in VERDICTS if history.value(series("leadership_verdict", verdict=one), day) == 1]
        found = in_force(history, policy, day, held[0]) if held else None
        if found and found.reading != found.verdict:
            assert 1 <= found.days < 28, day
            assert found.since <= number_of(day) * SECONDS_A_DAY
