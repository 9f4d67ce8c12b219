"""Responses against their oracle, in communities that are drawn, told in any order and piece by piece."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from events.contributions import ContributionRecorded
from events.envelope import Event
from projections.community.change import Change
from projections.evaluation.community import Community as Counted
from projections.evaluation.fold import change_of, community_of, fold
from projections.metrics.family import names_of
from projections.policy.policy import CommunityPolicy
from projections.responses.families import RESPONSES_FAMILIES
from projections.responses.measures import moving_medians
from projections.timeline.days import number_of
from projections.timeline.history import History
from tests.oracle import responses
from tests.oracle.day import Key
from tests.oracle.response_strategies import talking_logs
from tests.oracle.strategies import PEOPLE, PIVOTS, link_and_unlink
from tests.oracle.writing import COMMUNITY
from tests.support.against_oracle import of_day, unlike
from tests.support.drilled import behind

Talking = tuple[list[Event], CommunityPolicy, date]
NAMES = frozenset(family.metric for family in RESPONSES_FAMILIES)
BACK_DAYS = (-91, -90, -31, -30, -8, -7, -1, 0, 1, 2, 6, 7, 8, 29, 30, 82, 83, 89, 90, 365)
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=15)


@st.composite
def talking(draw: st.DrawFn) -> Talking:
    """A log, its policy, and the day around which things are said."""
    pivot = date.fromisoformat(draw(st.sampled_from(PIVOTS)))
    return draw(talking_logs(pivot)), CommunityPolicy(headline_window_days=draw(st.sampled_from((90, 30)))), pivot


def asked(pivot: date) -> list[date]:
    return [pivot - timedelta(days=back) for back in BACK_DAYS]


def spoken(history: History, day: date) -> dict[Key, float]:
    """Our numbers about responses of a day."""
    return {key: value for key, value in of_day(history, day).items() if key[0] in NAMES}


@settings(slowly, max_examples=60)
@given(talking())
def test_every_number_is_the_oracles(community: Talking) -> None:
    assert unlike(community, [responses.families], BACK_DAYS, NAMES.__contains__) == []


@slowly
@given(talking(), st.randoms(use_true_random=True))
def test_any_order_and_any_duplicates_give_the_same(community: Talking, chance: Random) -> None:
    log, policy, pivot = community
    again = chance.sample([*log, *log], 2 * len(log))
    one, other = (fold(events, policy, pivot) for events in (log, again))
    assert all(spoken(one, day) == spoken(other, day) for day in asked(pivot))


@slowly
@given(talking(), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
def test_unlink_restores_every_number(community: Talking, identity: str, person: str) -> None:
    log, policy, pivot = community
    merged = [event for event in log if not (event.type.startswith("tenfold.person.") and event.subject == identity)]
    assume(any(isinstance(event, ContributionRecorded) for event in merged))
    one = fold(merged, policy, pivot)
    other = fold([*merged, *link_and_unlink(identity, person, pivot)], policy, pivot)
    assert all(spoken(one, day) == spoken(other, day) for day in asked(pivot))


@slowly
@given(talking(), st.randoms(use_true_random=True))
def test_told_in_pieces_and_asked_after_each_the_numbers_are_those_of_the_whole(
    community: Talking, chance: Random
) -> None:
    """People events one by one, and whole identities that are read anew: what was worked out before must not linger."""
    log, policy, pivot = community
    whole, counted = change_of(log), Counted(COMMUNITY, policy)
    identities = np.arange(len(whole.names.identities))
    first = identities[[chance.random() < 0.6 for _ in identities]]
    counted.apply(some_of(whole, first, wholly=False))
    for fact in chance.sample(list(whole.facts), len(whole.facts)):
        counted.apply(Change(whole.names, some_of(whole, first[:0]).cells, facts=[fact]))
        counted.history(pivot)
    again = np.unique(np.concatenate((np.setdiff1d(identities, first), first[: len(first) // 2]))).astype(np.int64)
    counted.apply(some_of(whole, again))
    ours, folded = counted.history(pivot), fold(log, policy, pivot)
    assert all(spoken(ours, day) == spoken(folded, day) for day in asked(pivot))


def some_of(whole: Change, identities: "np.ndarray[tuple[int], np.dtype[np.int64]]", *, wholly: bool = True) -> Change:
    """What these identities did, in place of whatever is known of them."""
    rows = whole.responses[np.isin(whole.responses["identity"], identities)]
    replaced = identities if wholly else identities[:0]
    return Change(whole.names, whole.cells.of_identities(identities), replaced, (), whole.moments, rows)


@slowly
@given(talking())
def test_as_many_people_stand_behind_a_number_as_it_says(community: Talking) -> None:
    log, policy, pivot = community
    counted = community_of(log, policy, COMMUNITY)
    history = counted.history(pivot)
    over = {"acceptance_ratio": "acceptance_people", "first_response_seconds_median": "first_response_people"}
    for day in [one for one in asked(pivot) if one <= pivot]:
        for family in names_of(RESPONSES_FAMILIES):
            for labels, _ in history.family(f"tenfold_{family}"):
                people = history.value((f"tenfold_{over.get(family, family)}", labels), day)
                found = behind(counted.snapshot, family, dict(labels), number_of(day))
                assert len(found.identities) == (0 if np.isnan(people) else people), (family, labels, day)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=40), st.sampled_from((1, 3, 30)))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_moving_medians_are_medians(pairs: list[tuple[int, int]], window: int) -> None:
    pairs.sort(key=lambda pair: pair[0])
    day, value = (np.array([pair[at] for pair in pairs], np.int64) for at in (0, 1))
    days = np.arange(-2, 60)
    ours = moving_medians(day, value.astype(np.float64), days, window)
    for at, one in enumerate(days):
        held = value[(day > one - window) & (day <= one)]
        assert ours[at] == pytest.approx(np.median(held) if len(held) else np.nan, nan_ok=True)
