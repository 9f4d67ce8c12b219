"""What must never make a condition flap: late events, readings again, restarts, days that are not over."""

from datetime import date, timedelta
from math import isnan

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from events.envelope import Event
from projections.conditions.catalog import CONDITIONS
from projections.conditions.series import ConditionsEvaluation
from projections.evaluation.community import Community
from projections.evaluation.fold import community_of, fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, series
from reports.conditions.report import Left, conditions_report
from reports.viewer import whole
from tests.oracle.conditions_strategies import FIRST, troubled_logs
from tests.oracle.writing import contribution, declared, event, granted, moment, revoked

slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=4)
LAST = FIRST + timedelta(days=215)
POLICY = CommunityPolicy()


def known(log: list[Event]) -> Community:
    """A community of these events."""
    return community_of(log, POLICY, "valley")


def same(one: History, other: History, names: tuple[str, ...] = tuple(CONDITIONS)) -> None:
    for name in names:
        for family in ("condition", "condition_since_timestamp_seconds"):
            key = series(family, condition=name)
            assert np.array_equal(one.series[key], other.series[key], equal_nan=True), name


def held(history: History, name: str) -> list[int]:
    """The days, counted from the first, on which a condition was entered and left in turn."""
    values = history.series[series("condition", condition=name)]
    return np.flatnonzero(np.diff(values, prepend=0)).tolist()


@slowly
@given(troubled_logs())
def test_every_condition_is_0_or_1_on_every_day(log: list[Event]) -> None:
    history = fold(log, POLICY, LAST)
    for name in CONDITIONS:
        assert set(history.series[series("condition", condition=name)]) <= {0.0, 1.0}


@slowly
@given(troubled_logs())
def test_readings_again_restarts_and_rebuilds_change_nothing(log: list[Event]) -> None:
    whole, running = fold(log, POLICY, LAST), known(log)
    same(fold([*log, *log[::-1]], POLICY, LAST), whole)
    for last in (LAST - timedelta(days=40), LAST, LAST):
        running.history(last)
    same(running.history(LAST), whole)


@slowly
@given(troubled_logs())
def test_a_late_event_changes_nothing_before_its_day(log: list[Event]) -> None:
    late = FIRST + timedelta(days=150)
    early = fold([one for one in log if one.time.date() < late or one.type.startswith("tenfold.source.")], POLICY, LAST)
    whole = fold(log, POLICY, LAST)
    for name in CONDITIONS:
        key = series("condition", condition=name)
        assert np.array_equal(early.series[key][:149], whole.series[key][:149]), name


@slowly
@given(troubled_logs())
def test_today_is_as_the_last_day_that_is_over(log: list[Event]) -> None:
    open_, over = known(log).history(LAST, LAST), known(log).history(LAST - timedelta(days=1))
    for name in CONDITIONS:
        for family in ("condition", "condition_since_timestamp_seconds"):
            values = open_.series[series(family, condition=name)]
            assert np.array_equal(values[:-1], over.series[series(family, condition=name)], equal_nan=True)
            assert values[-1] == values[-2] or (isnan(values[-1]) and isnan(values[-2]))


def test_on_the_first_day_nothing_is_over_and_nothing_holds() -> None:
    history = known([contribution("github:1", FIRST)]).history(FIRST, FIRST)
    for name in CONDITIONS:
        assert history.value(series("condition", condition=name), FIRST) == 0
        assert isnan(history.value(series("condition_since_timestamp_seconds", condition=name), FIRST))


VACANT = [
    contribution("github:1", "2020-01-01"),
    declared("core", "2020-01-01"),
    granted("github:1", "core", "2020-01-01"),
    revoked("github:1", "core", "2020-02-01"),
]


def test_a_vacant_scope_is_named_from_its_fourteenth_day_until_it_is_led_for_three() -> None:
    log = [*VACANT, granted("github:2", "core", "2020-03-01")]
    assert held(fold(log, POLICY, LAST), "scope_vacant") == [31 + 13, 60 + 2]
    community = known(log)
    history = community.history(date(2020, 2, 20))
    said = conditions_report(
        whole(history), community.snapshot.find(ConditionsEvaluation), POLICY, date(2020, 2, 20)
    ).in_force[0]
    assert (said.condition, said.since, said.of) == ("scope_vacant", date(2020, 2, 14), ["core"])
    assert said.because == "nobody has led core for 14 days or more; in force until led for 3 days"


def test_a_scope_that_is_retired_is_told_no_more() -> None:
    log = [*VACANT, event("scope.retired", "2020-03-01", {"scope": "core"}, "retire")]
    assert held(fold(log, POLICY, LAST), "scope_vacant") == [31 + 13, 60]


@pytest.mark.parametrize(("others", "entered"), [(19, [13]), (20, [])])
def test_a_scope_named_like_a_team_with_a_twentieth_of_the_work_matters(others: int, entered: list[int]) -> None:
    log = [contribution(f"github:{who}", FIRST) for who in range(others)]
    log += [contribution("github:99", FIRST, team="core"), declared("core", FIRST)]
    assert held(fold(log, POLICY, date(2020, 2, 1)), "scope_vacant") == entered


def publication(day: date, *conditions: str) -> Event:
    """A day as it was published, with the conditions that held."""
    samples = tuple(
        {"name": "tenfold_condition", "labels": {"condition": one}, "value": float(one in conditions)}
        for one in CONDITIONS
    )
    data = {"day": day, "samples": samples, "read_model_version": 1, "policy": "x"}
    return event("day.published", moment(day + timedelta(days=1)), data, f"published {day}")


def test_what_was_published_and_does_not_hold_as_known_today_is_taken_back() -> None:
    days = [date(2020, 2, 14) + timedelta(days=place) for place in range(3)]
    log = [*VACANT, *(publication(day, "scope_vacant", "report_overdue") for day in days)]
    community = known([*log, granted("github:2", "core", "2020-02-02")])
    day = date(2020, 2, 20)
    said = conditions_report(whole(community.history(day)), community.snapshot.find(ConditionsEvaluation), POLICY, day)
    assert not said.in_force
    assert [(one.condition, one.first_day, one.last_day, one.days) for one in said.taken_back] == [
        ("scope_vacant", days[0], days[-1], 3),
        ("report_overdue", days[0], days[-1], 3),
    ]
    community = known(log)
    said = conditions_report(whole(community.history(day)), community.snapshot.find(ConditionsEvaluation), POLICY, day)
    assert [one.condition for one in said.taken_back] == ["report_overdue"]


def test_an_action_acknowledges_a_condition_that_stays_in_force() -> None:
    data = {"about": "condition:scope_vacant", "url": "https://example.org/1", "owner": "github:9"}
    acted = [
        event("action.recorded", when, data, f"action {when}") for when in ("2020-02-10", "2020-02-16", "2020-02-21")
    ]
    community = known([*VACANT, *acted])
    said = conditions_report(
        whole(community.history(LAST)), community.snapshot.find(ConditionsEvaluation), POLICY, date(2020, 2, 20)
    )
    assert [(one.on, one.owner) for one in said.in_force[0].actions] == [(date(2020, 2, 16), "github:9")]
    same(community.history(LAST), fold(VACANT, POLICY, LAST), ("scope_vacant",))


def test_a_condition_is_told_for_thirty_days_after_it_was_left() -> None:
    community = known([*VACANT, granted("github:2", "core", "2020-03-01")])
    history = community.history(LAST)
    for day, left in ((date(2020, 4, 1), [date(2020, 3, 3)]), (date(2020, 4, 2), [])):
        said = conditions_report(whole(history), community.snapshot.find(ConditionsEvaluation), POLICY, day)
        assert [one.left_on for one in said.left] == left
        assert said.left == [Left("scope_vacant", one) for one in left]
