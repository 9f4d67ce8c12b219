"""What the public sees of the contribution pathway names nobody, and gives nobody away by subtraction."""

from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pytest

from projections.disclosure.newcomers import newcomers_ever, newcomers_within
from projections.disclosure.threshold import is_few
from projections.disclosure.true_numbers import TrueNumbers
from projections.disclosure.view import Disclosure, public
from projections.evaluation.fold import fold
from projections.pathway.steps import STEPS
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, Series, series
from tests.oracle.writing import contribution, granted
from tests.support.told_apart import follows, looks

DAY = date(2026, 5, 1)


def day_of(numbers: dict[Series, float]) -> History:
    return History(DAY, {key: np.array([value]) for key, value in numbers.items()})


def steps_seen(*people: float) -> list[float | str | None]:
    keys = [series("pathway_contributors", step=step) for step in STEPS]
    seen = public(day_of(dict(zip(keys, people, strict=False))), CommunityPolicy())
    return [seen.value(key, DAY) for key in keys[: len(people)]]


def test_without_roles_all_steps_are_told_where_none_is_few() -> None:
    assert steps_seen(40, 12, 0, 6) == [40, 12, 0, 6]


def test_one_hidden_step_hides_the_one_before_the_last_or_all() -> None:
    assert steps_seen(40, 12, 3, 6) == [40, 12, None, None]
    assert steps_seen(40, 12, 3, 5) == [None, None, None, None]
    assert steps_seen(40, 12, 3, 2) == [40, None, None, None]
    assert steps_seen(40, 4, 20, 2) == [40, None, None, None]
    assert steps_seen(40, 4, 4, 2) == [None, None, None, None]


def test_who_led_and_still_works_is_never_told() -> None:
    assert steps_seen(40, 12, 9, 7, 20) == [40, 12, 9, None, None]
    assert steps_seen(40, 12, 9, 7, 0) == [40, 12, 9, None, None]
    assert steps_seen(40, 12, 9, 0, 0) == [40, 12, None, None, None]


@pytest.mark.parametrize("steps", [STEPS, STEPS[:-1]])
def test_the_active_of_a_year_never_say_which_of_1_to_4_a_step_is(steps: tuple[str, ...]) -> None:
    """Every way in which up to 18 people may have come so far."""
    bars = np.array(list(combinations(range(18 + len(steps)), len(steps))))
    people = np.diff(bars, axis=1, prepend=-1).T - 1.0
    keys = {step: series("pathway_contributors", step=step) for step in steps}
    seen = public(History(DAY, dict(zip(keys.values(), people, strict=True))), CommunityPolicy())
    active = people.sum(axis=0)
    shown = looks(seen, keys)
    known = follows(np.vstack((shown, active)), people)
    assert not (known & (shown < 0) & is_few(people) & (active >= 5)).any()


def conversion_seen(people: int, went_on: int, step: str = "second_day") -> list[float | str | None]:
    names = {"people": people, "ratio": went_on / people}
    keys = {series(f"pathway_conversion_{name}", step=step): value for name, value in names.items()}
    keys[series("pathway_step_days_median", step=step)] = 9.5
    keys[series("pathway_gap", step=step)] = 0
    seen = public(day_of(keys), CommunityPolicy())
    return [seen.value(key, DAY) for key in keys]


@pytest.mark.parametrize(
    ("people", "went_on", "seen"),
    [
        (9, 5, [None, None, None, None]),
        (10, 5, [10, 0.5, None, 0]),
        (20, 10, [20, 0.5, 9.5, 0]),
        (20, 4, [20, None, None, 0]),
        (20, 16, [20, None, 9.5, 0]),
        (20, 0, [20, 0, None, 0]),
        (20, 20, [20, 1, 9.5, 0]),
    ],
)
def test_a_conversion_is_told_over_ten_where_both_parts_may_be(people: int, went_on: int, seen: list[float]) -> None:
    assert conversion_seen(people, went_on) == seen


def seen_of(seated: int) -> tuple[Disclosure, History]:
    """Thirty who arrive in a quarter, ten of whom come again, and some who held a seat before they contributed."""
    log = [contribution(f"github:{who}", date(2026, 1, 2) + timedelta(days=who)) for who in range(30)]
    log += [contribution(f"github:{who}", date(2026, 1, 5) + timedelta(days=who)) for who in range(10)]
    log += [granted(f"github:9{who}", "core", "2026-01-02", "member", already_held=True) for who in range(seated)]
    log += [contribution(f"github:9{who}", "2026-02-01") for who in range(seated)]
    history = fold(log, CommunityPolicy(), DAY)
    return public(history, CommunityPolicy()), history


@pytest.mark.parametrize("seated", [0, 1, 4])
def test_arrivals_are_the_newcomers_of_their_quarter_whoever_held_a_seat_before(seated: int) -> None:
    """So one says nothing that the other does not."""
    seen, history = seen_of(seated)
    for name, value in (("conversion_people", 30 + seated), ("conversion_ratio", 10 / (30 + seated))):
        key = series(f"pathway_{name}", step="arrived")
        assert seen.value(key, DAY) == history.value(key, DAY) == pytest.approx(value)


def test_newcomers_of_windows_give_the_newcomers_ever() -> None:
    _, history = seen_of(0)
    ever = newcomers_ever(TrueNumbers(history, CommunityPolicy(headline_window_days=30)))
    assert [ever[at] for at in (0, 1, 29, 100)] == [1, 2, 30, 30]


def test_newcomers_are_known_within_days_that_are_no_window() -> None:
    _, history = seen_of(0)
    numbers = TrueNumbers(history, CommunityPolicy(headline_window_days=30))
    assert [newcomers_within(numbers, days)[29] for days in (1, 7, 30, 365)] == [1, 7, 30, 30]
