"""Communities that are drawn: as large as asked for, without a trend, of people who come and stay as real ones do."""

import numpy as np
import pytest

from benchmarks.communities import FOLLOWED, YEAR, Drawn, People, changes, communities, steady, turned, wandering
from benchmarks.rules import Came, as_it_is, before
from projections.growth.verdict import FLAT, GROWING, UNKNOWN

WEEKS = 8 * YEAR + FOLLOWED


def real() -> Came:
    """Somebody new comes every week; every fourth of them comes again every week for a year."""
    who: list[int] = []
    week: list[int] = []
    for one in range(WEEKS):
        stays = YEAR if one % 4 == 0 else 1
        who += [one] * min(stays, WEEKS - one)
        week += range(one, min(one + stays, WEEKS))
    return Came(np.array(who), np.array(week), WEEKS)


def test_those_are_followed_who_came_early_enough() -> None:
    people = People.of(real())
    assert len(people.begin) == 8 * YEAR
    assert people.arrivals.tolist() == [[1] * YEAR] * 8
    assert sorted(set(people.many.tolist())) == [1, YEAR]
    assert people.stay[[0, 3, 4, YEAR + 2, YEAR + 3]] == pytest.approx([1, 1, 0.25, 0.25, 0])


def test_a_community_is_as_large_as_asked_for_and_has_no_trend() -> None:
    drawn = Drawn(4 * YEAR, 40, steady(4 * YEAR))
    found = list(communities(People.of(real()), drawn, 20, 0))
    by_year = np.array([np.bincount(came.week // YEAR, minlength=4) for came, _ in found]) / YEAR
    assert by_year.mean(axis=0) == pytest.approx(np.full(4, 40), rel=0.1)
    assert changes(found[0][1])[2 * YEAR :] == pytest.approx(np.zeros(2 * YEAR))


def test_what_turns_is_another_by_the_factor_every_year() -> None:
    came = Came(np.repeat(np.arange(20_000), 3 * YEAR), np.tile(np.arange(3 * YEAR), 20_000), 3 * YEAR)
    for factor in (1.3, 1 / 1.3):
        people = np.bincount(turned(came, YEAR, factor, np.random.default_rng(0)).week)
        assert people[2 * YEAR] / people[YEAR] == pytest.approx(factor, rel=0.03)
        assert people[0] == people[YEAR]


def test_arrivals_that_wander_begin_where_they_are() -> None:
    trend = wandering(2 * YEAR, 0.25, np.random.default_rng(0))
    assert len(trend) == 2 * YEAR + FOLLOWED
    assert not trend[:FOLLOWED].any()
    assert trend[-1] != 0


def test_both_rules_judge_a_community() -> None:
    sizes = np.append(np.full(104, 60), np.full(60, 150))
    came = Came(np.concatenate([np.arange(size) for size in sizes]), np.repeat(np.arange(164), sizes), 164)
    for rule, first in ((as_it_is, 68), (before, 90)):
        verdict = rule(came).verdict
        assert np.flatnonzero(verdict != UNKNOWN)[0] == first
        assert verdict[-1] == GROWING
    assert before(came).verdict[103] == FLAT
