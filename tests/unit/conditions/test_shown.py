"""Conditions in words: every one can be said, with its numbers and without them, and opens into what it rests on."""

from datetime import date

import pytest

from infra import conditions_text
from infra.conditions_text import TITLES
from projections.community.fold import community_of
from projections.community.state import Community
from projections.conditions.asked import Asked
from projections.conditions.because import WHY
from projections.conditions.next_steps import NEXT
from projections.conditions.opened import RESTS_ON, because, rests_on
from projections.conditions.rules import CONDITIONS
from projections.conditions.shown import Action, InForce, Left, TakenBack, Told
from projections.history import History, series
from projections.policy import CommunityPolicy
from projections.report import FAMILIES, build
from projections.stage.asked import Everything
from tests.oracle.writing import contribution, event

DAY = date(2020, 3, 1)
POLICY = CommunityPolicy()


def test_every_condition_has_words_and_opens_into_families_that_there_are() -> None:
    for words in (WHY, NEXT, TITLES, RESTS_ON):
        assert set(words) == set(CONDITIONS)
    assert {family for families in RESTS_ON.values() for family in families} <= set(FAMILIES)
    assert rests_on("condition", {"condition": "mentor_overloaded"}) == ("mentor_load_max",)
    assert rests_on("leaders", {"condition": "mentor_overloaded"}) == ()


@pytest.mark.parametrize("name", CONDITIONS)
def test_every_condition_can_be_said_where_no_number_may_be_seen(name: str) -> None:
    said = WHY[name](Asked(Everything(History(DAY, {})), POLICY, DAY, DAY))
    assert said
    assert "nan" not in said
    assert "None" not in said


REPORTED = [
    contribution("github:1", "2020-01-01"),
    event("engagement.held", "2020-01-01", {"kind": "report", "url": "https://example.org/r"}, "report"),
]


def reported() -> tuple[Community, History]:
    """A community whose report of 1 January was the last."""
    community = community_of(REPORTED, POLICY, "valley")
    return community, community.history(date(2020, 4, 1))


def test_a_report_says_what_is_in_force_since_when_and_why() -> None:
    community, history = reported()
    found = build(community.joined, history, DAY).as_json()["conditions"]
    assert found == {
        "in_force": [
            {
                "condition": "report_overdue",
                "since": "2020-03-01",
                "because": "the last report was on 1 Jan 2020, and one is due every 45 days; in force until the next",
                "of": [],
                "next_step": "Publish a report about impact, and record its link.",
                "actions": [],
            }
        ],
        "left": [],
        "taken_back": [],
    }
    assert build(community.joined, history, date(2020, 2, 29)).as_json()["conditions"]["in_force"] == []


def test_a_condition_opens_into_its_reason() -> None:
    community, history = reported()
    labels = {"condition": "report_overdue"}
    said = because(community.joined, history, "condition", labels, DAY)
    assert said == "the last report was on 1 Jan 2020, and one is due every 45 days; in force until the next"
    assert because(community.joined, history, "condition", labels, date(2020, 2, 29)) == "it never held"
    assert because(community.joined, history, "leaders", labels, DAY) == ""
    assert because(community.joined, history, "condition", {"condition": "weather"}, DAY) == ""
    assert history.value(series("condition", **labels), DAY) == 1


def test_the_text_says_what_to_look_at_and_what_to_do() -> None:
    acted = Action(DAY, "https://example.org/1", "github:9")
    since, of = date(2020, 2, 14), ("core",)
    told = Told(
        [
            InForce("scope_vacant", since, "core is vacant", of, "Appoint.", ()),
            InForce("pathway_gap", since, "too few go on", (), "Look.", (acted,)),
        ],
        [Left("shrinking", DAY)],
        [TakenBack("behind_path", since, DAY, 3)],
    )
    assert list(conditions_text.sentences(told)) == [
        "Scopes without a leader, since 14 Feb 2020: core is vacant. Appoint.",
        (
            "People stop on the pathway, since 14 Feb 2020: too few go on. "
            "Acknowledged by github:9 on 1 Mar 2020: https://example.org/1"
        ),
        "No longer: shrinking, since 1 Mar 2020.",
        "Taken back: behind the target line, told of 14 Feb 2020 to 1 Mar 2020, does not hold as known today.",
    ]
    assert conditions_text.parts(Told((), (), ())) == []
