"""Who came and who went: the splits that everybody may see, to whom to say hello, and the same day a year ago."""

from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.contributions import ContributionRecorded
from events.people import PersonLinked
from projections.activity.flows import Split
from projections.activity.lapsing import Lapsing, lapsing
from projections.disclosure.view import Disclosure, everything, public
from projections.evaluation.fold import community_of, fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of
from projections.timeline.history import History, series
from reports.flows import Ledger, disclosed, greetings, ledger, reasons
from reports.numbers import Number, Terms
from reports.tables import tables
from reports.text import report as report_text
from tests.oracle.writing import contribution, granted
from tests.support.reporting import report
from tests.unit.reports.two_days import on

DAY = date(2026, 8, 22)
START = datetime(2024, 1, 1, tzinfo=UTC)
POLICY = CommunityPolicy(windows_days=(30,), headline_window_days=30)
SPLITS = {
    "new": Split(30, {"docs": 20, "several": 8, "none": 2}, {}, {"core": 0, "regular": 10, "casual": 20}),
    "returned": Split(0, {}, {}, {}),
    "lapsed": Split(3, {"docs": 3}, {"paid": 1, "unknown": 2}, {}),
}
WHOLE = History(DAY, {series(f"{flow}_contributors", window_days=90): np.array([30.0]) for flow in SPLITS})


def commit(who: str, day: int) -> ContributionRecorded:
    about = {"id": f"{who}-{day}", "source": "g", "community": "moss", "subject": who, "data": {"kind": "commit"}}
    return ContributionRecorded.model_validate(about | {"time": START + timedelta(days=day)})


def linked(identity: str, person: str) -> PersonLinked:
    about = {"id": identity, "source": "g", "community": "moss", "subject": identity, "time": START}
    return PersonLinked.model_validate(about | {"data": {"person": person}})


def greeted_on(day: int, *events: ContributionRecorded | PersonLinked) -> Lapsing:
    community = community_of(events, POLICY, "moss")
    return lapsing(community.snapshot, number_of(START.date()) + day)


def test_a_lead_sees_every_part_of_a_flow() -> None:
    said = reasons(SPLITS, everything(WHOLE), DAY, 90)
    assert said == [
        "New, by team: docs 20, several teams 8, no team 2; by amount of work: regular 10, casual 20.",
        "Lapsed, by team: docs 3; by basis: paid 1, unknown 2.",
    ]


def test_the_public_sees_no_part_that_is_few_nor_one_that_subtraction_shows() -> None:
    said = reasons(SPLITS, Disclosure(WHOLE, hides=True), DAY, 90)
    assert said == ["New, by team: docs 20, several teams not shown, no team <5."]
    hidden = History(DAY, {key: np.array([np.nan]) for key in WHOLE.series})
    assert reasons(SPLITS, Disclosure(hidden, hides=True), DAY, 90) == []


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"a": 3, "b": 9, "c": 20}, {"a": "<5", "b": "not shown", "c": 20}),
        ({"a": 3, "b": 5, "c": 20}, {}),
        ({"a": 3, "b": 20, "c": 5}, {"a": "<5", "b": "not shown", "c": 5}),
        ({"a": 1, "b": 1, "c": 6}, {}),
        ({"a": 0, "b": 5, "c": 6}, {"b": 5, "c": 6}),
        ({}, {}),
    ],
)
def test_a_part_that_the_sum_and_the_others_give_away_is_not_shown(
    parts: dict[str, int], told: dict[str, int | str]
) -> None:
    assert disclosed(parts) == told


@pytest.mark.parametrize(("there", "told"), [(30, 20), (24, "not shown"), (21, "not shown"), (20, 20)])
def test_who_is_left_of_a_team_does_not_follow_from_who_came(there: float, told: int | str) -> None:
    team = series("team_active_contributors", team="docs", window_days=90)
    whole = History(DAY, {**WHOLE.series, team: np.array([there])})
    [said] = reasons(
        SPLITS | {"new": Split(30, {"docs": 20, "ops": 12, "web": 10}, {}, {})}, Disclosure(whole, hides=True), DAY, 90
    )
    assert said.startswith(f"New, by team: docs {told}")


@pytest.mark.parametrize(("active", "told"), [(12.0, True), (11.0, False), (8.0, False), (7.0, True), ("<5", True)])
def test_who_soon_will_lapse_is_told_where_those_who_stay_may_be(active: float | str, told: bool) -> None:
    found = Lapsing([], [f"github:{number}" for number in range(7)])
    assert bool(greetings(found, Disclosure(WHOLE, hides=True), active)) == told
    assert greetings(found, everything(WHOLE), active)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1))
def test_what_is_hidden_of_a_flow_is_two_parts_and_five_people_or_nothing(parts: dict[str, int]) -> None:
    shown = disclosed(parts)
    assert not any(isinstance(count, int) and 0 < count < 5 for count in shown.values())
    hidden = [parts[name] for name, count in shown.items() if isinstance(count, str)]
    assert not hidden or (len(hidden) >= 2 and sum(hidden) >= 5)
    assert set(shown) in (set(), {name for name, count in parts.items() if count})


def test_who_lapsed_and_who_soon_will_are_named_alphabetically() -> None:
    work = [commit("github:3", 1), commit("github:2", 60), commit("github:1", 60), commit("github:4", 75)]
    assert greeted_on(80, *work) == Lapsing([], ["github:1", "github:2"])
    assert greeted_on(91, *work) == Lapsing(["github:1", "github:2"], ["github:4"])
    assert greeted_on(45, *work) == Lapsing(["github:3"], [])
    assert greeted_on(45, *work, linked("github:3", "github:9")).lapsed == ["github:9"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 99)), min_size=1, unique=True), st.integers(0, 120))
def test_who_soon_will_lapse_is_who_lapses_when_nothing_more_comes(work: list[tuple[str, int]], day: int) -> None:
    events = [commit(f"github:{who}", on) for who, on in work]
    known = [event for event, (_, on) in zip(events, work, strict=True) if on <= day]
    last = {who: max(on for one, on in work if one == who and on <= day) for who, on in work if on <= day}
    expected = sorted(f"github:{who}" for who, on in last.items() if on + 30 > day >= on and on + 30 <= day + 14)
    assert list(greeted_on(day, *events).lapsing) == expected
    assert list(greeted_on(day, *known).lapsing if known else []) == expected


def test_hello_is_said_by_name_to_leads_and_counted_for_everybody_else() -> None:
    found = Lapsing(["github:1", "github:2"], ["github:3"])
    lapsed, lapsing = greetings(found, everything(WHOLE))
    assert lapsed.words == "Active when the window began and no longer (2 people)"
    assert report(WHOLE, DAY).named({"github:2": "Ada"}).all_called(lapsed.people) == ["Ada", "github:1"]
    assert lapsing.words == "No longer active in 14 days if nothing more comes from them (1 person)"
    [alone] = greetings(found, Disclosure(WHOLE, hides=True))
    assert alone.words == "No longer active in 14 days if nothing more comes from them (<5 people)"
    assert not alone.people


@pytest.mark.parametrize("judge_by", ["nominal", "active"])
def test_beside_the_headlines_numbers_stand_those_of_a_year_ago(judge_by: str) -> None:
    policy = CommunityPolicy(judge_by=judge_by)
    now = [("tenfold_newcomers", {"window_days": window}, 9.0) for window in ("30", "90")]
    now += [("tenfold_leaders", {"seats": seats}, 5.0) for seats in ("nominal", "active")]
    now += [("tenfold_contributor_absence_factor", {}, 3.0)]
    then = [Number(name, labels, value - 1) for name, labels, value in now]
    found = tables([Number(*one) for one in now], Terms.of(policy), then)
    said = {each.title: [each.rows[0].cells[column] for column in each.columns] for each in found}
    seats = {"nominal": "all seats", "active": "active seats"}[judge_by]
    assert said == {
        "Who is here (a year ago: 90 days)": ["9", "9", "8"],
        "How work is spread, in 90 days": ["3", "2"],
        f"How leadership is spread (a year ago: {seats})": ["5", "5", "4"],
    }


def test_the_text_says_who_came_why_and_whom_to_greet_on_a_screen() -> None:
    events = [commit(f"github:{who}", day) for who in range(40) for day in (who, who + 365)]
    community = community_of(events, POLICY, "moss")
    day = START.date() + timedelta(days=410)
    found = report(community.history(day), day, community.snapshot).named({"github:7": "Ada"})
    words = report_text.text(found, numbers=True)
    assert max(map(len, words.splitlines())) <= 80
    assert "New, by" not in words
    assert "  Returned, by amount of work: core" in words
    assert "\nWho came and who went (active: worked within 30 days)" in words
    assert "\nSay hello (names are for leads" in words
    assert "and 4 more" not in words.split("Say hello")[0]
    assert "\N{NO-BREAK SPACE}" not in words


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
