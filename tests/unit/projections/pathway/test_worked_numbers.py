"""The contribution pathway, with numbers worked out by hand."""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import pytest

from events.envelope import Event
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, series
from tests.oracle.writing import contribution, event, granted, linked
from tests.unit.projections.pathway.pathway_numbers import ANYBODY, arrivals, number

STEPS = ("arrived", "second_day", "sustained", "core", "leader")


def on(days: Iterable[int], who: str = "github:1", kind: str = "commit", first: str = "2021-01-01") -> list[Event]:
    """One contribution on each of these days, counted from a first one."""
    return [contribution(who, date.fromisoformat(first) + timedelta(days=day), kind) for day in days]


def furthest(history: History, day: str) -> dict[str, float]:
    """The steps on which there is anybody."""
    told = {step: history.value(series("pathway_contributors", step=step), date.fromisoformat(day)) for step in STEPS}
    return {step: people for step, people in told.items() if people > 0}


def furthest_of(log: list[Event], day: str = "2021-12-31") -> list[str]:
    return list(furthest(fold(log, ANYBODY, date.fromisoformat(day)), day))


@pytest.mark.parametrize(
    ("days", "step"),
    [
        ([0], "arrived"),
        ([0, 0], "arrived"),
        ([0, 300], "second_day"),
        ([0, 1, 2], "second_day"),
        ([0, 1, 2, 89], "sustained"),
        ([0, 1, 2, 90], "second_day"),
        ([0, 1, 2, 90, 91], "second_day"),
        ([0, 2, 3, 90, 91], "sustained"),
    ],
)
def test_four_days_within_ninety_are_sustained(days: list[int], step: str) -> None:
    log = [one.model_copy(update={"id": f"{at}"}) for at, one in enumerate(on(days))]
    assert furthest_of(log) == [step]


FEBRUARY, MARCH, APRIL, SECOND_OF_JULY = 31, 59, 90, 182


@pytest.mark.parametrize(
    ("days", "step"),
    [
        ([*range(21), FEBRUARY, MARCH, APRIL], "core"),
        ([*range(22), MARCH, APRIL], "sustained"),
        ([*range(20), FEBRUARY, MARCH, APRIL], "sustained"),
        ([*range(21), FEBRUARY, MARCH, SECOND_OF_JULY], "core"),
        ([*range(21), FEBRUARY, MARCH, SECOND_OF_JULY + 1], "sustained"),
    ],
)
def test_core_is_24_days_within_183_in_four_months(days: list[int], step: str) -> None:
    assert furthest_of(on(days)) == [step]


def test_core_is_reached_by_active_work_alone() -> None:
    days = [*range(21), FEBRUARY, MARCH, APRIL]
    assert furthest_of(on(days, kind="bug_report") + on([0])) == ["sustained"]


def test_a_seat_makes_core_or_leader_of_whoever_works() -> None:
    log = on([0])
    assert furthest_of([*log, granted("github:1", "core", "2021-02-01", "member")]) == ["core"]
    assert furthest_of([*log, granted("github:1", "core", "2021-02-01", "owner")]) == ["leader"]
    assert furthest_of([*log, granted("github:2", "core", "2021-02-01", "owner")]) == ["arrived"]
    merged = [*log, granted("github:2", "core", "2021-02-01", "owner"), linked("github:2", "github:1", "2021-03-01")]
    assert furthest_of(merged) == ["leader"]


def test_a_seat_already_held_counts_for_how_far_and_gives_no_day() -> None:
    """Arrived in January, in the first roster in February, a second day in March."""
    held = granted("github:1", "core", "2021-02-01", "owner", already_held=True)
    history = fold([*on([0, 20, 70]), *on([0, 70], "github:2"), held], ANYBODY, date(2022, 3, 1))
    assert furthest(history, "2021-01-31") == {"arrived": 1, "second_day": 1}
    assert furthest(history, "2021-02-01") == {"arrived": 1, "leader": 1}
    assert number(history, "conversion_people", "arrived", "2021-04-30") == 2
    assert number(history, "conversion_ratio", "arrived", "2021-04-30") == 0.5
    assert np.isnan(number(history, "conversion_people", "core", "2022-03-01"))


def test_what_is_reached_on_the_day_of_a_seat_already_held_has_its_day() -> None:
    held = granted("github:1", "core", "2021-02-01", "owner", already_held=True)
    history = fold([*on([31]), held, *on([0], "github:2")], ANYBODY, date(2021, 12, 31))
    assert number(history, "conversion_people", "arrived", "2021-04-30") == 2


def test_of_two_first_seats_at_one_moment_the_one_already_held_began_before() -> None:
    held = granted("github:1", "core", "2021-02-01", "owner", already_held=True)
    log = [*on([0]), *on([0], "github:2"), held, granted("github:1", "docs", "2021-02-01", "owner")]
    history = fold([*log, granted("github:2", "docs", "2021-02-01", "owner")], ANYBODY, date(2021, 12, 31))
    assert number(history, "conversion_people", "core", "2021-12-31") == 1


@pytest.mark.parametrize(("after", "share"), [(180, 1), (181, 0)])
def test_who_became_core_leads_within_180_days_or_not_in_time(after: int, share: float) -> None:
    leads = date(2021, 2, 1) + timedelta(days=after)
    log = [granted("github:1", "core", "2021-02-01", "member"), granted("github:1", "core", leads, "owner")]
    history = fold([*on([31]), *log], ANYBODY, date(2022, 3, 1))
    assert number(history, "conversion_ratio", "core", "2021-09-27") == share


def test_nobody_is_on_the_way_before_they_first_contribute() -> None:
    log = [granted("github:1", "core", "2021-02-01", "owner"), *on([0], "github:2"), *on([120])]
    history = fold(log, ANYBODY, date(2021, 12, 31))
    assert number(history, "conversion_people", "arrived", "2021-04-30") == 1
    assert furthest(history, "2021-05-01") == {"arrived": 1, "leader": 1}
    assert number(history, "conversion_people", "arrived", "2021-07-30") == 1


def test_a_seat_is_no_second_day() -> None:
    """`1` leads from the day of their arrival and comes again after 29 and 31 days; `2` after 31, without a seat."""
    log = [granted("github:1", "core", "2021-02-01", "owner"), *on([31, 60, 62]), *on([31, 62], "github:2")]
    history = fold(log, ANYBODY, date(2021, 12, 31))
    assert furthest(history, "2021-02-01") == {"arrived": 1, "leader": 1}
    assert number(history, "conversion_people", "arrived", "2021-04-30") == 2
    assert number(history, "conversion_ratio", "arrived", "2021-04-30") == 0.5
    assert number(history, "step_days_median", "arrived", "2021-04-30") == 29
    assert np.isnan(number(history, "conversion_ratio", "arrived", "2021-04-29"))
    assert number(history, "conversion_people", "second_day", "2021-06-29") == 2
    assert number(history, "conversion_ratio", "second_day", "2021-06-29") == 0
    assert np.isnan(number(history, "conversion_people", "sustained", "2021-12-31"))


def test_the_way_from_core_to_leading_goes_by_seats_and_the_way_to_core_by_work() -> None:
    """Four days make `1` sustained, a seat core the day after, and another one a leader nine days later."""
    log = [granted("github:1", "core", "2021-01-05", "member"), granted("github:1", "core", "2021-01-14", "owner")]
    history = fold([*on([0, 1, 2, 3]), *log], ANYBODY, date(2021, 12, 31))
    assert number(history, "conversion_ratio", "sustained", "2021-12-31") == 0
    assert number(history, "conversion_ratio", "core", "2021-12-31") == 1
    assert number(history, "step_days_median", "core", "2021-12-31") == 9


def test_a_horizon_is_counted_in_days_and_its_last_day_is_in() -> None:
    log = arrivals("2021-01-01", 20, 7, after=30) + arrivals("2021-04-01", 20, 7, after=31)
    history = fold(log, CommunityPolicy(), date(2023, 1, 1))
    assert np.isnan(number(history, "conversion_ratio", "arrived", "2021-04-29"))
    assert number(history, "conversion_ratio", "arrived", "2021-04-30") == 7 / 20
    assert number(history, "step_days_median", "arrived", "2021-04-30") == 30
    assert number(history, "conversion_ratio", "arrived", "2021-07-29") == 7 / 20
    assert number(history, "conversion_ratio", "arrived", "2021-07-30") == 0
    assert np.isnan(number(history, "step_days_median", "arrived", "2021-07-30"))
    assert number(history, "conversion_ratio", "arrived", "2022-12-22") == 0
    assert np.isnan(number(history, "conversion_ratio", "arrived", "2022-12-23"))


def test_a_quarter_of_19_is_passed_over_for_an_older_one_of_20() -> None:
    log = arrivals("2021-01-01", 20, 5) + arrivals("2021-04-01", 19, 19)
    history = fold(log, CommunityPolicy(), date(2021, 12, 31))
    assert number(history, "conversion_ratio", "arrived", "2021-12-31") == 0.25
    assert number(history, "conversion_people", "arrived", "2021-12-31") == 20


def test_the_pathway_adds_up_to_the_active() -> None:
    log = on([0, 40, 80]) + on([5], "github:2") + on(range(0, 200, 7), "github:3")
    history = fold([*log, granted("github:2", "core", "2021-03-01")], ANYBODY, date(2022, 3, 1))
    for day in ("2021-01-01", "2021-05-01", "2021-12-31", "2022-01-06", "2022-03-01"):
        active = history.value(series("active_contributors", window_days=365), date.fromisoformat(day))
        assert sum(furthest(history, day).values()) == active


def test_leading_is_absent_before_the_first_role() -> None:
    history = fold([*on([0]), granted("github:9", "core", "2021-03-01")], ANYBODY, date(2021, 3, 1))
    assert np.isnan(number(history, "contributors", "leader", "2021-02-28"))
    assert number(history, "contributors", "leader", "2021-03-01") == 0
    assert number(history, "contributors", "core", "2021-02-28") == 0


@pytest.mark.parametrize("people", [0, 1, 4, 5, 9])
def test_small_numbers_divide_by_nothing(people: int) -> None:
    log = [*arrivals("2021-01-01", people, people // 2), event("scope.declared", "2021-01-01", {"scope": "a"}, "s")]
    for policy in (CommunityPolicy(), ANYBODY):
        history = fold(log, policy, date(2022, 12, 31))
        ratio = number(history, "conversion_ratio", "arrived", "2021-04-30")
        assert np.isnan(ratio) or ratio == (people // 2) / people
