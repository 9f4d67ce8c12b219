from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest

from projections.disclosure.complementary import withheld
from projections.disclosure.denominators import DENOMINATORS
from projections.disclosure.differencing import SUMS
from projections.disclosure.true_numbers import TrueNumbers
from projections.disclosure.view import FEW, everything, public
from projections.evaluation.catalog import FAMILIES
from projections.metrics.privacy import Denominator, Precision, PrivacyClass, Sum
from projections.metrics.unit import Unit
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, Series, series

DAY = date(2026, 1, 1)


def day_of(numbers: dict[Series, float]) -> History:
    return History(DAY, {key: np.array([value]) for key, value in numbers.items()})


@pytest.mark.parametrize(("people", "seen"), [(0, 0.0), (1, FEW), (4, FEW), (5, 5.0), (9, 9.0)])
def test_counts_of_1_to_4_people_are_few(people: int, seen: float | str) -> None:
    key = series("active_contributors", window_days=90)
    assert public(day_of({key: people}), CommunityPolicy()).value(key, DAY) == seen
    assert everything(day_of({key: people})).value(key, DAY) == people


@pytest.mark.parametrize(("people", "seen"), [(9, None), (10, 0.5), (16, 0.5)])
def test_shares_are_said_over_10_people(people: int, seen: float | None) -> None:
    share = series("newcomer_share_ratio")
    history = day_of({series("active_contributors", window_days=90): people, share: 0.5})
    assert public(history, CommunityPolicy()).value(share, DAY) == seen


@pytest.mark.parametrize(("part", "shown"), [(0, True), (4, False), (5, True), (15, True), (16, False), (20, True)])
@pytest.mark.parametrize("family", ["newcomer_share_ratio", "affiliation_known_ratio"])
def test_a_share_of_the_active_is_said_where_both_its_parts_may_be(family: str, part: int, shown: bool) -> None:
    key = series(family)
    history = day_of({series("active_contributors", window_days=90): 20.0, key: part / 20})
    assert (public(history, CommunityPolicy()).value(key, DAY) is not None) == shown


@pytest.mark.parametrize(("part", "shown"), [(0, True), (2, False), (6, True), (10, False), (12, True)])
@pytest.mark.parametrize("family", ["new_leaders_contributed_ratio", "new_leaders_mentored_ratio"])
def test_what_new_leaders_did_before_is_told_of_none_of_many_or_of_all(family: str, part: int, shown: bool) -> None:
    key = series(family)
    history = day_of({series("new_leaders"): 12.0, key: part / 12})
    assert (public(history, CommunityPolicy()).value(key, DAY) is not None) == shown


@pytest.mark.parametrize(("volunteers", "shown"), [(3, False), (12, True), (38, False)])
def test_few_volunteers_among_the_active_do_not_follow_from_their_representation(volunteers: int, shown: bool) -> None:
    share, key = (
        series("leadership_share_ratio", seats="nominal", basis="volunteer"),
        series("volunteer_representation_ratio"),
    )
    active = {series("active_contributors", window_days=90): 40.0}
    numbers = leading(30, 8) | active | {share: 0.3, key: 0.3 / (volunteers / 40)}
    assert (public(day_of(numbers), CommunityPolicy()).value(key, DAY) is not None) == shown


def test_a_change_is_told_in_whole_per_cents_as_it_reads() -> None:
    key = series("growth_change_ratio")
    history = day_of({series("active_contributors", window_days=90): 40.0, key: 0.12345})
    assert public(history, CommunityPolicy()).value(key, DAY) == 0.12
    assert everything(history).value(key, DAY) == 0.12345


def test_retention_is_over_those_who_were_there_before() -> None:
    key = series("retention_ratio", window_days=1)
    active = series("active_contributors", window_days=1)
    history = History(DAY, {active: np.array([9.0, 30.0, 30.0]), key: np.array([np.nan, 0.5, 0.5])})
    seen = public(history, CommunityPolicy())
    assert seen.value(key, date(2026, 1, 2)) is None
    assert seen.value(key, date(2026, 1, 3)) == 0.5


@pytest.mark.parametrize(("people", "hidden"), [(3, True), (5, False), (0, False)])
def test_a_goals_ratio_is_hidden_where_it_says_a_hidden_count(people: int, hidden: bool) -> None:
    ratio = series("growth_ratio", coverage="same_sources")
    baseline = series("goal_baseline_contributors")
    seen = public(day_of({ratio: people / 7, baseline: 7.0}), CommunityPolicy())
    assert (seen.value(ratio, DAY) is None) == hidden
    assert seen.value(baseline, DAY) == 7


@pytest.mark.parametrize(
    ("people", "seen"),
    [
        ((3, 9, 10), (FEW, 9, None)),
        ((3, 12, 5), (None, None, None)),
        ((3, 0, 0), (None, None, None)),
        ((1, 1, 5), (None, None, None)),
        ((1, 1, 30), (FEW, FEW, None)),
        ((0, 5, 7), (0, 5, 7)),
    ],
)
def test_hidden_parts_go_with_one_that_makes_up_for_whatever_they_are(
    people: tuple[float, ...], seen: tuple[float | str | None, ...]
) -> None:
    parts = [series(f"{name}_contributors_by_volume") for name in ("core", "regular", "casual")]
    shown = public(day_of(dict(zip(parts, people, strict=True))), CommunityPolicy())
    assert tuple(shown.value(part, DAY) for part in parts) == seen


@pytest.mark.parametrize("signs", [(1, 1, 1), (1, -1, 1)])
def test_no_sum_says_which_of_1_to_4_a_hidden_part_is(signs: tuple[int, ...]) -> None:
    people = np.array(list(product(range(15), repeat=3)), dtype=np.float64).T
    sums = np.array(signs, dtype=np.float64)
    hidden, said = withheld(people, (people >= 1) & (people <= 4), sums)
    told = np.where(said, -1, np.where(hidden, -2, people))
    possible: dict[tuple[float, ...], set[tuple[float, ...]]] = {}
    for public_numbers, parts in zip(np.vstack([sums @ people, told]).T, people.T, strict=True):
        possible.setdefault(tuple(public_numbers), set()).add(tuple(parts))
    within = {key: fitting for key, fitting in possible.items() if max(max(one) for one in fitting) <= 10}
    for (_, *seen), fitting in within.items():
        small = [part for part in range(3) if seen[part] < 0 and any(1 <= one[part] <= 4 for one in fitting)]
        assert all(len({one[part] for one in fitting}) > 1 for part in small), (seen, fitting)


def test_what_nobody_spoke_for_is_withheld() -> None:
    key = series("friends_of_friends")
    assert public(day_of({key: 100}), CommunityPolicy()).value(key, DAY) is None


def test_whole_series_and_samples_agree() -> None:
    key = series("weekly_contributors")
    history = History(DAY, {key: np.array([np.nan, 3.0, 12.0])})
    seen = public(history, CommunityPolicy())
    assert seen.values(key) == [None, FEW, 12.0]
    assert [value for _, value in seen.seen(history.on(date(2026, 1, 2)), date(2026, 1, 2))] == [FEW]


def test_every_denominator_is_worked_out_and_is_that_of_some_family() -> None:
    assert DENOMINATORS.keys() == set(Denominator)
    assert {family.privacy.over for family in FAMILIES.values()} - {None} == set(Denominator)


def test_every_sum_hides_counts_of_the_families_that_say_so() -> None:
    labels = {"window_days": "90", "team": "roses", "kind": "commit"}
    counts: dict[Sum | None, set[Series]] = {adds_up: set() for adds_up in SUMS}
    for family in FAMILIES.values():
        if family.privacy.of is PrivacyClass.COUNT and set(family.label_names) <= labels.keys():
            key = series(family.name, **{name: labels[name] for name in family.label_names})
            counts.setdefault(family.privacy.adds_up, set()).add(key)
    numbers = TrueNumbers(day_of({key: 12.0 for keys in counts.values() for key in keys}), CommunityPolicy())
    del counts[None]
    assert {adds_up: {key for key, _, _ in parts(numbers)} for adds_up, parts in SUMS.items()} == counts


def test_moments_and_spans_are_never_told_to_the_second() -> None:
    times = [family.privacy for family in FAMILIES.values() if family.unit in (Unit.MOMENT, Unit.SPAN)]
    assert all(privacy.precision in (Precision.DAY, Precision.MINUTE) for privacy in times)


def leading(nominal: float, active: float) -> dict[Series, float]:
    counts = {"nominal": nominal, "active": active}
    return {series("leaders", seats=seats): value for seats, value in counts.items()} | {
        series("effective_leaders", seats=seats): value / 2 for seats, value in counts.items()
    }


@pytest.mark.parametrize("leaders", [1, 4, 30])
def test_published_roles_are_shown_however_few(leaders: float) -> None:
    numbers = leading(leaders, 0) | {
        series("new_leaders"): 1.0,
        series("leadership_verdict", verdict="steady"): 1.0,
        series("scopes", seats="nominal", strength="vacant"): 2.0,
        series("departure_exposure_ratio", unit="person", of="scopes"): 0.5,
    }
    seen = public(day_of(numbers), CommunityPolicy())
    hidden = {key for key in numbers if seen.value(key, DAY) != numbers[key]}
    assert hidden == {key for key in numbers if ("seats", "active") in key[1]}


@pytest.mark.parametrize(
    ("nominal", "active", "shown"), [(30, 12, True), (12, 12, True), (30, 9, False), (16, 12, False), (17, 12, True)]
)
def test_who_of_the_leaders_works_is_said_where_many_do_and_where_none_or_many_do_not(
    nominal: float, active: float, shown: bool
) -> None:
    key = series("effective_leaders", seats="active")
    assert (public(day_of(leading(nominal, active)), CommunityPolicy()).value(key, DAY) is not None) == shown


@pytest.mark.parametrize(
    ("leaders", "without", "shown"), [(30, 12, True), (30, 0, True), (30, 3, False), (30, 27, False)]
)
def test_leaders_without_known_work_are_many_or_none(leaders: float, without: float, shown: bool) -> None:
    key = series("leaders_without_known_work")
    seen = public(day_of(leading(leaders, 0) | {key: without}), CommunityPolicy())
    assert (seen.value(key, DAY) is not None) == shown


@pytest.mark.parametrize(
    ("judge_by", "people", "shown"), [("nominal", 40, True), ("nominal", 9, False), ("active", 40, False)]
)
def test_leadership_beside_the_active_gives_neither_away(judge_by: str, people: float, shown: bool) -> None:
    key = series("contributors_per_effective_leader")
    active = {series("active_contributors", window_days=90): people}
    seen = public(
        day_of(leading(30, 8) | active | {key: people / 4}), CommunityPolicy.model_validate({"judge_by": judge_by})
    )
    assert (seen.value(key, DAY) is not None) == shown


def test_what_a_leaders_work_rests_on_is_hidden_with_active_seats() -> None:
    key = series("departure_exposure_ratio", unit="person", of="leadership")
    assert public(day_of(leading(30, 8) | {key: 0.3}), CommunityPolicy()).value(key, DAY) == 0.3
    assert public(day_of(leading(30, 8) | {key: 0.3}), CommunityPolicy(judge_by="active")).value(key, DAY) is None


@pytest.mark.parametrize(("leaders", "shown"), [(9, False), (10, True)])
def test_affiliations_of_leaders_are_no_published_role(leaders: float, shown: bool) -> None:
    key = series("leadership_share_ratio", seats="nominal", basis="paid")
    assert (public(day_of(leading(leaders, 0) | {key: 0.5}), CommunityPolicy()).value(key, DAY) is not None) == shown


@pytest.mark.parametrize(
    ("family", "people"),
    [
        ("acceptance_ratio", "acceptance_people"),
        ("first_response_seconds_median", "first_response_people"),
    ],
)
@pytest.mark.parametrize(("newcomers", "shown"), [(9.0, False), (10.0, True)])
def test_answers_are_told_of_ten_newcomers_or_more_whatever_the_others(
    family: str, people: str, newcomers: float, shown: bool
) -> None:
    key = series(family, newcomer="yes")
    numbers = {key: 0.5, series(people, newcomer="yes"): newcomers, series(people, newcomer="no"): 40.0}
    seen = public(day_of(numbers), CommunityPolicy())
    assert (seen.value(key, DAY) is not None) == shown


@pytest.mark.parametrize(("then", "shown"), [(9.0, False), (12.0, True)])
def test_a_spread_ratio_needs_people_on_both_days(then: float, shown: bool) -> None:
    key, active = series("leadership_spread_ratio"), series("active_contributors", window_days=90)
    days = np.full(366, 40.0)
    days[0] = then
    history = History(DAY - timedelta(days=365), {active: days, key: np.full(366, 0.9)})
    assert (public(history, CommunityPolicy()).value(key, DAY) is not None) == shown
