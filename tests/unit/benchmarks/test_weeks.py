"""What the calibration of the verdict draws, and what it says of how weeks vary."""

from functools import partial

import numpy as np
import pytest

from benchmarks.noise import SPAN, left_of_all, wider_by_people
from benchmarks.weeks import FOLLOWED, Arriving, Drawn, People, fluctuating, staying

WHO = np.array([0, 0, 1, 1, 1, 2, 3, 3])
WEEK = np.array([0, 5, 2, 3, 2 + FOLLOWED, 4, 300, 301])
PEOPLE = People.of(WHO, WEEK)


def test_people_are_followed_for_five_years_or_left_out() -> None:
    """The second is told no longer; the fourth came too late."""
    assert PEOPLE.after.tolist() == [0, 5, 0, 1, 0]
    assert PEOPLE.begin.tolist() == [0, 2, 4]
    assert PEOPLE.many.tolist() == [2, 2, 1]


def test_those_who_arrive_do_what_the_people_did() -> None:
    chosen = np.random.default_rng(1).integers(3, size=3)
    who, week = PEOPLE.visits(np.random.default_rng(1), np.array([0, 2, 0, 0, 1, 0, 0]))
    expected = [
        (person, first + after)
        for person, (one, first) in enumerate(zip(chosen, (1, 1, 4), strict=True))
        for after in PEOPLE.after[PEOPLE.begin[one] :][: PEOPLE.many[one]]
    ]
    assert list(zip(who, week, strict=True)) == expected


@pytest.mark.parametrize("factor", [1, 1.3])
@pytest.mark.parametrize("swing", [None, 0.3])
def test_as_many_come_as_asked_for(factor: float, swing: float | None) -> None:
    arriving = Arriving(PEOPLE, partial(fluctuating, spread=0.15), swing)
    weeks = arriving.weeks(np.random.default_rng(0), Drawn(300, 104, 15, factor))
    assert weeks[:, :52].mean() == pytest.approx(15 * factor**0.5, rel=0.05)
    assert weeks[:, 52:].mean() == pytest.approx(15 * factor**1.5, rel=0.05)


def test_who_came_adds_up_to_the_weeks() -> None:
    arriving, drawn = Arriving(PEOPLE, staying, 0.3), Drawn(5, 104, 15)
    came = arriving.came(np.random.default_rng(0), drawn)
    weeks = arriving.weeks(np.random.default_rng(0), drawn)
    assert [one.sum(axis=0).tolist() for one in came] == weeks.tolist()


def test_what_is_left_of_drawn_weeks_is_what_was_drawn() -> None:
    drawn = Drawn(100, SPAN, 40)
    wide, narrow = (left_of_all(fluctuating(np.random.default_rng(0), drawn, spread=each)) for each in (0.3, 0.05))
    assert wide.spread == pytest.approx(30, abs=2)
    assert narrow.spread == pytest.approx(5, abs=2)
    assert left_of_all(staying(np.random.default_rng(0), drawn)).alike == pytest.approx(0.31, abs=0.02)


def test_who_stays_makes_the_spread_wider_than_the_error() -> None:
    """Once each, or every week for a year."""
    chance = np.random.default_rng(0)
    once = np.eye(157, dtype=np.int64)[chance.integers(157, size=3000)]
    begin = chance.integers(-52, 157, size=60)[:, None]
    year = ((begin <= np.arange(157)) & (np.arange(157) < begin + 52)).astype(np.int64)
    assert wider_by_people(once, chance) < 1.6
    assert wider_by_people(year, chance) > 3
