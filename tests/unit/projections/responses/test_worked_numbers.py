"""Answers and decisions that anybody can count: the oracle is right about them, and so are we."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from events.envelope import Event
from projections.policy.policy import CommunityPolicy
from tests.oracle.writing import contribution, event, linked, moment
from tests.support import asking
from tests.support.asking import Ask

ask = asking.ask
"""The fixture that asks the oracle and us."""

NEW, OLD = {"newcomer": "yes"}, {"newcomer": "no"}
DAY = 86_400


def told(who: str, when: datetime | str, id_: str, source: str = "forge", **data: Any) -> Event:
    """A contribution that says something of an artefact; `to` is the id of what it responds to."""
    if to := data.pop("to", None):
        data["responds_to"] = {"source": data.pop("in_", "forge"), "id": to}
    return event("contribution.recorded", when, {"kind": "patch"} | data, id_, subject=who, source=source)


def opened(who: str, when: datetime | str, id_: str, about: str | None = None, **more: Any) -> Event:
    return told(who, when, id_, outcome="opened", about=about, **more)


def test_nothing_is_said_where_no_source_says_what_answers_what(ask: Ask) -> None:
    log = [opened("github:1", "2020-01-01", "p"), contribution("github:2", "2020-01-02")]
    assert [ask(log, "2020-01-20", "newcomers_unanswered")] == [None]
    assert ask(log, "2020-01-20", "first_response_seconds_median", **NEW) is None
    assert ask(log, "2020-01-20", "acceptance_ratio", **NEW) is None


def test_a_newcomer_waits_more_than_seven_days(ask: Ask) -> None:
    """Somebody else was answered, so that the source is known to say so."""
    log = [opened("github:1", moment("2020-01-01"), "p"), opened("github:2", "2020-01-01", "q")]
    log += [told("github:3", "2020-01-02", "r", to="q")]
    days = ("2020-01-01", "2020-01-07", "2020-01-08", "2020-03-30", "2020-03-31")
    assert [ask(log, day, "newcomers_unanswered") for day in days] == [None, 0, 1, 1, 0]
    late = told("github:3", "2020-02-01", "a", to="p")
    assert [ask([*log, late], day, "newcomers_unanswered") for day in ("2020-01-31", "2020-02-01")] == [1, 0]


def test_who_waits_with_two_artefacts_is_one_person(ask: Ask) -> None:
    log = [opened("github:1", f"2020-01-0{day}", f"p{day}") for day in (1, 2)]
    log += [told("github:2", "2020-01-03", "r", to="p1")]
    assert ask(log, "2020-02-01", "newcomers_unanswered") == 1
    log += [opened("github:1", "2020-01-04", "p3")]
    assert ask(log, "2020-02-01", "newcomers_unanswered") == 1


def test_the_median_of_four_is_the_mean_of_the_two_in_the_middle(ask: Ask) -> None:
    log = [opened(f"github:{who}", "2020-01-01", f"p{who}") for who in range(4)]
    answers = (1, 2, 5, 30)
    log += [
        told("github:9", moment("2020-01-01") + timedelta(days=days), f"a{who}", to=f"p{who}")
        for who, days in enumerate(answers)
    ]
    medians = {
        day: ask(log, day, "first_response_seconds_median", **NEW)
        for day in ("2020-01-01", "2020-01-02", "2020-01-03", "2020-01-06", "2020-01-31", "2020-04-03", "2020-06-01")
    }
    expected = [None, 1, 1.5, 2, 3.5, 17.5, None]
    assert list(medians.values()) == [None if days is None else days * DAY for days in expected]
    assert ask(log, "2020-01-31", "first_response_people", **NEW) == 4


def test_own_words_and_bots_answer_nobody_but_what_follows_on_them_does(ask: Ask) -> None:
    log = [
        opened("github:1", "2020-01-01", "p"),
        told("github:1", "2020-01-02", "ping", to="p"),
        told("github-login:x-bot", "2020-01-03", "thanks", to="ping"),
    ]
    assert ask(log, "2020-01-20", "newcomers_unanswered") == 1
    log += [told("github:2", "2020-01-05", "answer", to="thanks")]
    assert ask(log, "2020-01-20", "newcomers_unanswered") == 0
    assert ask(log, "2020-01-20", "first_response_seconds_median", **NEW) == 4 * DAY


def test_the_same_about_answers_in_its_own_source_alone(ask: Ask) -> None:
    log = [opened("github:1", "2020-01-01", "p", "pull/1"), opened("github:1", "2020-01-01", "q", "pull/2")]
    log += [
        told("github:2", "2020-01-02", "x", "other", about="pull/1"),
        told("github:2", "2020-01-05", "y", about="pull/1"),
    ]
    assert ask(log, "2020-01-20", "first_response_seconds_median", **NEW) == 4 * DAY
    log += [told("github:2", "2020-01-03", "z", "other", to="q")]
    assert ask(log, "2020-01-20", "first_response_seconds_median", **NEW) == 3 * DAY


def test_two_accounts_of_one_person_do_not_answer_each_other(ask: Ask) -> None:
    log = [opened("github:1", "2020-01-01", "p"), told("github:2", "2020-01-03", "r", to="p")]
    assert ask(log, "2020-01-20", "first_response_seconds_median", **NEW) == 2 * DAY
    log += [linked("github:2", "github:1", "2020-01-10")]
    assert ask(log, "2020-01-20", "first_response_seconds_median", **NEW) is None
    assert ask(log, "2020-01-20", "newcomers_unanswered") == 1


def test_an_answer_that_is_taken_back_answered_nobody(ask: Ask) -> None:
    log = [opened("github:1", "2020-01-01", "p"), told("github:2", "2020-01-03", "r", to="p")]
    data = {"retracts": {"source": "forge", "id": "r"}, "reason": "a mistake"}
    log.insert(0, event("contribution.retracted", "2020-02-01", data, "gone"))
    log += [told("github:3", "2020-01-06", "s", to="p")]
    assert ask(log, "2020-01-20", "first_response_seconds_median", **NEW) == 5 * DAY


def test_who_was_there_before_the_window_is_no_newcomer(ask: Ask) -> None:
    log = [contribution("github:1", "2020-01-01"), contribution("github:2", "2020-01-02")]
    log += [opened(f"github:{who}", "2020-03-31", f"p{who}") for who in (1, 2)]
    log += [told("github:3", f"2020-04-0{who}", f"r{who}", to=f"p{who}") for who in (1, 2)]
    assert ask(log, "2020-04-02", "first_response_seconds_median", **OLD) == 1 * DAY
    assert ask(log, "2020-04-02", "first_response_seconds_median", **NEW) == 2 * DAY


def test_acceptance_is_of_the_author_and_by_the_newest_decision(ask: Ask) -> None:
    log = [opened(f"github:{who}", "2020-01-01", f"p{who}", f"pull/{who}") for who in (1, 2, 3)]
    log += [told("github:9", "2020-01-05", f"d{who}", about=f"pull/{who}", outcome="declined") for who in (1, 2, 3)]
    assert ask(log, "2020-01-05", "acceptance_ratio", **NEW) == 0
    log += [told("github-login:x-bot", "2020-01-07", "merge", about="pull/1", outcome="accepted")]
    ratios = [ask(log, day, "acceptance_ratio", **NEW) for day in ("2020-01-06", "2020-01-07", "2020-04-05")]
    assert ratios == [0, pytest.approx(1 / 3), 1]
    assert ask(log, "2020-04-06", "acceptance_ratio", **NEW) is None
    assert ask(log, "2020-01-07", "acceptance_people", **NEW) == 3


def test_where_no_opening_is_known_a_decision_is_its_subjects(ask: Ask) -> None:
    log = [
        told("github:1", "2020-01-05", "d", outcome="accepted"),
        told("github:2", "2020-01-05", "e", outcome="declined"),
    ]
    log += [told("github-login:x-bot", "2020-01-05", "f", outcome="declined")]
    assert ask(log, "2020-01-05", "acceptance_ratio", **NEW) == 1 / 2
    assert ask(log, "2020-01-05", "newcomers_unanswered") is None


def test_nobody_waits_for_what_was_merged_or_withdrawn(ask: Ask) -> None:
    def log(who: str, outcome: str) -> list[Event]:
        return [opened("github:1", "2020-01-01", "p"), told(who, "2020-01-03", "d", to="p", outcome=outcome)]

    waiting = {
        ("github-login:x-bot", "accepted"): 0,
        ("github-login:x-bot", "declined"): 1,
        ("github:1", "declined"): 0,
        ("github:1", "accepted"): 0,
        ("github:2", "declined"): 0,
    }
    assert {case: ask(log(*case), "2020-01-20", "newcomers_unanswered") for case in waiting} == waiting


def test_what_is_opened_again_has_waited_since_the_first_time(ask: Ask) -> None:
    log = [opened("github:1", "2020-01-01", "p", "pull/1"), opened("github:1", "2020-01-05", "q", "pull/1")]
    log += [told("github:2", "2020-01-06", "r", to="q")]
    assert ask(log, "2020-01-20", "first_response_seconds_median", **NEW) == 5 * DAY


@pytest.mark.parametrize("people", [0, 1, 4, 5, 9])
def test_small_numbers(ask: Ask, people: int) -> None:
    log = [opened(f"github:{who}", "2020-01-01", f"p{who}") for who in range(people)]
    log += [
        told(f"github:{who + 1}", "2020-01-02", f"r{who}", to=f"p{who}", outcome="accepted") for who in range(people)
    ]
    found = [ask(log, "2020-01-09", family, **NEW) for family in ("first_response_people", "acceptance_ratio")]
    assert found == ([people, 1] if people else [None, None])
    assert ask(log, "2020-01-09", "newcomers_unanswered") == (0 if people else None)


def test_a_short_headline_window_never_holds_who_waits(ask: Ask) -> None:
    log = [opened("github:1", "2020-01-01", "p"), told("github:1", "2020-01-01", "r", to="p")]
    policy = CommunityPolicy(windows_days=(7,), headline_window_days=7)
    assert ask(log, "2020-01-08", "newcomers_unanswered", policy=policy) == 0
