"""What is told of the stage, to leads and to everybody."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from events.envelope import Event
from projections.disclosure.view import public
from projections.evaluation.community import Community
from projections.evaluation.fold import community_of
from projections.explain.lineage import rests_on
from projections.policy.policy import CommunityPolicy
from projections.stage.drilldown import events
from projections.stage.milestones import STATES
from projections.timeline.days import number_of
from projections.timeline.history import History, series
from reports.report import Report
from reports.stage.report import StageReport
from reports.text import stage as stage_text
from tests.oracle.writing import contribution, event, goal, granted, moment
from tests.support.drilled import because, opened
from tests.support.reporting import report

DAY = date(2026, 8, 22)
POLICY = CommunityPolicy()


def ago(days: int) -> str:
    return str(DAY - timedelta(days=days))


def counted(log: Sequence[Event], policy: CommunityPolicy = POLICY, last_day: date = DAY) -> tuple[Community, History]:
    community = community_of(log, policy, "valley")
    return community, community.history(last_day)


def told(log: Sequence[Event], *, by_public: bool = False, policy: CommunityPolicy = POLICY) -> StageReport:
    community, history = counted(log, policy)
    return staged(report(history, DAY, community.snapshot, policy, by_public=by_public))


def staged(found: Report) -> StageReport:
    assert found.stage is not None
    return found.stage


def recruits(how_many: int, mentored: int) -> list[Event]:
    log = [granted(f"github:{who}", "docs", ago(10), "member") for who in range(how_many)]
    mentors = [
        event("mentoring.started", ago(20), {"mentor": "github:99"}, f"m{who}", subject=f"github:{who}")
        for who in range(mentored)
    ]
    return [*log, *mentors, event("mentoring.met", ago(5), {"mentor": "github:99"}, "met", subject="github:98")]


def test_a_milestone_says_why_and_what_is_next() -> None:
    found = told(recruits(3, 1)).milestones["core_mentored"]
    assert found.state == "not_met"
    assert found.because == (
        "3 people took their first seat in the last 180 days, 1 of them was mentored; half are needed. "
        "2 mentorships are active."
    )
    assert found.next_step == "Give everybody who is about to take a seat a mentor first."


def test_what_was_never_recorded_says_so_and_asks_for_it() -> None:
    found = told([contribution("github:1", ago(1))])
    assert {one.state for one in found.milestones.values()} == {"unknown"}
    assert {one.state for one in found.risks.values()} == {"unknown"}
    assert all(one.because and one.next_step for one in found.milestones.values())
    assert found.risks["coordinator_runway"].next_step == "Record who coordinates the community, and until when."
    assert {one.holds for one in found.success.values()} == {None}


def test_what_was_met_lately_says_when() -> None:
    days = ago(180 + 10), ago(135 + 10), ago(90 + 10)
    log = [event("engagement.held", day, {"kind": "report", "url": "https://example.org/1"}, f"e{day}") for day in days]
    found = told(log).milestones["communication"]
    assert found.state == "at_risk"
    assert found.because == (
        "Reports were published in 2 of the last 4 slots of 45 days; 3 are needed. The last one is of 14 May 2026. "
        "It was last met 11 days ago, on 11 Aug 2026."
    )


@pytest.mark.parametrize("how_many", [0, 1, 4, 5, 9])
def test_the_public_hears_no_number_of_one_to_four_people_who_were_mentored(how_many: int) -> None:
    found = told(recruits(9, how_many), by_public=True)
    assert found.milestones["core_mentored"].state == ("met" if how_many >= 5 else "not_met")
    assert f"{how_many} of them" not in found.milestones["core_mentored"].because or how_many >= 5
    assert found.milestones["core_mentored"].next_step in (
        None,
        "Recruit people into first seats, each with a mentor beside them.",
    )


@pytest.mark.parametrize(("came", "is_told"), [(0, True), (1, False), (4, False), (5, True), (9, True)])
def test_whether_few_recruits_were_mentored_is_told_nobody(came: int, is_told: bool) -> None:
    log = [granted("github:77", "docs", ago(900)), *recruits(came, came)]
    _, history = counted(log)
    states = [
        public(history, POLICY).value(series("milestone", milestone="core_mentored", state=one), DAY) for one in STATES
    ]
    assert any(state is not None for state in states) == is_told
    found = told(log, by_public=True)
    assert found.success["momentum"].because == "It turns on single people who were mentored, so that it is not shown."
    assert ("not shown, since" in found.milestones["core_mentored"].because) != is_told


def test_that_it_was_met_until_lately_is_told_nobody_where_it_rested_on_few() -> None:
    log = [granted("github:77", "docs", ago(900)), *recruits(1, 1)]
    met_again = event(
        "mentoring.met", str(DAY + timedelta(days=100)), {"mentor": "github:99"}, "again", subject="github:98"
    )
    _, history = counted([*log, met_again], last_day=DAY + timedelta(days=300))
    seen, day = public(history, POLICY), DAY + timedelta(days=171)
    assert history.value(series("core_by_role_recruited"), day) == 0
    assert history.value(series("milestone", milestone="core_mentored", state="at_risk"), day) == 1
    assert seen.value(series("milestone", milestone="core_mentored", state="at_risk"), day) is None
    assert seen.value(series("milestone", milestone="core_mentored", state="not_met"), DAY + timedelta(days=300)) == 1


@pytest.mark.parametrize("people", [0, 1, 4, 5, 9])
@pytest.mark.parametrize("judge_by", ["nominal", "active"])
def test_small_communities_are_told_of_without_a_fault(people: int, judge_by: str) -> None:
    policy = CommunityPolicy.model_validate({"judge_by": judge_by})
    log = [goal("2026-01-01", 1, "2026-01-02", 2, "2027-01-01"), contribution("github:0", "2026-01-01")]
    log += [contribution(f"github:{who}", ago(who)) for who in range(people)]
    log += [granted(f"github:{who}", "docs", ago(who), "coordinator", until=moment(ago(-100))) for who in range(people)]
    log += recruits(people, people)
    for by_public in (False, True):
        community, history = counted(log, policy)
        whole = report(history, DAY, community.snapshot, policy, by_public=by_public)
        found = staged(whole)
        assert all(one.because.endswith(".") for part in (found.milestones, found.risks) for one in part.values())
        assert stage_text.stage_sections(whole, found)


def test_who_answers_for_a_milestone_is_named_to_leads_and_by_a_published_role_to_everybody() -> None:
    def assigned(responsible: str, support: str, day: str) -> Event:
        data = {
            "milestone": "synergy",
            "responsible": responsible,
            "support": support,
            "deliverable": "https://example.org/plan",
            "due_on": date(2026, 9, 30),
        }
        return event("milestone.assigned", day, data, day)

    log = [granted("github:1", "docs", ago(9)), assigned("Ada Example", "github:7", ago(8))]
    log.append(assigned("github:1", "email:ada@example.org", ago(7)))
    lead, everybody = (told(log, by_public=by_public).milestones["synergy"] for by_public in (False, True))
    assert (lead.responsible, lead.support) == ("github:1", "email:ada@example.org")
    assert (everybody.responsible, everybody.support) == ("github:1", None)
    assert (everybody.deliverable, everybody.due_on) == ("https://example.org/plan", date(2026, 9, 30))
    before = told(log[:2]).milestones["synergy"]
    assert (before.responsible, before.support) == ("Ada Example", "github:7")
    hidden = told(log[:2], by_public=True).milestones["synergy"]
    assert (hidden.responsible, hidden.support) == (None, None)


def test_the_public_never_hears_how_much_one_coordinator_mentors_or_whether_they_work() -> None:
    log = [granted("github:99", "docs", ago(9), "coordinator"), *recruits(9, 9)]
    assert "100 % of the mentorships" in told(log).risks["coordinator_runway"].because
    assert "mentorships" not in told(log, by_public=True).risks["coordinator_runway"].because
    policy = CommunityPolicy(judge_by="active")
    found = told([*log, contribution("github:99", ago(1))], by_public=True, policy=policy)
    assert found.risks["coordinator_runway"].because == "The numbers that it rests on are not shown."


def test_who_coordinates_is_published_and_what_they_do_is_not() -> None:
    log = [granted("github:99", "docs", ago(9), "coordinator", until=moment(ago(-9))), *recruits(20, 20)]
    _, history = counted(log)
    seen, by_active = public(history, POLICY), public(history, CommunityPolicy(judge_by="active"))
    assert seen.value(series("coordinators_active"), DAY) == 1
    assert seen.value(series("coordinator_runway_seconds"), DAY) == 8 * 86400
    assert seen.value(series("coordinator_mentorship_share_ratio"), DAY) is None
    assert by_active.value(series("coordinators_active"), DAY) is None
    assert by_active.value(series("coordinator_runway_seconds"), DAY) is None
    assert seen.value(series("risk", risk="coordinator_runway", state="high"), DAY) == 1


def test_the_report_has_the_stage_as_json() -> None:
    given = {"milestone": "synergy", "responsible": "Ada", "due_on": date(2026, 9, 30)}
    community, history = counted([*recruits(3, 2), event("milestone.assigned", ago(1), given, "a")])
    found = report(history, DAY, community.snapshot).as_json()
    assert found["milestones"]["core_mentored"]["state"] == "met"
    assert "next_step" not in found["milestones"]["core_mentored"]
    assert found["milestones"]["synergy"] == {
        "state": "unknown",
        "because": "No relationship with another team or community was ever recorded.",
        "due_on": "2026-09-30",
        "responsible": "Ada",
        "next_step": "Record with which teams and communities there is a relationship.",
    }
    assert found["risks"]["coordinator_runway"]["state"] == "unknown"
    assert set(found["success"]) == {"growth", "distribution", "strength", "momentum"}
    assert "stage" not in found


def test_numbers_alone_give_states_and_sentences_before_the_facts_are_read() -> None:
    _, history = counted([granted("github:99", "docs", ago(9), "coordinator"), *recruits(3, 2)])
    found = staged(report(history, DAY))
    assert found.milestones["core_mentored"].state == "met"
    assert all(one.because for part in (found.milestones, found.success, found.risks) for one in part.values())
    assert report(History(DAY, {}), DAY).stage is None


def test_the_table_keeps_to_the_screen() -> None:
    community, history = counted(recruits(3, 1))
    whole = report(history, DAY, community.snapshot)
    lines = [line for part in stage_text.stage_sections(whole, staged(whole)) for line in part]
    assert lines[0] == "Milestones"
    assert lines[1].startswith("  New core members are actively recruited and mentored")
    assert lines[1].endswith(" not met")
    assert lines[2].startswith("    Because: 3 people took their first seat in the last 180 days, 1 of them was")
    assert "  Nobody is responsible for any of them yet (`tenfold record milestone`)." in lines
    assert max(map(len, lines)) <= 80


def test_a_number_of_the_stage_opens_into_people_and_the_numbers_beneath() -> None:
    community, history = counted([granted("github:99", "docs", ago(9), "coordinator"), *recruits(3, 1)])
    found = opened(community.snapshot, history, "milestone", {"milestone": "core_mentored", "state": "not_met"}, DAY)
    assert list(found.leaders) == ["github:0", "github:1", "github:2", "github:99"]
    labels = {"milestone": "core_mentored", "state": "not_met"}
    said = because(community.snapshot, history, "milestone", labels, DAY)
    assert said.startswith("4 people took their first seat")
    assert [seat.role for seat in found.leaders["github:0"].seats] == ["member"]
    coordinating = opened(community.snapshot, history, "coordinators_active", {}, DAY)
    assert list(coordinating.leaders) == ["github:99"]
    assert because(community.snapshot, history, "coordinators_active", {}, DAY) == ""
    assert events(community.snapshot, {"risk": "pathway_gaps"}, number_of(DAY)) == ()
    assert "mentorships_active" in rests_on("milestone", {"milestone": "core_mentored"})
    assert rests_on("active_contributors", {}) == ()


def test_a_chance_to_lead_opens_into_the_offer_its_taking_and_who_answers_for_it() -> None:
    log = [
        event("opportunity.offered", ago(30), {"opportunity": "release", "url": "https://example.org/o"}, "offer"),
        event("opportunity.taken", ago(20), {"opportunity": "release"}, "taking", subject="github:1"),
        event("milestone.assigned", ago(25), {"milestone": "leadership_chances", "responsible": "Ada"}, "given"),
        event("milestone.assigned", ago(25), {"milestone": "synergy", "responsible": "Ada"}, "other"),
    ]
    community, history = counted(log)
    labels = {"milestone": "leadership_chances", "state": "met"}
    assert [one.id for one in events(community.snapshot, labels, number_of(DAY))] == ["offer", "given", "taking"]
    assert [one.id for one in events(community.snapshot, labels, number_of(DAY) - 28)] == []
    assert list(opened(community.snapshot, history, "milestone", labels, DAY).leaders) == ["github:1"]
