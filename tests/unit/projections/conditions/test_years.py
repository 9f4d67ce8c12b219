"""Conditions that take a year to come about, in whole communities: each rests on the numbers that it says."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from math import isnan

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from events.envelope import Event
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, series
from tests.oracle.conditions import conditions
from tests.oracle.conditions_states import Facts
from tests.oracle.days import day_of
from tests.oracle.strategies import years_of_weeks
from tests.oracle.writing import contribution, event, granted, revoked

FIRST = date(2020, 1, 1)
POLICY = CommunityPolicy()


def on(place: int) -> date:
    """A day by its place."""
    return FIRST + timedelta(days=place)


def held(log: Iterable[Event], name: str, last: int) -> list[int]:
    """The days, by their place, on which a condition was entered and left in turn."""
    history = fold(log, POLICY, on(last))
    assert history.first_day == FIRST
    return turns(history, name)


def turns(history: History, name: str) -> list[int]:
    values = history.series[series("condition", condition=name)]
    found: list[int] = np.flatnonzero(np.diff(values, prepend=0)).tolist()
    return found


def work(people: int, days: Iterable[int]) -> list[Event]:
    """So many people, with a commit on each of these days."""
    return [contribution(f"github:{who}", on(day)) for day in days for who in range(people)]


@settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=2)
@given(years_of_weeks())
def test_conditions_about_growth_are_the_oracles_over_years(log: list[Event]) -> None:
    for policed in (log, [one for one in log if one.type != "tenfold.goal.set.v1"]):
        last = max(day_of(one.time) for one in policed) + timedelta(days=90)
        history = fold(policed, POLICY, last)
        expected = conditions(
            [growth_on(history, history.first_day + timedelta(days=at)) for at in range(history.days)]
        )
        for name in ("shrinking", "growth_stalled", "behind_path"):
            values = history.series[series("condition", condition=name)]
            assert values.tolist() == [float(one) for one in expected[name]], name


def growth_on(history: History, day: date) -> Facts:
    """What is said of growth on a day; the goals drawn begin on 1 January 2019."""
    verdicts = ("growing", "flat", "shrinking", "unclear", "unknown")
    growth = [one for one in verdicts if history.value(series("growth_verdict", verdict=one), day) == 1]
    path = history.value(series("growth_path_ratio"), day)
    there = not isnan(history.value(series("goal_baseline_contributors"), day))
    age = (day - date(2019, 1, 1)).days if there else None
    return Facts(growth=growth[0] if growth else None, goal_age=age, path=None if isnan(path) else Fraction(path))


@pytest.mark.parametrize(("people", "entered"), [(30, [542]), (29, [])])
def test_half_of_thirty_stay_where_all_stayed_a_year_before(people: int, entered: list[int]) -> None:
    """From day 515 on, for 28 days."""
    log = [*work(people, (0, 60, 120, 425)), *work(people // 2, (485,))]
    assert held(log, "retention_dropped", 560) == entered


def test_nobody_began_to_lead_in_more_than_a_year() -> None:
    log = [*work(20, range(0, 500, 60)), granted("github:0", "core", on(10)), granted("github:1", "core", on(450))]
    assert held(log, "no_new_leader", 500) == [10 + 366, 450]
    assert held([one for one in log if one.subject != "github:19"], "no_new_leader", 500) == []


def test_two_scopes_of_twenty_are_covered_no_more_until_one_of_them_is() -> None:
    seats = [(who, f"scope-{scope}") for scope in range(20) for who in ("github:0", "github:1")]
    log = [*work(2, (0,)), *(granted(who, scope, on(0)) for who, scope in seats)]
    log += [revoked("github:1", scope, on(200)) for scope in ("scope-3", "scope-4")]
    assert held([*log, granted("github:2", "scope-3", on(300))], "strength_falling", 320) == [200, 300]


def test_ten_leaders_become_one_and_it_is_told_after_28_days() -> None:
    scopes = range(10)
    log = [*work(1, (0,)), *(granted(f"github:{scope}", f"scope-{scope}", on(0)) for scope in scopes)]
    log += [revoked(f"github:{scope}", f"scope-{scope}", on(400)) for scope in scopes]
    log += [granted("github:10", f"scope-{scope}", on(400)) for scope in scopes]
    assert held(log, "leadership_concentrated", 440) == [400 + 27]


def test_six_newcomers_wait_for_an_answer() -> None:
    opened = [
        event(
            "contribution.recorded",
            on(place),
            {"kind": "bug_report", "about": f"issue-{who}", "outcome": "opened"},
            f"o{who}",
            subject=f"github:{who}",
        )
        for who, place in ((who, 0 if who == 9 else 10) for who in (1, 2, 3, 4, 5, 6, 9))
    ]
    answer = {"kind": "comment", "about": "issue-9", "responds_to": {"source": "git:one", "id": "o9"}}
    log = [*opened, event("contribution.recorded", on(1), answer, "answer", subject="github:8")]
    history = fold(log, POLICY, on(60))
    waiting = history.series[series("newcomers_unanswered")]
    since = int(np.argmax(waiting == 6))
    assert 17 <= since <= 18
    assert turns(history, "newcomers_unanswered") == [since + 13]
