"""What the public sees of mentoring names nobody, and gives nobody away by subtraction."""

from datetime import date, timedelta

import numpy as np
import pytest

from projections.disclosure.view import FEW, Disclosure, public
from projections.policy.policy import CommunityPolicy
from projections.policy.thresholds import MentoringPolicy
from projections.timeline.history import History, Series, series

DAY = date(2026, 5, 1)


def seen(numbers: dict[Series, float], newcomer_days: int = 90) -> Disclosure:
    policy = CommunityPolicy(mentoring=MentoringPolicy(newcomer_days=newcomer_days))
    return public(History(DAY, {key: np.array([value]) for key, value in numbers.items()}), policy)


@pytest.mark.parametrize(("people", "shown"), [(0, 0), (1, FEW), (4, FEW), (5, 5), (9, 9)])
@pytest.mark.parametrize("family", ["mentorships_active", "mentors_active"])
def test_few_mentors_are_not_counted_out(family: str, people: float, shown: float | str) -> None:
    assert seen({series(family): people}).value(series(family), DAY) == shown


@pytest.mark.parametrize(("mentors", "shown"), [(1, None), (9, None), (10, 3)])
def test_the_load_of_one_mentor_is_told_among_ten(mentors: float, shown: float | None) -> None:
    load = series("mentor_load_max")
    assert seen({load: 3.0, series("mentors_active"): mentors}).value(load, DAY) == shown


@pytest.mark.parametrize(
    ("newcomers", "reached", "told"),
    [(9, 5, False), (10, 5, True), (10, 0, True), (10, 10, True), (10, 4, False), (20, 17, False), (20, 15, True)],
)
def test_coverage_is_told_where_both_its_parts_may_be(newcomers: int, reached: int, told: bool) -> None:
    coverage = series("mentoring_coverage_ratio")
    numbers = {coverage: reached / newcomers, series("newcomers", window_days=90): float(newcomers)}
    assert (seen(numbers).value(coverage, DAY) is not None) == told


@pytest.mark.parametrize(("a_day", "told"), [(0, False), (1, True)])
def test_coverage_within_days_that_are_no_window_is_over_the_newcomers_of_these_days(a_day: int, told: bool) -> None:
    coverage = series("mentoring_coverage_ratio")
    newcomers = 40.0 + a_day * np.arange(60.0)
    history = History(DAY, {coverage: np.full(60, 0.5), series("newcomers", window_days=90): newcomers})
    policy = CommunityPolicy(mentoring=MentoringPolicy(newcomer_days=30))
    found = public(history, policy).value(coverage, DAY + timedelta(days=59))
    assert (found is not None) == told


@pytest.mark.parametrize(
    ("mentored", "others", "told"), [(3, 40, False), (40, 3, False), (0, 40, True), (12, 40, True)]
)
def test_how_many_were_mentored_hides_with_how_many_were_not(mentored: float, others: float, told: bool) -> None:
    """Together they are newcomers, whose number is public."""
    keys = [series("newcomer_retention_people", mentored=one) for one in ("yes", "no")]
    found = seen(dict(zip(keys, (mentored, others), strict=True)))
    assert [found.value(key, DAY) is not None for key in keys] == [told, told]


@pytest.mark.parametrize(
    ("mentored", "stayed", "others", "told"),
    [(20, 10, 40, True), (20, 2, 40, False), (20, 18, 40, False), (20, 20, 40, True), (20, 10, 4, False)],
)
def test_who_stayed_is_told_where_who_did_not_may_be(mentored: int, stayed: int, others: int, told: bool) -> None:
    share = series("newcomer_retention_ratio", mentored="yes")
    numbers = {share: stayed / mentored, series("newcomer_retention_people", mentored="yes"): float(mentored)}
    numbers[series("newcomer_retention_people", mentored="no")] = float(others)
    assert (seen(numbers).value(share, DAY) is not None) == told


@pytest.mark.parametrize(
    ("recruited", "mentored", "told"), [(1, 1, False), (5, 5, False), (9, 0, False), (10, 5, True), (12, 4, False)]
)
def test_who_took_a_seat_is_public_and_who_was_mentored_is_not(recruited: float, mentored: float, told: bool) -> None:
    keys = series("core_by_role_recruited"), series("core_by_role_recruited_mentored")
    found = seen(dict(zip(keys, (recruited, mentored), strict=True)))
    assert found.value(keys[0], DAY) == recruited
    assert (found.value(keys[1], DAY) is not None) == told
