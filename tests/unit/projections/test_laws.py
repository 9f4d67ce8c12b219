"""The laws of docs/definitions.md, over contributions, people, roles, retractions, checks and goals together."""

from datetime import date, timedelta
from math import isnan
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.envelope import Event
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy, SourcePolicy
from projections.timeline.days import SECONDS_A_DAY, number_of
from projections.timeline.history import History, series
from tests.oracle.strategies import BACK_DAYS, PEOPLE, link_and_unlink, months_that_grow, years_of_weeks
from tests.support.against_oracle import of_day, unlike_on
from tests.support.drawn_communities import Community, all_communities, communities, days_to_ask

slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=30)


def same(one: History, other: History, days: list[date], but: str = "none") -> None:
    for day in days:
        first, second = (
            {key: value for key, value in of_day(history, day).items() if key[0] != but} for history in (one, other)
        )
        assert first == second, day


@settings(slowly, max_examples=60)
@given(communities())
def test_every_number_is_the_oracles(community: Community) -> None:
    log, policy, pivot = community
    assert unlike_on(days_to_ask(pivot), log, policy) == []


@settings(slowly, max_examples=20)
@given(years_of_weeks())
def test_every_verdict_is_the_oracles(log: list[Event]) -> None:
    policy = CommunityPolicy(sources={"git:two": SourcePolicy(cadence_days=20)})
    last = max(event.time for event in log).date()
    days = [last - timedelta(days=back) for back in (-40, -8, -7, -1, 0, 1, 2, 6, 7, 8, 35, 42, 49, 90, 180, 300)]
    assert unlike_on(days, log, policy) == []


@settings(slowly, max_examples=60)
@given(months_that_grow())
def test_every_eta_is_the_oracles(log: list[Event]) -> None:
    policy = CommunityPolicy(windows_days=(1, 30), headline_window_days=1)
    days = [date(2020, 6, 30) - timedelta(days=back) for back in (-31, -30, -1, 0, 1, 30, 31, 91)]
    assert unlike_on(days, log, policy) == []


@slowly
@given(all_communities(), st.randoms(use_true_random=False))
def test_law_1_order_changes_nothing(community: Community, random: Random) -> None:
    log, policy, pivot = community
    shuffled = random.sample(log, len(log))
    same(fold(log, policy, pivot), fold(shuffled, policy, pivot), days_to_ask(pivot))


@slowly
@given(all_communities(), st.lists(st.integers(0, 200), max_size=20))
def test_law_2_duplicates_change_nothing(community: Community, again: list[int]) -> None:
    log, policy, pivot = community
    doubled = log + [log[place % len(log)] for place in again if log]
    same(fold(log, policy, pivot), fold(doubled, policy, pivot), days_to_ask(pivot))


FOR_ALL_OF_HISTORY = ("tenfold.person.", "tenfold.contribution.retracted", "tenfold.source.")


@slowly
@given(all_communities(), st.sampled_from(BACK_DAYS))
def test_law_5_what_comes_later_changes_nothing(community: Community, back: int) -> None:
    log, policy, pivot = community
    day = pivot - timedelta(days=back)
    known = [event for event in log if event.time.date() <= day or event.type.startswith(FOR_ALL_OF_HISTORY)]
    same(fold(log, policy, pivot), fold(known, policy, pivot), [one for one in days_to_ask(pivot) if one <= day])


@slowly
@given(all_communities(), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
def test_law_6_unlink_restores_every_number(community: Community, identity: str, person: str) -> None:
    log, policy, pivot = community
    begun = min((event.time for event in log), default=None)
    untouched = [event for event in log if not (event.type.startswith("tenfold.person.") and event.subject == identity)]
    if begun is None or not untouched:
        return
    merged = link_and_unlink(identity, person, pivot)
    one, other = fold(untouched, policy, pivot), fold(untouched + merged, policy, pivot)
    same(one, other, days_to_ask(pivot), but="tenfold_source_last_event_timestamp_seconds")


@slowly
@given(all_communities())
def test_law_7_the_growth_identity_balances(community: Community) -> None:
    log, policy, pivot = community
    history = fold(log, policy, max(days_to_ask(pivot)))
    for window in policy.windows_days:
        for day in days_to_ask(pivot):
            before = day - timedelta(days=window)
            if not (is_known(history, before) and is_known(history, day)):
                continue
            start, ends = numbers(history, before, window), numbers(history, day, window)
            change = ends["new"] + ends["returned"] - ends["lapsed"]
            assert ends["active"] == pytest.approx(start["active"] + change)


def is_known(history: History, day: date) -> bool:
    """Whether anybody read what happened on a day."""
    through = history.value(series("known_through_timestamp_seconds", of="contributions"), day)
    return isnan(through) or through >= number_of(day) * SECONDS_A_DAY


def numbers(history: History, day: date, window: int) -> dict[str, float]:
    """The flows of a window; before anything was recorded nobody was there."""
    flows = ("active", "new", "returned", "lapsed")
    counted = {flow: history.value(series(f"{flow}_contributors", window_days=window), day) for flow in flows}
    return {flow: 0.0 if isnan(people) else people for flow, people in counted.items()}
