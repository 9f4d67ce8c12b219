"""Leadership against its oracle, in communities that are drawn, and how every measure behaves."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Literal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from events.envelope import Event
from projections.community.change import Change
from projections.community.contributions import DailyContributions
from projections.evaluation.community import Community as Counted
from projections.evaluation.fold import change_of, fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, series
from tests.oracle.contributions import know
from tests.oracle.day import Key
from tests.oracle.leadership import VERDICTS
from tests.oracle.leadership_day import Leadership
from tests.oracle.leadership_strategies import SCOPES, moved, years_of_leadership
from tests.oracle.leadership_verdict import verdicts
from tests.oracle.people import of_type
from tests.oracle.writing import COMMUNITY, declared, granted, moment
from tests.support.against_oracle import by_us, of_day, unlike_on, values_of
from tests.support.drawn_communities import Community, led_communities

BACK_DAYS = (-366, -180, -90, -29, -1, 0, 1, 8, 29, 90, 179, 364)
NOMINAL = frozenset({("seats", "nominal")})
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=30)


@settings(slowly, max_examples=60)
@given(led_communities())
def test_every_number_is_the_oracles(community: Community) -> None:
    log, policy, pivot = community
    assert unlike_on([pivot - timedelta(days=back) for back in BACK_DAYS], log, policy) == []


@settings(slowly, max_examples=16)
@given(years_of_leadership(), st.sampled_from(("nominal", "nominal", "active")))
def test_every_verdict_is_the_oracles(log: list[Event], judge_by: Literal["nominal", "active"]) -> None:
    policy = CommunityPolicy(judge_by=judge_by, active_seat_days=400)
    values, last = values_of(policy), max(event.time for event in log).date() + timedelta(days=400)
    known = know(log, values)
    assume(known.roles.began is not None)
    first = known.roles.began or last
    history = fold(log, policy, last)
    for place, verdict in enumerate(verdicts(Leadership(known, values, last).reading, first, last)):
        day = first + timedelta(days=place)
        assert verdicts_of(history, day) == {one: float(one == verdict) for one in VERDICTS}, day


def verdicts_of(history: History, day: date) -> dict[str, float]:
    return {one: history.value(series("leadership_verdict", verdict=one), day) for one in VERDICTS}


@slowly
@given(led_communities(), st.randoms(use_true_random=True))
def test_law_3_any_split_gives_the_same_numbers(community: Community, chance: Random) -> None:
    """In pieces, asked after each of them: what was worked out before must not linger."""
    log, policy, pivot = community
    changes_work = ("tenfold.contribution.", "tenfold.source.withdrawn.")
    first = [event for event in log if event.type.startswith(changes_work)]
    rest = chance.sample([event for event in log if event not in first], len(log) - len(first))
    counted = Counted(COMMUNITY, policy)
    begun = change_of(first)
    counted.apply(begun)
    while rest:
        piece, rest = rest[: (cut := chance.randrange(1, len(rest) + 1))], rest[cut:]
        counted.apply(Change(begun.names, DailyContributions.none(), facts=change_of(piece).facts))
        counted.history(pivot)
    ours, whole = counted.history(pivot), fold(log, policy, pivot)
    for back in (0, 1, 30, 90, 400):
        day = pivot - timedelta(days=back)
        assert of_day(ours, day) == of_day(whole, day), day


def on_last_day(community: Community) -> tuple[Leadership, date]:
    """What the oracle knows of the day after everything happened."""
    log, policy, pivot = community
    day = pivot + timedelta(days=2)
    return Leadership(know(log, values_of(policy)), values_of(policy), day), day


@slowly
@given(led_communities(), st.data())
def test_appointing_somebody_beside_the_leaders_of_a_scope_never_concentrates(
    community: Community, data: st.DataObject
) -> None:
    """Unless another set of scopes is weighed then: the worked example below."""
    log, policy, pivot = community
    before, day = on_last_day(community)
    assume(before.nominal.mass)
    scope = data.draw(st.sampled_from(sorted(before.nominal.leaders)))
    appointed = [*log, granted("github:999", scope, pivot + timedelta(days=1), policy.leadership_roles[0])]
    after, _ = on_last_day((appointed, policy, pivot))
    assume(before.nominal.weighed == after.nominal.weighed)
    was, now = by_us(log, policy, day), by_us(appointed, policy, day)
    assert now["tenfold_effective_leaders", NOMINAL] >= was["tenfold_effective_leaders", NOMINAL] - 1e-9


def test_an_appointment_that_sets_a_scope_apart_weighs_it_anew() -> None:
    """`1` leads ten scopes and a part of one of them, thirty others one each; then somebody joins in that part."""
    log = [granted("github:1", f"s{place}", "2020-01-01") for place in range(10)]
    log += [granted(f"github:1{place}", f"t{place}", "2020-01-01") for place in range(30)]
    log += [declared("s1/part", "2020-01-01", "s1"), granted("github:1", "s1/part", "2020-01-01")]
    snapshot = [*log, granted("github:2", "s1/part", "2020-01-02")]
    day, effective = date(2020, 1, 2), ("tenfold_effective_leaders", NOMINAL)
    assert by_us(log, CommunityPolicy(), day)[effective] == pytest.approx(40**2 / (10**2 + 30))
    assert by_us(snapshot, CommunityPolicy(), day)[effective] == pytest.approx(41**2 / (10.5**2 + 0.5**2 + 30))


@slowly
@given(led_communities(), st.data())
def test_parts_of_a_scope_with_the_same_leaders_change_no_distribution(
    community: Community, data: st.DataObject
) -> None:
    log, policy, pivot = community
    asked, day = on_last_day(community)
    assume(asked.nominal.leaders)
    scope, at = data.draw(st.sampled_from(sorted(asked.nominal.leaders))), pivot + timedelta(days=1)
    parts = [declared("part", at, scope), declared("part of it", at, "part"), declared("another", at, scope)]
    role = policy.leadership_roles[0]
    seats = [
        granted(who, part.data.scope, at, role)
        for part in of_type(parts, "scope.declared")
        for who in sorted(asked.nominal.leaders[scope])
    ]
    was, now = by_us(log, policy, day), by_us([*log, *parts, *seats], policy, day)
    for family in ("effective_leaders", "effective_leaders_entropy", "leadership_gini_ratio", "leadership_hhi"):
        assert now.get((f"tenfold_{family}", NOMINAL)) == pytest.approx(was.get((f"tenfold_{family}", NOMINAL)))


@slowly
@given(led_communities(), st.data())
def test_a_scope_of_its_parents_leaders_is_inherited_not_covered(community: Community, data: st.DataObject) -> None:
    log, policy, pivot = community
    asked, day = on_last_day(community)
    assume(asked.nominal.leaders)
    parent = data.draw(st.sampled_from(sorted(asked.nominal.leaders)))
    child = declared("child", pivot + timedelta(days=1), parent)
    was, now = by_us(log, policy, day), by_us([*log, child], policy, day)
    inherited = ("tenfold_scopes", frozenset({("seats", "nominal"), ("strength", "inherited")}))
    assert now[inherited] == was[inherited] + 1
    assert nominal(now, inherited) == nominal(was, inherited)


def nominal(numbers: Mapping[Key, float], but: Key) -> dict[Key, float]:
    """All that is said of nominal seats, but for one number."""
    return {key: value for key, value in numbers.items() if key != but and ("seats", "nominal") in key[1]}


UNMOVED: tuple[tuple[str, dict[str, str]], ...] = (
    ("new_leaders", {}),
    ("left_leaders", {}),
    ("renewal_balance_leaders", {}),
    ("last_new_leader_timestamp_seconds", {}),
    ("leader_tenure_median_seconds", {}),
    ("core_contributors_by_role", {}),
    ("leaders", {"seats": "nominal"}),
    ("leadership_seats", {"seats": "nominal"}),
    ("effective_leaders", {"seats": "nominal"}),
    ("leadership_strength_ratio", {"seats": "nominal"}),
)


@slowly
@given(led_communities(), st.data())
def test_a_scope_under_another_name_breaks_no_tenure_and_makes_no_new_leader(
    community: Community, data: st.DataObject
) -> None:
    """All of it within one second, as a commit that moves a file is told."""
    log, policy, pivot = downwards(community)
    asked, day = on_last_day((log, policy, pivot))
    assume(asked.held)
    renaming = moved(data.draw(st.sampled_from(sorted({seat.scope for seat in asked.held}))), "its new name", log, day)
    assert {event.time.replace(microsecond=0) for event in renaming} == {moment(day)}
    last = pivot + timedelta(days=200)
    one, other = fold(log, policy, last), fold([*log, *renaming], policy, last)
    for ahead in (2, 3, 30, 90, 179, 182, 200):
        day = pivot + timedelta(days=ahead)
        for family, labels in UNMOVED:
            was, now = (history.value(series(family, **labels), day) for history in (one, other))
            assert now == pytest.approx(was, nan_ok=True), (day, family)


def downwards(community: Community) -> Community:
    """Nothing that names scopes, no circles (each parent stands before its parts), nothing retired or withdrawn."""
    log, policy, pivot = community
    said = of_type(log, "scope.declared")
    upwards = {
        id(one) for one in said if one.data.parent and SCOPES.index(one.data.parent) >= SCOPES.index(one.data.scope)
    }
    gone = {id(one) for one in of_type(log, "scope.retired", "source.withdrawn")}
    kept = [event for event in log if id(event) not in upwards | gone]
    return kept, policy.model_copy(update={"scope_weights": {}, "observed_scopes": None}), pivot
