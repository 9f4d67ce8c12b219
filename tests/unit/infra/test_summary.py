from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from projections.disclosure.view import Disclosure, everything, public
from projections.evaluation.fold import fold
from projections.growth.goal import Goal
from projections.growth.goal import held as newest
from projections.metrics.unit import Unit
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of
from projections.timeline.history import History, Series, series
from reports import headline as summary
from reports.flows import Ledger, ledger
from reports.format.values import format_value
from reports.freshness import opening_day, reach, reach_of, sources
from reports.numbers import Terms, numbers_on
from reports.tables import tables
from reports.text import report as report_text
from tests.oracle.writing import contribution, granted
from tests.support.reporting import report

DAY = date(2026, 8, 22)
NOON = 43200.0


def moment(day: date) -> float:
    return number_of(day) * 86400 + NOON


def on(numbers: dict[Series, float], before: dict[Series, float] | None = None) -> History:
    """A history of two days, `DAY` the last."""
    earlier = before or {}
    values = {key: np.array([earlier.get(key, np.nan), value], np.float64) for key, value in numbers.items()}
    return History(date(2026, 8, 21), values)


def judged(verdict: str, change: float, low: float, high: float) -> dict[Series, float]:
    names = ("", "low_", "high_")
    interval = zip(names, (change, low, high), strict=True)
    return {series("growth_verdict", verdict=verdict): 1.0} | {
        series(f"growth_change_{name}ratio"): value for name, value in interval
    }


@pytest.mark.parametrize(
    ("verdict", "numbers", "sentence"),
    [
        ("growing", (0.18, 0.08, 0.29), "Growing: +18 % on a year ago (8 to 29 %)"),
        ("flat", (0.12, -0.17, 0.5), "Flat: +12 % on a year ago (−17 to 50 %)"),
        ("shrinking", (-0.4, -0.5, -0.28), "Shrinking: −40 % on a year ago (−50 to −28 %)"),
        ("flat", (-0.004, -0.1, 0.1), "Flat: 0 % on a year ago (−10 to 10 %)"),
    ],
)
def test_a_verdict_is_a_sentence_with_its_interval(
    verdict: str, numbers: tuple[float, float, float], sentence: str
) -> None:
    assert summary.verdict(everything(on(judged(verdict, *numbers))), DAY).sentence == sentence


def test_no_verdict_gives_its_reason() -> None:
    numbers = judged("unknown", 0.1, 0.0, 0.2)
    assert summary.verdict(everything(on(numbers)), DAY, "there are 12 weeks").sentence == "Unknown: there are 12 weeks"
    assert summary.verdict(everything(History(DAY, {})), DAY).sentence == "Unknown."


def test_over_too_few_people_the_public_hears_the_verdict_alone() -> None:
    few = {series("active_contributors", window_days=90): 9.0}
    said = summary.verdict(public(on(judged("growing", 0.2, 0.1, 0.3) | few), CommunityPolicy()), DAY)
    assert said.sentence == "Growing: over too few people to say by how much"


def test_a_ledger_adds_up() -> None:
    names = {"active": 13.0, "new": 6.0, "returned": 1.0, "lapsed": 2.0}
    numbers = {series(f"{name}_contributors", window_days=1): value for name, value in names.items()}
    before = {series("active_contributors", window_days=1): 8.0}
    found = ledger(everything(on(numbers, before)), DAY, 1)
    assert found is not None
    assert [found.said(name) for name in ("start", "new", "returned", "lapsed", "end")] == ["8", "6", "1", "2", "13"]
    assert found.corrections is None
    assert ledger(everything(on(numbers)), date(2020, 1, 1), 1) is None


def test_what_is_hidden_in_a_ledger_is_said_to_be() -> None:
    names = {"active": 23.0, "new": 6.0, "returned": 1.0, "lapsed": 7.0}
    numbers = {series(f"{name}_contributors", window_days=1): value for name, value in names.items()}
    found = ledger(public(on(numbers, numbers), CommunityPolicy()), DAY, 1)
    assert found is not None
    assert [found.said(name) for name in ("new", "returned", "lapsed")] == ["6", "<5", "not shown"]


def test_a_lead_is_never_told_that_something_is_not_shown() -> None:
    """From before the first contribution on: what there is not is 0 where nobody was there yet, or says nothing."""
    log = [granted("github:1", "core", "2026-01-01"), contribution("github:1", "2026-03-01")]
    history = fold([*log, contribution("github:1", "2026-07-01")], CommunityPolicy(), date(2026, 9, 1))
    days = [history.first_day + timedelta(days=at) for at in range(-1, history.days)]
    ledgers = {day: ledger(everything(history), day, 30) for day in days}
    told = {day for day, found in ledgers.items() if found}
    assert min(told) == date(2026, 3, 1)
    assert not any(None in astuple(found)[:-1] for found in ledgers.values() if found)
    assert ledgers[date(2026, 3, 2)] == Ledger(date(2026, 1, 31), date(2026, 3, 2), 0, 1, 0, 0, 1, None)
    seen = {day: ledger(public(history, CommunityPolicy()), day, 30) for day in days}
    assert {day for day, found in seen.items() if found} == told


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


def test_the_newest_goal_that_was_set_by_the_end_of_a_day_holds() -> None:
    goals = [held(day, baseline) for day, baseline in ((DAY, 30.0), (date(2026, 8, 20), 10.0))]
    on_days = [newest(goals, number_of(date(2026, 8, day))) for day in (19, 20, 21, 22, 23)]
    assert [one and one.baseline for one in on_days] == [None, 10.0, 10.0, 30.0, 30.0]


def read(checked: date | None, last_event: date, source: str = "git:x") -> dict[Series, float]:
    found = {series("source_last_event_timestamp_seconds", source=source): moment(last_event)}
    if checked:
        found[series("source_checked_timestamp_seconds", source=source)] = moment(checked)
    return found


@pytest.mark.parametrize(
    ("numbers", "opens"),
    [
        (read(None, date(2025, 1, 1)), DAY),
        (read(DAY, date(2025, 1, 1)), DAY),
        (read(date(2026, 8, 20), date(2026, 8, 19)), DAY),
        (read(date(2026, 8, 19), date(2026, 8, 18)), date(2026, 8, 19)),
        (read(date(2026, 5, 1), date(2026, 5, 1)) | read(None, DAY, "by-hand"), date(2026, 5, 1)),
        (read(date(2026, 5, 1), date(2026, 5, 1)) | read(None, DAY, "chat"), DAY),
    ],
)
def test_a_report_opens_where_the_data_reaches(numbers: dict[Series, float], opens: date) -> None:
    assert opening_day(on(numbers), DAY) == opens


def test_reach_names_what_was_read() -> None:
    history = on(read(DAY, date(2026, 8, 20)) | read(None, DAY, "by-hand"))
    said = reach(everything(history), DAY)
    assert said == "Data reaches 20 Aug 2026; git:x read through 22 Aug 2026 12:00 UTC."
    by_hand = sources(history, DAY)[:1]
    assert reach_of(by_hand) == "Data reaches 22 Aug 2026, the last event of by-hand."
    assert reach(everything(History(DAY, {})), DAY) == "No event yet."


@pytest.mark.parametrize(
    ("checked", "said"),
    [
        (DAY, "Source 1 read through 22 Aug 2026."),
        (None, "On which day the last event was is not shown: too few people contribute."),
    ],
)
def test_everybody_hears_of_the_last_event_where_enough_contribute(checked: date | None, said: str) -> None:
    alone = {
        series("active_contributors", window_days=90): 1.0,
        series("contributions", window_days=90): 3.0,
    }
    assert reach(public(on(read(checked, DAY) | alone), CommunityPolicy()), DAY) == said


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1204.0, Unit.COUNT, "1,204"),
        (-3.0, Unit.COUNT, "−3"),
        (0.615, Unit.SHARE, "62 %"),
        (1.26, Unit.TIMES, "1.3×"),
        (datetime(2026, 8, 2, 23, 59, tzinfo=UTC).timestamp(), Unit.MOMENT, "2 Aug 2026"),
        (35.14, Unit.TENTHS, "35.1"),
        (0.9354, Unit.INDEX, "0.94"),
        (-4.0, Unit.DIFFERENCE, "−4"),
        (3.0, Unit.DIFFERENCE, "+3"),
        (0.0, Unit.DIFFERENCE, "0"),
        (86400.0, Unit.SPAN, "1 day"),
        (18_000.0, Unit.SPAN, "5 hours"),
        (60.0, Unit.SPAN, "1 minute"),
        (86400.0 * 200, Unit.SPAN, "7 months"),
        (86400.0 * 1620, Unit.SPAN, "4.4 years"),
        ("<5", Unit.SHARE, "<5"),
    ],
)
def test_values_read_as_people_write_them(value: float | str, unit: Unit, words: str) -> None:
    assert format_value(value, unit) == words


def test_a_text_report_begins_with_the_answer_and_keeps_to_the_screen() -> None:
    active = {series("active_contributors", window_days=days): float(days) for days in (30, 90, 365)}
    numbers = judged("growing", 0.18, 0.08, 0.29) | active | read(DAY, DAY)
    words = report_text.text(report(on(numbers), DAY, community="rust"), numbers=True)
    lines = words.splitlines()
    assert lines[:3] == [
        "rust, 22 Aug 2026: are we growing?",
        "  Growth: growing. 18 % more contributors a week than a year ago (between +8 %",
        "    and +29 %).",
    ]
    assert max(map(len, lines)) <= 79
    [line] = [line for line in lines if line.startswith("  Active contributors")]
    assert line.split() == ["Active", "contributors", "30", "90", "365"]


def test_windows_are_columns_and_labels_are_lines() -> None:
    numbers = {
        series("active_contributors", window_days=30): 3.0,
        series("active_contributors", window_days=90): 4.0,
        series("excluded_contributions", reason="bot"): 5.0,
        series("departure_exposure_ratio", unit="person", of="volume"): 0.25,
    }
    history = on(numbers)
    found = tables(numbers_on("moss", everything(history), DAY), Terms.of(CommunityPolicy()))
    assert [(table.title, [column.title for column in table.columns]) for table in found] == [
        ("Who is here", ["30 days", "90 days"]),
        ("How work is spread, in 90 days", [""]),
        ("Left out of every number", [""]),
    ]
    assert {column.title: cell for column, cell in found[0].rows[0].cells.items()} == {"30 days": "3", "90 days": "4"}
    assert found[1].rows[0].of == "of the work to one person"
