"""Small logs whose growth anybody can work out: the oracle is right about it, and so are we."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import exp, log1p
from math import log as ln
from typing import Final

import numpy as np
import pytest

from events.envelope import Event
from projections.growth.verdict import VERDICTS, YearOnYear, reading
from projections.policy.policy import CommunityPolicy, SourcePolicy
from tests.oracle import growth
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


def test_monthly_contributors_are_those_of_four_closed_weeks(ask: Ask) -> None:
    log = [contribution("github:0", MONDAY, "bug_report"), *weeks_of([1, 3, 0, 2, 0, 0, 1], MONDAY)]
    assert [ask(log, sunday(week), "monthly_contributors") for week in range(3, 8)] == [None, 3, 3, 2, 2]


def works(weeks: Mapping[str, Iterable[int]]) -> list[Event]:
    """People by the weeks in which they worked, counted from 1; week 1 is there because somebody reported something."""
    log = [contribution("github:0", MONDAY, "bug_report")]
    return log + [
        contribution(f"github-login:{who}", MONDAY + timedelta(days=7 * week - 5))
        for who, theirs in weeks.items()
        for week in theirs
    ]


FEW: Final = works(
    {
        "a": (4, 8, 12, 56, 60, 64),
        "b": (4, 8, 12),
        "c": (56, 60, 64),
        "d": (64,),
        "e": (60,),
        "f": (56,),
        "g": (64,),
        "h": (12,),
    }
)
FADING: Final = works(
    {
        f"p{i}": [w for w in range(1, 161) if 1.25 * i - 30 <= w <= 1.25 * i + 20 and (i * i + 3 * w) % 7 < 2]
        for i in range(60)
    }
)


def holds(ask: Ask, log: list[Event], weeks: int, *policy: CommunityPolicy) -> list[str]:
    """The verdicts that hold at the end of a week."""
    return [one for one in VERDICTS if ask(log, sunday(weeks), "growth_verdict", *policy, verdict=one) == 1]


def told(ask: Ask, log: list[Event], weeks: int) -> tuple[float, float]:
    """m and SE at the end of a week, from the change and its interval."""
    numbers = [ask(log, sunday(weeks), f"growth_change_{name}ratio") for name in ("", "low_", "high_")]
    middle, low, high = (log1p(number) for number in numbers if number is not None)
    return middle, (high - low) / 5


def test_the_first_change_is_of_the_sixty_fourth_week(ask: Ask) -> None:
    assert ask(FEW, sunday(63), "growth_change_ratio") is None
    assert told(ask, FEW, 64) == pytest.approx((0.308086, 0.523716), abs=1e-6)
    assert holds(ask, FEW, 64) == ["unknown"]


def test_a_community_that_fades_is_told_once_six_weeks_say_so(ask: Ask) -> None:
    people = [ask(FADING, sunday(week), "monthly_contributors") for week in (64, 69, 90, 104)]
    assert people == [18, 16, 3, 0]
    expected = {
        64: (0.06899, 0.30599),
        69: (-0.27440, 0.28434),
        90: (-0.87687, 0.28246),
        104: (-1.52999, 0.28950),
    }
    for week, numbers in expected.items():
        assert told(ask, FADING, week) == pytest.approx(numbers, abs=1e-5)
    assert holds(ask, FADING, 90) != ["shrinking"]
    assert holds(ask, FADING, 104) == ["shrinking"]


def test_the_first_verdict_waits_for_six_weeks_that_read_alike(ask: Ask) -> None:
    log = [contribution("github:0", MONDAY), *weeks_of([200] * 52 + [400] * 17, MONDAY)]
    assert holds(ask, log, 68) == ["unknown"]
    assert holds(ask, log, 69) == ["growing"]


def test_the_same_people_week_after_week_are_flat(ask: Ask) -> None:
    log = [contribution("github:0", MONDAY), *weeks_of([60] * 104, MONDAY)]
    assert [ask(log, sunday(week), "growth_change_ratio") for week in (64, 104)] == [0, 0]
    assert [holds(ask, log, week) for week in (69, 104)] == [["unclear"], ["flat"]]


def test_what_may_be_chance_is_unclear(ask: Ask) -> None:
    log = [contribution("github:0", MONDAY), *weeks_of([2] * 52 + [3] * 17, MONDAY)]
    assert ask(log, sunday(69), "growth_change_ratio") == pytest.approx(3.5 / 2.5 - 1)
    assert holds(ask, log, 69) == ["unclear"]


@pytest.mark.parametrize(
    ("mean", "half", "reads"),
    [
        (ln(1.11), ln(1.10), "growing"),
        (ln(1.09), 0.01, "flat"),  # less than a tenth more, however sure
        (ln(1.11), ln(1.12), "flat"),
        (ln(1.12), ln(1.12), "unclear"),  # up to a quarter more
        (-ln(1.11), ln(1.10), "shrinking"),
        (-ln(1.12), ln(1.12), "unclear"),
        (0.0, ln(1.25), "unclear"),
        (0.0, ln(1.24), "flat"),
    ],
)
def test_what_a_week_reads(mean: float, half: float, reads: str) -> None:
    error = half / 2.5
    assert VERDICTS[YearOnYear(np.array([mean]), np.array([error])).readings[0]] == reads
    assert growth.Change(mean, error).reading == reads
    assert reading(*(exp(mean + end * half) - 1 for end in (0, -1, 1))) == reads or half in (ln(1.12), ln(1.25))


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
    assert ask(log, last, "growth_verdict", policy, verdict="unclear") == 1
    assert ask(log, str(date.fromisoformat(last) + timedelta(days=1)), "growth_verdict", policy, verdict="unknown") == 1


@pytest.mark.parametrize(("people", "verdict"), [(10, "unknown"), (11, "unclear")])
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
    assert ask([*log, older], sunday(106), "growth_verdict", policy, verdict="unclear") == 1


def test_three_checks_make_a_cadence(ask: Ask) -> None:
    log = [contribution("github:0", MONDAY), *weeks_of([3] * 100, MONDAY)]
    checks = [checked("git:one", moment("2020-03-03"), when) for when in ("2020-03-01", "2020-03-02", "2020-03-03")]
    assert ask(log + checks, "2020-03-05", "weekly_contributors") == 3
    assert ask(log + checks, "2020-03-06", "weekly_contributors") is None
    assert ask(log + checks, sunday(95), "growth_verdict", verdict="unknown") == 1
    assert ask(log + checks, sunday(95), "source_checked_timestamp_seconds", source="git:one") == 1583236800
    ended = event("source.retired", "2021-01-01", {"source": "git:one"}, "end")
    assert ask([*log, *checks, ended], sunday(95), "growth_verdict", verdict="unclear") == 1
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
