"""The verdict is the oracle's whoever came when; people who were added and taken away again leave nothing behind."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from projections.activity.months import Months
from projections.growth.verdict import VERDICTS, judge
from projections.timeline.ranges import Work
from tests.oracle import growth

MONDAY = 4
"""A day, as a number."""

Came = NDArray[np.bool_]
"""People by weeks."""


@st.composite
def histories(draw: st.DrawFn) -> Came:
    """A few people for two or three years, most of whom stay for a while; empty weeks and years among them."""
    people, weeks = draw(st.integers(0, 12)), draw(st.integers(1, 170))
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    begin = chance.integers(-20, weeks, (people, 1))
    stay = chance.geometric(1 / draw(st.integers(1, 100)), (people, 1))
    busy = chance.random((people, 1)) ** 2
    week = np.arange(weeks)
    found: Came = (week >= begin) & (week < begin + stay) & (chance.random((people, weeks)) < busy)
    found[:, chance.random(weeks) < draw(st.sampled_from((0.0, 0.1)))] = False
    return found


def work(came: Came) -> Work:
    who, week = np.nonzero(came)
    return Work.of(who, MONDAY + 7 * week + who % 7, np.ones_like(who))


def counted(came: Came, *parts: tuple[Came, int]) -> Months:
    months = Months(MONDAY, 7 * came.shape[1])
    for part, sign in parts or ((came, 1),):
        months.add(work(part), sign)
    return months


@given(histories())
@example(np.zeros((0, 130), bool))
@example(np.ones((3, 170), bool))
def test_every_week_is_judged_as_by_the_oracle(came: Came) -> None:
    weeks = came.shape[1]
    ours = judge(counted(came).since(0, weeks))
    people = [set(map(str, np.flatnonzero(came[:, week]))) for week in range(weeks)]
    theirs = growth.change(people)
    judged = slice(weeks - len(theirs), None)
    assert len(theirs) == max(weeks - 63, 0)
    for name in ("ratio", "low", "high"):
        assert np.isnan(getattr(ours, name)[: judged.start]).all()
        expected = [getattr(one, name) for one in theirs]
        assert getattr(ours, name)[judged] == pytest.approx(np.array(expected), rel=1e-9, abs=1e-9)
    read = [growth.verdict(theirs[: at + 1]) for at in range(len(theirs))]
    assert [VERDICTS[one] for one in ours.verdict] == ["unknown"] * judged.start + read


@given(histories(), st.integers(0, 2**32))
def test_who_is_taken_away_again_leaves_nothing_behind(came: Came, seed: int) -> None:
    some = np.random.default_rng(seed).random(len(came)) < 0.5
    both = counted(came, (came[some], 1), (came[~some], 1), (came[some], -1))
    weeks = came.shape[1]
    assert both.since(0, weeks).tolist() == counted(came[~some]).since(0, weeks).tolist()


def test_a_late_start_of_the_weeks_leaves_the_first_ones_out() -> None:
    came = np.ones((2, 6), bool)
    assert counted(came).since(1, 3)[:, :2].tolist() == [[2, 0], [2, 0], [2, 0]]
    assert counted(came).since(0, 6)[4:, :3].tolist() == [[2, 2, 0], [2, 2, 0]]
