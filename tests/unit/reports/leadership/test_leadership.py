"""Leadership as people read it, from events to the sentence."""

from datetime import date, timedelta

import numpy as np
import pytest

from projections.leadership.verdict import Rule, Yearly
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR
from reports.leadership.in_force import RULES
from reports.leadership.leadership import terms
from tests.oracle.writing import COMMUNITY, contribution, declared, granted, revoked
from tests.support.two_scopes_led import (
    BEGIN,
    DAY,
    NARROW,
    OWNERS,
    RECENT,
    leadership,
    reported,
    sentence,
    text,
    two_scopes,
)


def test_the_second_sentence_sets_leaders_beside_contributors_now_and_a_year_ago() -> None:
    assert sentence(reported(two_scopes())) == (
        "Steady: 2.0 effective leaders for 8 contributors, was 2.0 for 8 a year ago"
    )


def test_leadership_that_spreads_says_so() -> None:
    more = [granted(f"github:{who}", scope, "2026-01-05") for who, scope in ((3, "a"), (4, "b"))]
    assert sentence(reported(two_scopes(*more))).startswith("Spreading: 3.6 effective leaders")


def test_leadership_that_concentrates_on_one_says_on_how_much() -> None:
    found = reported(two_scopes(*[revoked("github:2", scope, "2026-01-05") for scope in ("a", "b")]))
    assert sentence(found).startswith("Concentrating: 1.0 effective leaders")
    assert str(leadership(found).because).startswith("1.0 effective leaders against 2.0 on 22 Aug 2025 (−50 %)")


def test_unknown_says_why() -> None:
    found = reported([granted("github:1", "a", "2026-03-01"), contribution("github:1", RECENT)])
    assert sentence(found) == (
        "Unknown: a verdict needs a year of documented roles; now 1.0 effective leaders for 1 contributor"
    )
    nobody = reported([declared("a", "2024-03-01"), contribution("github:1", RECENT)])
    assert sentence(nobody).endswith("and nobody leads now")


@pytest.mark.parametrize("day", [DAY, BEGIN])
def test_nothing_is_told_where_no_role_was_recorded(day: date) -> None:
    events = [contribution("github:1", BEGIN), contribution("github:1", RECENT)]
    words = text(events, CommunityPolicy())
    assert "leadership spreading" not in words
    assert "\nLeadership\n" not in words
    assert "  Leadership: " not in words
    found = reported(events, day=day)
    assert found.headline.leadership is None
    names = {"leadership", "leadership_verdict", "leadership_because", "scopes"}
    assert not names & found.as_json().keys()


def test_nothing_is_told_of_days_before_the_first_role() -> None:
    events = [*two_scopes(), contribution("github:1", "2020-01-01")]
    assert reported(events, day=date(2023, 12, 31)).leadership is None
    assert reported(events, day=BEGIN).leadership is not None


def test_the_json_says_the_same_as_the_page() -> None:
    report = reported(two_scopes())
    assert (report.leadership_verdict, report.leadership_because) == ("steady", leadership(report).because)
    json = report.as_json()
    assert json["leadership_verdict"] == "steady"
    assert [(one["scope"], one["strength"], one["leaders"]) for one in json["scopes"]] == [
        ("a", "covered", list(OWNERS)),
        ("b", "covered", list(OWNERS)),
    ]


def test_scopes_that_lack_something_come_first() -> None:
    others = (granted("github:5", "c", "2025-01-01"), declared("d", "2025-01-01"), declared("e", "2025-01-01", "a"))
    found = reported(two_scopes(*others)).judged_scopes
    assert [(one.scope, one.strength, one.lacks) for one in found if one.is_weak] == [
        ("d", "vacant", "an owner and a second person"),
        ("c", "thin", "a second person"),
    ]
    assert [(one.scope, one.strength, one.led_from) for one in found[2:]] == [
        ("a", "covered", None),
        ("b", "covered", None),
        ("e", "inherited", "a"),
    ]


def test_an_inherited_scope_is_led_from_the_nearest_that_is_led_past_groupings() -> None:
    """`a/x` never had a seat of its own, and is in no list; what lies in it is led from `a`."""
    parts = [declared("a/x", "2025-01-01", "a"), declared("a/x/y", "2025-01-01", "a/x")]
    found = reported(two_scopes(*parts)).judged_scopes
    assert [(one.scope, one.parent, one.led_from) for one in found] == [
        ("a", "", None),
        ("a/x/y", "a/x", "a"),
        ("b", "", None),
    ]


def test_renewal_is_told_in_a_few_numbers() -> None:
    more = [granted("github:3", "a", "2026-08-02"), *[revoked("github:2", scope, "2026-07-05") for scope in ("a", "b")]]
    found = leadership(reported(two_scopes(*more)))
    assert [(one.title, one.value) for one in found.facts] == [
        ("last new leader", "2 Aug 2026"),
        ("new in 180 days", "1"),
        ("left in 180 days", "1"),
        ("renewal balance", "0"),
    ]


def test_the_public_hears_of_published_roles_and_not_of_who_works() -> None:
    nominal = reported(two_scopes(), by_public=True)
    assert sentence(nominal) == "Steady: 2.0 effective leaders for 8 contributors, was 2.0 for 8 a year ago"
    active = reported(two_scopes(), CommunityPolicy(judge_by="active"), by_public=True)
    assert sentence(active) == "Steady: over too few people to say by how much"
    assert (leadership(active).because, active.leadership_because, active.scopes) == (None, None, None)
    assert leadership(active).in_force is None
    assert leadership(nominal).in_force is not None


def test_a_text_report_gives_both_answers_and_keeps_to_the_screen() -> None:
    words = text(two_scopes(declared("a-scope-with-a-long-name" * 2, "2025-01-01", "a" * 60)), NARROW)
    lines = words.splitlines()
    assert lines[0] == f"{COMMUNITY}, 22 Aug 2026: are we growing, and is our leadership spreading?"
    assert "\n  Leadership: steady. It is spread as if 2.0 people shared it equally" in words
    assert "Other numbers" not in words, "every family has a title and a group"
    assert max(map(len, lines)) <= 120
    assert max(len(line) for line in lines if "a-scope" not in line) <= 80


def test_a_verdict_about_to_change_says_what_the_day_reads_and_for_how_long() -> None:
    left = [revoked("github:2", scope, DAY - timedelta(days=11)) for scope in ("a", "b")]
    found = reported(two_scopes(*left))
    assert sentence(found) == (
        "Steady: 1.0 effective leaders for 8 contributors, was 2.0 for 8 a year ago; "
        "steady since 31 Dec 2024, and now it reads concentrating"
    )
    assert str(leadership(found).because).endswith(
        "; steady since 31 Dec 2024; it now reads concentrating, for the 12th day: effective leaders are 15 % or more "
        "below a year ago; a verdict changes after 28 equal days"
    )
    earlier = reported(two_scopes(*left), day=DAY - timedelta(days=12))
    assert sentence(earlier).endswith("a year ago")
    assert str(leadership(earlier).because).endswith(
        "; steady since 31 Dec 2024, and it still reads so: effective leaders are less than 15 % from a year ago"
    )


def test_the_json_says_since_when_what_the_day_reads_and_by_which_rule() -> None:
    """Two of two leave on 5 January and the verdict follows on 1 February; on 1 August three come."""
    left = [revoked("github:2", scope, "2026-01-05") for scope in ("a", "b")]
    came = [granted(f"github:{who}", "a", "2026-08-01") for who in (3, 4, 5)]
    found = reported(two_scopes(*left, *came))
    assert found.as_json()["leadership"]["in_force"] == {
        "verdict": "concentrating",
        "since": "2026-02-01",
        "reading": "steady",
        "rule": "effective leaders are less than 15 % from a year ago",
        "days": 22,
    }


@pytest.mark.parametrize(
    ("leaders", "strength", "at_risk", "held", "rule"),
    [
        (0.85, 0, 0, "steady", "fewer_leaders"),
        (0.86, 0, 0, "steady", "about_as_many"),
        (0.95, 0, 0, "concentrating", "still_fewer_leaders"),
        (0.96, 0, 0, "concentrating", "about_as_many"),
        (2, 0, 0.25, "steady", "rests_on_one"),
        (1.15, 0, 0, "steady", "more_leaders"),
        (1.05, 0, 0, "spreading", "still_more_leaders"),
        (1.05, 0, 0, "steady", "about_as_many"),
        (1.2, -0.06, 0, "spreading", "weaker"),
    ],
)
def test_each_reading_says_its_rule(leaders: float, strength: float, at_risk: float, held: str, rule: Rule) -> None:
    then = np.ones(YEAR + 1)
    effective, strong = (np.append(then[1:], value) for value in (leaders, 1 + strength))
    yearly = Yearly.of(effective, strong, np.append(then[1:] * 0, at_risk), then * 9)
    assert yearly.reading(YEAR, held).rule == rule
    assert rule in RULES


@pytest.mark.parametrize(
    ("family", "labels", "words"),
    [
        ("new_leaders", {}, "The renewal period is 180 days."),
        ("leadership_spread_ratio", {}, "People are active within 90 days."),
        ("effective_leaders", {"seats": "nominal"}, ""),
        ("effective_leaders", {"seats": "active"}, "A seat is active while its holder worked within 90 days."),
    ],
)
def test_a_number_is_explained_with_its_window(family: str, labels: dict[str, str], words: str) -> None:
    assert terms(f"tenfold_{family}", labels, CommunityPolicy()) == words
