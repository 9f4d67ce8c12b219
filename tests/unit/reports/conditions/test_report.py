"""Conditions in words: every one can be said, with its numbers and without them, and opens into what it rests on."""

from datetime import date

import numpy as np
import pytest

from projections.conditions.catalog import CONDITIONS
from projections.conditions.drilldown import spells
from projections.disclosure.view import Disclosure
from projections.evaluation.catalog import FAMILIES
from projections.evaluation.community import Community
from projections.evaluation.fold import community_of
from projections.explain.lineage import found_by, rests_on
from projections.metrics.drilldown import Spell
from projections.policy.policy import CommunityPolicy
from projections.stage.milestones import MILESTONES
from projections.stage.risks import RISKS
from projections.timeline.days import number_of
from projections.timeline.history import History, series
from reports.attention import ORDER
from reports.conditions.query import ConditionQuery
from reports.conditions.reasons import WHY
from reports.conditions.report import Action, ConditionsReport, Held, InForce, Left, TakenBack, conditions_report
from reports.number_query import rested_on
from reports.stage.report import stage_report as told_of_stage
from reports.text import conditions as conditions_text
from reports.text.conditions import held_words
from reports.viewer import Viewer, whole
from tests.oracle.writing import contribution, declared, event, granted, revoked
from tests.support.drilled import because, opened
from tests.support.reporting import report

DAY = date(2020, 3, 1)
POLICY = CommunityPolicy()


def test_every_condition_has_a_reason_and_opens_into_families_that_there_are() -> None:
    assert set(WHY) == set(CONDITIONS)
    assert {family for one in CONDITIONS.values() for family in one.rests_on} <= set(FAMILIES)
    assert rests_on("condition", {"condition": "mentor_overloaded"}) == ("mentor_load_max",)
    assert rests_on("leaders", {"condition": "mentor_overloaded"}) == ()


@pytest.mark.parametrize("name", CONDITIONS)
def test_every_condition_can_be_said_where_no_number_may_be_seen(name: str) -> None:
    said = WHY[name](ConditionQuery(whole(History(DAY, {})), POLICY, DAY, DAY))
    assert said
    assert "nan" not in said
    assert "None" not in said


@pytest.mark.parametrize("name", CONDITIONS)
def test_to_a_lead_nothing_is_said_to_be_hidden(name: str) -> None:
    """A condition holds on while what it rests on is not defined: that is unknown, and not withheld from anybody."""
    since = series("condition_since_timestamp_seconds", condition=name)
    numbers = {series("condition", condition=name): 1.0, since: number_of(DAY) * 86400.0}
    history = History(DAY, {key: np.array([value]) for key, value in numbers.items()})
    said = conditions_report(whole(history), None, POLICY, DAY).in_force[0].because
    assert "not shown" not in said
    hidden = conditions_report(Viewer(Disclosure(history, hides=True)), None, POLICY, DAY).in_force[0].because
    assert hidden.replace("not shown", "unknown") == said


def test_to_a_lead_nothing_of_the_stage_is_said_to_be_hidden() -> None:
    states = {series("milestone", milestone=name, state="not_met"): np.array([1.0]) for name in MILESTONES}
    states |= {series("risk", risk=name, state="high"): np.array([1.0]) for name in RISKS}
    states |= {series("scaling_success", criterion=name): np.array([0.0]) for name in ("growth", "strength")}
    history = History(DAY, states)
    said = told_of_stage(whole(history), None, POLICY, DAY)
    assert "not shown" not in str(said)
    assert "unknown" in said.risks["coordinator_runway"].because
    assert "not shown" in str(told_of_stage(Viewer(Disclosure(history, hides=True)), None, POLICY, DAY))


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
    found = report(history, DAY, community.snapshot).as_json()["conditions"]
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
    assert report(history, date(2020, 2, 29), community.snapshot).conditions.in_force == []


def test_a_condition_opens_into_its_reason() -> None:
    community, history = reported()
    labels = {"condition": "report_overdue"}
    said = because(community.snapshot, history, "condition", labels, DAY)
    assert said == "the last report was on 1 Jan 2020, and one is due every 45 days; in force until the next"
    assert because(community.snapshot, history, "condition", labels, date(2020, 2, 29)) == "it never held"
    assert because(community.snapshot, history, "leaders", labels, DAY) == ""
    assert because(community.snapshot, history, "condition", {"condition": "weather"}, DAY) == ""
    assert history.value(series("condition", **labels), DAY) == 1


def test_a_condition_opens_into_the_days_on_which_it_held() -> None:
    _, history = reported()
    labels = {"condition": "report_overdue"}
    assert list(spells(history, labels["condition"], number_of(DAY))) == [Spell(DAY, DAY)]
    assert list(spells(history, labels["condition"], number_of(date(2020, 2, 29)))) == []
    key = series("condition", condition="shrinking")
    again = History(DAY, {key: np.array([1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0])})
    first, second, third = spells(again, "shrinking", number_of(date(2020, 3, 7)))
    assert (first, second) == (Spell(DAY, date(2020, 3, 2)), Spell(date(2020, 3, 4), date(2020, 3, 4)))
    assert third == Spell(date(2020, 3, 7), date(2020, 3, 7))
    assert held_words([Held(*one) for one in (first, second, third)], date(2020, 3, 7)) == (
        "Held from 1 Mar 2020 to 2 Mar 2020; on 4 Mar 2020; since 7 Mar 2020."
    )
    assert held_words([Held(*first)] * 7, date(2020, 3, 7)).endswith(", and 2 times before.")
    assert held_words([], DAY) == ""


def test_vacant_scopes_open_into_who_led_them_last() -> None:
    log = [granted(f"github:{who}", scope, "2020-01-01") for who, scope in ((1, "docs"), (2, "docs"), (3, "core"))]
    log += [
        declared("docs", "2020-01-01"),
        revoked("github:1", "docs", "2020-01-10"),
        revoked("github:2", "docs", "2020-01-20"),
    ]
    log += [declared("docs", "2020-01-01"), contribution("github:3", "2020-01-01")]
    community = community_of(log, POLICY, "valley")
    history = community.history(date(2020, 4, 1))
    found = opened(community.snapshot, history, "condition", {"condition": "scope_vacant"}, DAY)
    assert [(one.scope, one.strength) for one in found.scopes] == [("docs", "vacant")]
    [seat] = found.leaders["github:2"].seats
    assert (seat.scope, seat.ended_on) == ("docs", date(2020, 1, 20))
    assert found.leaders.keys() == {"github:2"}
    assert "docs" in because(community.snapshot, history, "condition", {"condition": "scope_vacant"}, DAY)
    assert not opened(community.snapshot, history, "condition", {"condition": "shrinking"}, DAY).scopes


def test_what_a_condition_rests_on_is_found_by_its_own_labels() -> None:
    _, history = reported()
    kind = {"kind": "report"}
    last = "tenfold_last_engagement_timestamp_seconds"
    assert rested_on(history, last, found_by("condition", {"condition": "report_overdue"}), DAY, POLICY) == [kind]
    windows = rested_on(history, "tenfold_newcomers", {"condition": "unusual_arrivals"}, DAY, POLICY)
    assert windows == [{"window_days": "90"}]
    choices = rested_on(history, "tenfold_excluded_contributions", {"condition": "shrinking"}, DAY, POLICY)
    assert choices == [{"reason": "agent"}, {"reason": "bot"}]


def test_the_text_says_what_to_look_at_and_what_to_do() -> None:
    acted = Action(DAY, "https://example.org/1", "github:9")
    since, of = date(2020, 2, 14), ("core",)
    said = ConditionsReport(
        [
            InForce("scope_vacant", since, "core is vacant", of, "Appoint.", ()),
            InForce("pathway_gap", since, "too few go on", (), "Look.", (acted,)),
        ],
        [Left("shrinking", DAY)],
        [TakenBack("behind_path", since, DAY, 3)],
    )
    assert list(conditions_text.sentences(said)) == [
        "Scopes without a leader, since 14 Feb 2020: core is vacant. Appoint.",
        (
            "People stop on the pathway, since 14 Feb 2020: too few go on. "
            "Acknowledged by github:9 on 1 Mar 2020: https://example.org/1"
        ),
        "No longer: shrinking, since 1 Mar 2020.",
        "Taken back: behind the target line, told of 14 Feb 2020 to 1 Mar 2020, does not hold as known today.",
    ]
    assert conditions_text.conditions_sections(ConditionsReport((), (), ())) == []


def test_every_condition_has_its_place_among_what_needs_attention() -> None:
    told = [one for matter in ORDER for one in matter if one.startswith("condition:")]
    assert sorted(told) == sorted(f"condition:{name}" for name in CONDITIONS)
