"""Small logs whose growth anybody can work out: the oracle is right about it, and so are we."""

from datetime import date, timedelta
from math import exp

import pytest

from projections.policy.policy import CommunityPolicy, SourcePolicy
from tests.oracle.writing import checked, contribution, event, goal, moment, weeks_of
from tests.support import asking
from tests.support.asking import Ask

ask = asking.ask
"""The fixture that asks the oracle and us."""


MONDAY = date(2020, 1, 6)


def sunday(weeks: int) -> str:
    return str(MONDAY + timedelta(days=7 * weeks - 1))


def test_the_week_in_which_it_began_does_not_count(ask: Ask) -> None:
    log = [contribution("github:1", "2020-01-07"), *weeks_of([2], date(2020, 1, 13))]
    days = ("2020-01-12", "2020-01-18", "2020-01-19", "2020-01-25", "2020-01-26")
    assert [ask(log, day, "weekly_contributors") for day in days] == [None, None, 2, 2, 0]


def test_no_verdict_before_ninety_one_weeks(ask: Ask) -> None:
    log = weeks_of([3] * 91, MONDAY)
    early = [contribution("github:0", MONDAY)]
    assert ask(early + log, sunday(90), "growth_verdict", verdict="unknown") == 1
    assert ask(early + log, sunday(90), "growth_change_ratio") is None
    assert ask(early + log, sunday(91), "growth_verdict", verdict="flat") == 1
    assert ask(early + log, sunday(91), "growth_change_high_ratio") == 0


def test_double_of_a_year_ago_is_growing(ask: Ask) -> None:
    log = [contribution("github:0", MONDAY), *weeks_of([2] * 52 + [4] * 39, MONDAY)]
    assert ask(log, sunday(91), "growth_verdict", verdict="growing") == 1
    assert ask(log, sunday(91), "growth_verdict", verdict="flat") == 0
    for family in ("growth_change_ratio", "growth_change_low_ratio", "growth_change_high_ratio"):
        assert ask(log, sunday(91), family) == pytest.approx(4.5 / 2.5 - 1)


def test_five_percent_more_is_flat_however_sure(ask: Ask) -> None:
    log = [contribution("github:0", MONDAY), *weeks_of([20] * 52 + [21] * 39, MONDAY)]
    assert ask(log, sunday(91), "growth_change_low_ratio") == pytest.approx(21.5 / 20.5 - 1)
    assert ask(log, sunday(91), "growth_verdict", verdict="flat") == 1
    less = [contribution("github:0", MONDAY), *weeks_of([21] * 52 + [20] * 39, MONDAY)]
    assert ask(less, sunday(91), "growth_verdict", verdict="flat") == 1


def test_beyond_a_hundred_sources_the_youngest_share_a_label(ask: Ask) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(102)]
    log = [contribution("github:1", day, source=f"s{200 - number}") for number, day in enumerate(days)]
    log += [checked(f"s{200 - number}", moment(day), str(day)) for number, day in enumerate(days)]
    newest, oldest = moment(days[101]).timestamp(), moment(days[100]).timestamp()
    assert ask(log, str(days[101]), "source_last_event_timestamp_seconds", source="other") == newest
    assert ask(log, str(days[101]), "source_checked_timestamp_seconds", source="other") == oldest
    assert ask(log, str(days[101]), "source_last_event_timestamp_seconds", source="s99") is None
    assert ask(log, str(days[101]), "source_last_event_timestamp_seconds", source="s101") is not None


def test_a_source_that_is_not_checked_covers_the_verdict(ask: Ask) -> None:
    policy = CommunityPolicy(sources={"git:one": SourcePolicy(cadence_days=10)})
    log = [contribution("github:0", MONDAY), *weeks_of([3] * 100, MONDAY)]
    through = moment(sunday(91))
    log = [*log, checked("git:one", through, "2020-01-01")]
    last = str((through + timedelta(days=29)).date())
    assert ask(log, last, "growth_verdict", policy, verdict="flat") == 1
    assert ask(log, str(date.fromisoformat(last) + timedelta(days=1)), "growth_verdict", policy, verdict="unknown") == 1
    assert ask(log, "2022-03-01", "growth_verdict", verdict="flat") == 1


@pytest.mark.parametrize(("people", "verdict"), [(10, "unknown"), (11, "flat")])
def test_a_tenth_of_the_active_people_covers_the_verdict(ask: Ask, people: int, verdict: str) -> None:
    policy = CommunityPolicy(sources={"forge": SourcePolicy(cadence_days=1)})
    log = [contribution("github:0", MONDAY), *weeks_of([people] * 95, MONDAY)]
    log += [contribution("github:0", sunday(91), source="forge"), checked("forge", moment(sunday(91)), "2020-01-01")]
    assert ask(log, sunday(95), "growth_verdict", policy, verdict=verdict) == 1


def test_the_oldest_check_decides_whose_people_are_counted(ask: Ask) -> None:
    policy = CommunityPolicy(sources={name: SourcePolicy(cadence_days=1) for name in ("forge", "git:two")})
    log = [contribution("github:0", MONDAY), *weeks_of([3] * 110, MONDAY)]
    log += [contribution("github:0", sunday(104), source="forge"), checked("forge", moment(sunday(104)), "2020-01-01")]
    assert ask(log, sunday(106), "growth_verdict", policy, verdict="unknown") == 1
    older = checked("git:two", moment(sunday(100)), "2020-01-01")
    assert ask([*log, older], sunday(106), "growth_verdict", policy, verdict="flat") == 1


def test_three_checks_make_a_cadence(ask: Ask) -> None:
    log = [contribution("github:0", MONDAY), *weeks_of([3] * 100, MONDAY)]
    checks = [checked("git:one", moment("2020-03-03"), when) for when in ("2020-03-01", "2020-03-02", "2020-03-03")]
    assert ask(log + checks[:2], sunday(95), "growth_verdict", verdict="flat") == 1
    assert ask(log + checks, sunday(95), "growth_verdict", verdict="unknown") == 1
    assert ask(log + checks, sunday(95), "source_checked_timestamp_seconds", source="git:one") == 1583236800
    ended = event("source.retired", "2021-01-01", {"source": "git:one"}, "end")
    assert ask([*log, *checks, ended], sunday(95), "growth_verdict", verdict="flat") == 1
    assert ask([*log, *checks, ended], sunday(95), "source_checked_timestamp_seconds", source="git:one") is None
    assert ask([*log, *checks, ended], "2020-12-31", "source_checked_timestamp_seconds", source="git:one") == 1583236800


def test_the_path_to_the_goal(ask: Ask) -> None:
    aim = goal("2020-01-01", 2, "2020-01-01", 100, "2020-01-11", "git:two")
    log = [aim, contribution("github:1", "2020-01-01"), contribution("github:2", "2020-01-01", source="git:two")]
    days = ("2019-12-31", "2020-01-01", "2020-01-06", "2020-01-11", "2020-01-20")
    assert [ask(log, day, "goal_target_contributors") for day in days] == [None, 2, pytest.approx(20), 200, 200]
    assert ask(log, "2020-01-06", "growth_path_ratio") == pytest.approx(0.1)
    assert ask(log, "2020-01-06", "growth_ratio", coverage="all") == 1
    assert ask(log, "2020-01-06", "growth_ratio", coverage="same_sources") == 0.5
    assert ask(log, "2020-01-06", "goal_due_timestamp_seconds") == 1578700800


def test_a_goal_goes_with_its_source(ask: Ask) -> None:
    aim = goal("2020-01-01", 2, "2020-01-01", 100, "2020-01-11")
    withdrawal = event("source.withdrawn", "2022-01-01", {"source": aim.source}, "w", source="git:two")
    log = [contribution("github:1", "2020-01-02", source="git:two"), aim]
    assert ask(log, "2020-01-05", "goal_baseline_contributors") == 2
    assert ask([*log, withdrawal], "2020-01-05", "goal_baseline_contributors") is None


def test_when_a_steady_doubling_reaches_the_goal(ask: Ask) -> None:
    ends = [date(2021, month, 1) - timedelta(days=1) for month in range(2, 9)]
    log = [
        contribution(f"github:{person}", end)
        for end in ends
        for person in range(round(10 * exp((end - ends[0]).days / 31)))
    ]
    policy = CommunityPolicy(windows_days=(1,), headline_window_days=1)
    log.append(goal("2021-01-01", 1, "2021-01-01", 10_000, "2022-01-01"))
    earliest = ask(log, "2021-07-31", "goal_eta_earliest_timestamp_seconds", policy)
    latest = ask(log, "2021-07-31", "goal_eta_latest_timestamp_seconds", policy)
    assert earliest is not None
    assert latest is not None
    assert moment("2021-08-29").timestamp() <= earliest <= latest <= moment("2021-09-06").timestamp()
    assert earliest % 86400 == latest % 86400 == 0
    assert ask(log, "2021-05-31", "goal_eta_earliest_timestamp_seconds", policy) is None


def test_corrections_are_what_became_of_the_start(ask: Ask) -> None:
    published = {"name": "tenfold_active_contributors", "labels": {"window_days": "30"}, "value": 3.0}
    closed = {"day": date(2020, 1, 1), "samples": (published,), "read_model_version": 1, "policy": "x"}
    log = [contribution("github:1", "2020-01-01"), event("day.published", "2020-01-02", closed, "2020-01-01")]
    assert ask(log, "2020-01-31", "growth_corrections", window_days=30) == -2
    assert ask(log, "2020-01-30", "growth_corrections", window_days=30) is None
    assert ask(log, "2020-03-31", "growth_corrections", window_days=90) is None


def test_corrections_speak_of_days_that_a_withdrawal_emptied(ask: Ask) -> None:
    published = {"name": "tenfold_active_contributors", "labels": {"window_days": "30"}, "value": 5.0}
    closed = {"day": date(2020, 1, 1), "samples": (published,), "read_model_version": 1, "policy": "x"}
    log = [contribution("github:1", "2020-01-31"), event("day.published", "2020-01-02", closed, "2020-01-01")]
    assert ask(log, "2020-01-31", "growth_corrections", window_days=30) == -5
