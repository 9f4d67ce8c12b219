"""Mentoring against its oracle, in communities that are drawn."""

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings

from events.envelope import Event
from projections.community.fold import fold
from projections.history import History
from projections.mentoring.metrics import FAMILIES
from projections.policy import CommunityPolicy
from tests.against_oracle import differences, of_day, values_of
from tests.drawn_communities import Community, mentored_communities
from tests.oracle.contributions import know
from tests.oracle.day import Key, sample
from tests.oracle.mentoring import families
from tests.oracle.samples import begun

BACK_DAYS = (-400, -181, -180, -91, -90, -89, -30, -14, -1, 0, 1, 14, 30, 89, 90, 121, 200, 364, 365)
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=40)


def days_around(pivot: date) -> list[date]:
    return [pivot - timedelta(days=back) for back in BACK_DAYS]


def of_mentoring(history: History, day: date) -> dict[Key, float]:
    return {key: value for key, value in of_day(history, day).items() if key[0].removeprefix("tenfold_") in FAMILIES}


def by_oracle(log: Iterable[Event], policy: CommunityPolicy, days: Iterable[date]) -> dict[date, dict[Key, float]]:
    known, values = know(log, values_of(policy)), values_of(policy)
    return {
        day: dict(sample(family, value, **labels) for family, value, labels in families(known, values, day))
        if begun(known, day)
        else {}
        for day in days
    }


@settings(slowly, max_examples=80)
@given(mentored_communities())
def test_every_number_is_the_oracles(community: Community) -> None:
    log, policy, pivot = community
    days = days_around(pivot)
    history = fold(log, policy, max(days))
    for day, expected in by_oracle(log, policy, days).items():
        assert differences(of_mentoring(history, day), expected) == [], day
