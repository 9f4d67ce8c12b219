"""Gaps in the contribution pathway, with numbers worked out by hand."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pytest
from pydantic import ValidationError
from scipy.stats import binom

from projections.evaluation.fold import fold
from projections.pathway.gaps import acted_upon, at_most
from projections.policy.policy import CommunityPolicy
from projections.policy.thresholds import PathwayPolicy
from tests.unit.projections.pathway.pathway_numbers import arrivals, number

YEAR = ("2020-01-01", "2020-04-01", "2020-07-01", "2020-10-01")


def gap_after(now: tuple[int, int], before: Iterable[tuple[int, int]] = ((25, 8),) * 4) -> float:
    """The gap of the first quarter of 2021: people and those who went on, now and in the quarters of 2020."""
    log = arrivals("2021-01-01", *now)
    for quarter, (people, went_on) in zip(YEAR, before, strict=True):
        log += arrivals(quarter, people, went_on)
    return number(fold(log, CommunityPolicy(), date(2021, 4, 30)), "gap", "arrived", "2021-04-30")


def test_a_gap_is_less_than_half_of_the_year_before_and_not_by_chance() -> None:
    """p = 0.32, half of it 0.16. P(X ≤ 7) of 46 is 0.0082, of 45 it is 0.0104; 8 of 48 are more than half."""
    assert gap_after((46, 7)) == 1
    assert gap_after((45, 7)) == 0
    assert gap_after((48, 8)) == 0
    assert gap_after((20, 1)) == 1
    assert gap_after((20, 3)) == 0


def test_half_of_the_year_before_is_no_gap() -> None:
    """p = 0.4: 20 of 100 are exactly half, however unlikely; 19 are less."""
    assert gap_after((100, 20), ((25, 10),) * 4) == 0
    assert gap_after((100, 19), ((25, 10),) * 4) == 1


def test_a_floor_needs_two_quarters_in_a_row() -> None:
    """15 %: 3 of 20 are not below it, 2 are."""
    assert gap_after((20, 2), ((19, 5), (19, 5), (19, 5), (20, 2))) == 1
    assert gap_after((20, 3), ((19, 5), (19, 5), (19, 5), (20, 2))) == 0
    assert gap_after((20, 2), ((19, 5), (19, 5), (19, 5), (20, 3))) == 0


def test_a_floor_is_of_a_step_that_has_a_next_one() -> None:
    assert PathwayPolicy(floors={"core": 0.1}).floors == {"core": 0.1}
    for nothing in ("leader", "arrive"):
        with pytest.raises(ValidationError):
            PathwayPolicy(floors={nothing: 0.1})


def test_a_gap_is_absent_where_no_rule_can_speak() -> None:
    assert np.isnan(gap_after((20, 0), ((20, 5), (20, 5), (20, 5), (19, 5))))
    assert np.isnan(gap_after((19, 0), ((19, 5),) * 4))


@pytest.mark.parametrize("trials", [20, 48, 500, 20000])
@pytest.mark.parametrize("chance", [0.004, 0.32, 0.97])
@pytest.mark.parametrize("part", [0.0, 0.1, 0.45, 0.5])
def test_the_binomial_is_the_textbooks(trials: int, chance: float, part: float) -> None:
    successes = int(part * trials * chance)
    assert at_most(successes, trials, chance) == pytest.approx(binom.cdf(successes, trials, chance), rel=1e-6)


def test_where_everybody_went_on_nobody_missing_is_by_chance() -> None:
    assert at_most(9, 20, 1.0) == 0
    assert gap_after((20, 9), ((20, 20),) * 4) == 1


def test_an_action_acknowledges_from_its_day_on_the_gap_that_shows() -> None:
    shows = np.array([0, 1, 1, 1, 0, 1, 1], bool)
    days = np.arange(100, 107)
    assert acted_upon(shows, days, np.array([102, 90])).tolist() == [0, 0, 1, 1, 0, 0, 0]
    assert acted_upon(shows, days, np.array([106, 101])).tolist() == [0, 1, 1, 1, 0, 0, 1]
    assert acted_upon(shows, days, np.array([100, 104])).tolist() == [0] * 7
    assert acted_upon(shows, days, np.array([], np.int64)).tolist() == [0] * 7
