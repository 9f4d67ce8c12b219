from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from projections.disclosure.view import Disclosure, everything, public
from projections.growth.goal import Goal
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of
from projections.timeline.history import History, Series, series
from reports import headline as summary
from tests.unit.reports.two_days import DAY, judged, on


@pytest.mark.parametrize(
    ("verdict", "numbers", "sentence"),
    [
        (
            "growing",
            (0.18, 0.08, 0.29),
            "Growing: 18 % more people a month over the last year than a year before (8 to 29 %)",
        ),
        (
            "unclear",
            (0.12, -0.17, 0.5),
            "Cannot tell yet: 12 % more people a month over the last year than a year before (−17 to 50 %)",
        ),
        (
            "shrinking",
            (-0.4, -0.5, -0.28),
            "Shrinking: 40 % fewer people a month over the last year than a year before (−50 to −28 %)",
        ),
        ("flat", (-0.004, -0.1, 0.1), "Flat: as many people a month over the last year as a year before (−10 to 10 %)"),
    ],
)
def test_a_verdict_is_a_sentence_with_its_interval(
    verdict: str, numbers: tuple[float, float, float], sentence: str
) -> None:
    said = summary.verdict(everything(on(judged(verdict, *numbers))), DAY, 90)
    assert said.sentence == sentence
    assert said.standing == "so since 22 Aug 2026"


def test_what_is_unclear_says_that_it_may_be_chance() -> None:
    said = summary.verdict(everything(on(judged("unclear", 0.12, -0.17, 0.5))), DAY, 90)
    change = (
        "12 % more people a month over the last year than a year before (between −17 % and +50 %; which may be chance)"
    )
    assert said.plain == f"cannot tell yet. {change}. So since 22 Aug 2026."
    sure = summary.verdict(everything(on(judged("unclear", 0.12, 0.05, 0.19))), DAY, 90)
    assert "chance" not in sure.plain


def test_a_verdict_in_force_says_what_the_last_week_reads() -> None:
    said = summary.verdict(everything(on(judged("growing", 0.12, -0.17, 0.5))), DAY, 90)
    assert said.standing == (
        "so since 22 Aug 2026; the last week by itself reads cannot tell yet, and 6 in a row change it"
    )
    few = {series("active_contributors", window_days=90): 9.0}
    hidden = summary.verdict(public(on(judged("growing", 0.12, -0.17, 0.5) | few), CommunityPolicy()), DAY, 90)
    assert hidden.standing == "so since 22 Aug 2026"


def test_beside_it_stands_how_many_are_active_and_were_a_year_before() -> None:
    active = series("active_contributors", window_days=90)
    values = {active: np.append(np.full(365, 228.0), 343.0)}
    said = summary.verdict(everything(History(date(2025, 8, 22), values)), DAY, 90, "it is new")
    assert said.beside == "343 active in 90 days, 228 a year before"
    assert said.sentence == "Unknown: it is new; 343 active in 90 days, 228 a year before"


def test_no_verdict_gives_its_reason() -> None:
    numbers = judged("unknown", 0.1, 0.0, 0.2)
    said = summary.verdict(everything(on(numbers)), DAY, 90, "there are 12 weeks")
    assert (said.sentence, said.since, said.standing) == ("Unknown: there are 12 weeks", None, "")
    assert summary.verdict(everything(History(DAY, {})), DAY, 90).sentence == "Unknown."
    assert summary.reason(on(numbers | weeks(70)), DAY) == "a verdict needs 6 weeks in a row that read alike"


def weeks(count: float) -> dict[Series, float]:
    return {series("weekly_contributors"): count}


def test_over_too_few_people_the_public_hears_the_verdict_alone() -> None:
    few = {series("active_contributors", window_days=90): 9.0}
    said = summary.verdict(public(on(judged("growing", 0.2, 0.1, 0.3) | few), CommunityPolicy()), DAY, 90)
    assert said.sentence == "Growing: over too few people to say by how much; 9 active in 90 days"


def held(day: date, baseline: float = 30.0) -> Goal:
    """A goal of ten times as many, set on a day."""
    said = datetime.combine(day, datetime.max.time(), UTC), "g", "s"
    return Goal(said, baseline, number_of(day) - 365, 10.0, number_of(date(2027, 8, 22)), None)


def goal(target: float, days_before: int) -> dict[Series, float]:
    factor = 10 ** (1 / 1000)
    return {
        series("goal_baseline_contributors"): 30.0,
        series("goal_target_contributors"): target * factor**-days_before,
        series("goal_due_timestamp_seconds"): number_of(date(2027, 8, 22)) * 86400.0,
        series("growth_ratio", coverage="same_sources"): 1.5,
        series("growth_path_ratio"): 45 / target,
    }


def test_a_goal_says_where_it_aims_and_where_we_are() -> None:
    target = 300 / 10 ** (365 / 1000)
    history = on(goal(target, 0), goal(target, 1))
    assert aimed(everything(history), held(DAY)) == (
        "From 30 contributors to 300 by 22 Aug 2027. We are at 1.5× the start, and at 35 % of where the "
        "target line is by now, 129."
    )
    assert summary.goal(everything(on({})), DAY) is None


def aimed(seen: Disclosure, goal: Goal) -> str:
    found = summary.goal(seen, DAY, goal)
    assert found is not None
    return found.sentence


def test_a_goal_says_where_it_aims_on_the_day_on_which_it_is_set() -> None:
    assert aimed(everything(on(goal(129.5, 0))), held(DAY)).startswith("From 30 contributors to 300 by 22 Aug 2027. ")


def test_a_goal_whose_ratios_are_hidden_still_says_where_its_line_is() -> None:
    hidden = {key: value for key, value in goal(129.5, 0).items() if not key[0].endswith("_ratio")}
    assert aimed(everything(on(hidden)), held(DAY)) == (
        "From 30 contributors to 300 by 22 Aug 2027. The target line is at 130 by now."
    )


@pytest.mark.parametrize(
    ("weeks", "said"), [(64, "the last 12 weeks"), (103, "the last 48 weeks"), (104, "the last year")]
)
def test_a_young_community_is_told_of_the_weeks_that_there_are(weeks: int, said: str) -> None:
    weekly = np.ones(7 * weeks)
    history = History(date(2020, 1, 5), {series("weekly_contributors"): weekly})
    assert summary.span(history, date(2020, 1, 5) + timedelta(days=7 * (weeks - 1))) == said


def test_days_that_nobody_read_do_not_begin_a_verdict_anew() -> None:
    states = {"flat": [1, 0, 0, 0, 0], "growing": [0, 1, 0, 0, 1], "unknown": [0, 0, 1, 1, 0]}
    first = DAY - timedelta(days=4)
    values = {series("growth_verdict", verdict=one): np.array(held, np.float64) for one, held in states.items()}
    said = summary.verdict(everything(History(first, values)), DAY, 90)
    assert said.since == first + timedelta(days=1)
