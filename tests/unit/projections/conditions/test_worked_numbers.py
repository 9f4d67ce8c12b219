"""Every condition just below, at and just above its thresholds, worked by hand; and across unknown days."""

import numpy as np
import pytest
from numpy.typing import NDArray

from projections.activity.conditions import Weekly, many_lapsing, retention_dropped, unusual_arrivals
from projections.collaboration.conditions import no_cross_team
from projections.communication.conditions import overdue
from projections.freshness.conditions import PublishedActive, history_unsettled
from projections.growth.conditions import Goals, Verdicts, behind_path, growth_stalled, shrinking
from projections.growth.verdict import VERDICTS
from projections.leadership.conditions import no_new_leader, scopes_vacant, strength_falling
from projections.leadership.vacancies import ScopeStates
from projections.mentoring.conditions import mentor_overloaded, newcomers_unmentored
from projections.pathway.conditions import pathway_gap
from projections.responses.conditions import newcomers_unanswered
from projections.stage.conditions import coordinator_runway
from projections.timeline.history import Share
from projections.timeline.hysteresis import lasting, latched, lately, since, up_to
from projections.timeline.ranges import Flags

NAN = float("nan")


def days(*parts: tuple[float, int]) -> NDArray[np.float64]:
    """Values, each for so many days."""
    return np.array([value for value, count in parts for _ in range(count)], np.float64)


def turns(held: Flags) -> list[int]:
    """The days, from 0, on which it was entered and left in turn."""
    return np.flatnonzero(np.diff(np.append(False, held).astype(int))).tolist()


def verdicts(*parts: tuple[str, int]) -> Verdicts:
    """Verdicts, each for so many days."""
    held = np.array([name for name, count in parts for _ in range(count)])
    return Verdicts(*(held == one for one in VERDICTS[:4]))


def without_goal(length: int) -> Goals:
    return Goals(np.zeros(length, bool), np.full(length, NAN), np.full(length, NAN))


def test_a_third_of_twenty_or_more_lapsing_for_seven_days_until_less_than_a_quarter() -> None:
    lapsing = days((7, 6), (6, 1), (7, 7), (5, 3), (4, 3), (7, 9))
    assert turns(many_lapsing(Share(lapsing, days((20, 20), (19, 9))))) == [13, 17]
    assert turns(many_lapsing(Share(days((7, 10)), days((21, 10))))) == [6]
    assert turns(many_lapsing(Share(days((7, 10)), days((22, 10))))) == []
    assert turns(many_lapsing(Share(days((7, 10), (0, 2)), days((21, 10), (0, 2))))) == [6, 10]


def test_for_28_days_includes_this_one_and_a_day_without_a_value_begins_anew() -> None:
    assert turns(lasting(days((0.7, 30)) < 0.8, 28)) == [27]
    assert turns(lasting(days((0.7, 27), (NAN, 1), (0.7, 28)) < 0.8, 28)) == [55]
    assert turns(lately(days((0, 1), (1, 1), (0, 5)) == 1, 3)) == [1, 4]


def test_what_is_held_stays_held_across_days_without_a_value() -> None:
    values = days((6, 14), (NAN, 10), (6, 1), (NAN, 3), (4, 1), (NAN, 3))
    assert turns(mentor_overloaded(values, 5)) == [13, 28]


def test_nothing_is_left_on_a_day_on_which_it_would_be_entered() -> None:
    both = np.array([True, True, True, False])
    assert latched(both, np.array([True, True, True, True])).tolist() == [True, True, True, False]


def test_since_is_absent_until_it_first_changes() -> None:
    found = since(np.array([False, True, True, False]), np.array([10, 11, 12, 13]))
    assert np.isnan(found[0])
    assert found[1:].tolist() == [11 * 86400, 11 * 86400, 13 * 86400]


def test_a_day_that_is_not_over_is_as_the_day_before() -> None:
    assert up_to(np.array([0.0, 1.0, 0.0]), 2).tolist() == [0.0, 1.0, 1.0]
    assert np.isnan(up_to(np.array([1.0]), 0)).all()


def test_shrinking_outlasts_days_on_which_the_verdict_is_unknown() -> None:
    assert turns(shrinking(verdicts(("shrinking", 5), ("unknown", 9), ("shrinking", 2), ("flat", 1)))) == [
        0,
        16,
    ]


@pytest.mark.parametrize("neither", ["flat", "unclear"])
def test_growth_has_stalled_after_28_days_of_no_growth_and_a_plateau_is_no_news_after_180(neither: str) -> None:
    held = growth_stalled(verdicts(("growing", 3), (neither, 400)), without_goal(403))
    assert turns(held) == [30, 210]


@pytest.mark.parametrize(("unknown", "entered"), [(151, [179]), (152, [])])
def test_growth_stalls_only_within_180_days_of_growing(unknown: int, entered: list[int]) -> None:
    verdict = verdicts(("growing", 1), ("unknown", unknown), ("flat", 40))
    assert turns(growth_stalled(verdict, without_goal(unknown + 41))) == entered


def test_with_a_goal_growth_stalls_below_the_line_and_for_as_long_as_it_takes() -> None:
    path = days((0.99, 300), (1.0, 1), (0.99, 1))
    goal = Goals(np.ones(302, bool), np.arange(302.0), path)
    assert turns(growth_stalled(verdicts(("flat", 302)), goal)) == [27, 300, 301]


def test_behind_the_path_is_below_80_percent_for_28_days_and_90_days_after_the_baseline() -> None:
    path = days((0.79, 100), (0.89, 20), (0.9, 13), (0.89, 1), (0.9, 14))
    goal = Goals(np.ones(148, bool), np.arange(148.0), path)
    assert turns(behind_path(goal)) == [90, 147]
    assert turns(behind_path(Goals(goal.there, goal.age, np.full(148, 0.8)))) == []


@pytest.mark.parametrize(
    ("then", "now", "entered"),
    [
        ((80, 100), (65, 100), True),  # 15 points; Newcombe 0.026 to 0.269
        ((80, 100), (70, 100), False),  # 10 points; Newcombe −0.019 to 0.216
        ((800, 1000), (700, 1000), True),  # 10 points; Newcombe 0.062 to 0.137
        ((800, 1000), (701, 1000), False),  # 9.9 points
        ((29, 29), (5, 30), False),  # fewer than 30 a year ago
        ((30, 30), (5, 30), True),
    ],
)
def test_retention_has_dropped(then: tuple[int, int], now: tuple[int, int], entered: bool) -> None:
    part = days((then[0], 365), (now[0], 28))
    whole = days((then[1], 365), (now[1], 28))
    assert turns(retention_dropped(Share(part, whole))) == ([392] if entered else [])


def test_retention_of_fewer_than_28_days_is_no_drop() -> None:
    part, whole = days((800, 365), (700, 27), (800, 1), (700, 28)), days((1000, 421))
    assert turns(retention_dropped(Share(part, whole))) == [420]


def test_retention_is_back_below_a_gap_of_5_points() -> None:
    part, whole = days((800, 365), (700, 28), (750, 3), (751, 1)), days((1000, 397))
    assert turns(retention_dropped(Share(part, whole))) == [392, 396]


@pytest.mark.parametrize(("week", "unusual"), [(19, False), (20, True)])
def test_arrivals_are_unusual_from_20_in_a_week_and_six_deviations_above_the_median(week: int, unusual: bool) -> None:
    weekly = np.array([2, 4] * 13 + [week])  # median 3, median deviation 1: more than 9, and 20
    assert bool(unusual_arrivals(Weekly(weekly, np.array([26])))[0]) is unusual


def test_arrivals_are_ordinary_after_four_ordinary_weeks() -> None:
    weekly = np.array([10, 14] * 13 + [24, 27, 12, 12, 12, 12])  # more than 12 + 6·2, then more than 14 + 6·2
    assert turns(unusual_arrivals(Weekly(weekly, np.arange(32)))) == [27, 31]


@pytest.mark.parametrize(("active", "entered"), [(19, []), (20, [366])])
def test_no_new_leader_for_more_than_365_days_among_20_active(active: int, entered: list[int]) -> None:
    age = np.append(np.arange(400.0), 0.0)
    assert turns(no_new_leader(age, np.full(401, float(active)))) == (entered and [*entered, 400])


def test_no_new_leader_stays_while_people_lapse() -> None:
    age, active = np.arange(420.0), days((20, 370), (19, 50))
    assert turns(no_new_leader(age, active)) == [366]


@pytest.mark.parametrize(
    ("before", "after", "whole", "entered"),
    [(8, 7, 10, False), (8, 6, 10, True), (18, 16, 20, True), (18, 17, 20, False), (9, 7, 9, False)],
)
def test_strength_falls_by_a_tenth_and_two_scopes_of_ten(before: int, after: int, whole: int, entered: bool) -> None:
    held = strength_falling(Share(days((before, 180), (after, 1)), days((whole, 181))))
    assert bool(held[180]) is entered


def test_strength_is_back_within_5_points_of_what_it_was_before_it_fell() -> None:
    part = days((16, 180), (14, 200), (15, 1))
    assert turns(strength_falling(Share(part, np.full(381, 20.0)))) == [180, 380]


def scope(vacant: str, held: str, led: str = "", there: str = "") -> Flags:
    """One scope from days written as `x` where something holds."""
    masks = [np.array([[letter == "x" for letter in one.ljust(len(vacant), "-")]]) for one in (vacant, led, held)]
    exists = np.array([[letter == "x" for letter in there]]) if there else np.ones(masks[0].shape, bool)
    found: Flags = scopes_vacant(ScopeStates(exists, masks[0], masks[1], masks[2]), np.zeros(masks[0].shape, bool))[0]
    return found


def test_a_scope_is_vacant_for_14_days_and_led_for_3() -> None:
    vacant = "-" + "x" * 20 + "------" + "-"
    led = "x" + "-" * 20 + "xx-xxx" + "-"
    assert turns(scope(vacant, "x" + "-" * 27, led)) == [14, 26]
    assert turns(scope(vacant, "-" * 28, led)) == []


def test_a_scope_matters_for_90_days_after_it_last_held_a_twentieth() -> None:
    for wait, entered in ((75, [89]), (76, [])):
        assert turns(scope("-" * (wait + 1) + "x" * 20, "x", "", "x" * (wait + 21)))[:1] == entered


def test_a_scope_that_is_retired_is_vacant_no_more() -> None:
    assert turns(scope("-" + "x" * 14 + "--", "x", "x", "x" * 15 + "--")) == [14, 15]


def test_the_runway_is_short_for_28_days_and_long_for_14() -> None:
    high = days((1, 28), (0, 14)) == 1
    assert turns(coordinator_runway(high, ~high)) == [27, 41]


@pytest.mark.parametrize(("coverage", "newcomers", "entered"), [(0.19, 10, [0]), (0.2, 10, []), (0.19, 9, [])])
def test_newcomers_are_unmentored_below_a_fifth_of_ten(coverage: float, newcomers: int, entered: list[int]) -> None:
    ones = np.ones(3)
    held = newcomers_unmentored(days((coverage, 1), (0.29, 1), (0.3, 1)), newcomers * ones, ones)
    assert turns(held) == (entered and [0, 2])


def test_nobody_is_unmentored_where_nobody_was_mentored_in_a_year() -> None:
    coverage, newcomers = np.zeros(367), np.full(367, 10.0)
    assert turns(newcomers_unmentored(coverage, newcomers, np.zeros(367))) == []
    held = newcomers_unmentored(days((1, 365), (0, 2)), newcomers, days((1, 1), (0, 366)))
    assert turns(held) == []


def test_mentoring_rests_on_one_person_above_5_for_14_days_until_4() -> None:
    assert turns(mentor_overloaded(days((5, 20), (6, 14), (5, 9), (4, 1)), 5)) == [33, 43]


@pytest.mark.parametrize(("waiting", "newcomers", "entered"), [(5, 16, [13]), (5, 17, []), (4, 4, []), (6, 20, [])])
def test_newcomers_are_unanswered_from_5_and_above_30_percent(waiting: int, newcomers: int, entered: list[int]) -> None:
    unanswered = days((waiting, 14), (3, 1), (2, 1))
    assert turns(newcomers_unanswered(unanswered, np.full(16, float(newcomers)))) == (entered and [13, 15])


def test_a_gap_holds_until_it_is_acknowledged_or_shows_no_more() -> None:
    gap, nobody = days((0, 1), (1, 3), (0, 1), (1, 2), (NAN, 1)), np.zeros(8, bool)
    assert turns(pathway_gap(gap, nobody)) == [1, 4, 5, 7]
    assert turns(pathway_gap(gap, np.arange(8) == 2)) == [1, 2, 3, 4, 5, 7]


def test_a_report_is_overdue_after_a_third_more_than_its_cadence() -> None:
    age = np.append(np.arange(61.0), 0.0)
    assert turns(overdue(age, 45)) == [60, 61]
    assert turns(overdue(np.full(9, NAN), 45)) == []


def test_nobody_works_across_teams_for_28_days_until_two_do_for_14() -> None:
    people = days((0, 30), (1, 20), (2, 14))
    assert turns(no_cross_team(people, np.full(64, 2.0))) == [27, 63]
    assert turns(no_cross_team(people, np.full(64, 1.0))) == []


@pytest.mark.parametrize(("known", "off"), [(10, False), (11, False), (9, True), (12, True), (0, True)])
def test_history_is_unsettled_where_what_was_published_is_off_by_more_than_a_tenth(known: int, off: bool) -> None:
    assert bool(history_unsettled([PublishedActive(0, 10.0, float(known))], 1)[0]) is off


def test_history_is_settled_when_a_day_was_published_that_holds_and_two_days_have_passed() -> None:
    told = [PublishedActive(2, 10, 20), PublishedActive(3, 20, 20), PublishedActive(5, 20, 20)]
    assert turns(history_unsettled(told, 7)) == [2, 5]
