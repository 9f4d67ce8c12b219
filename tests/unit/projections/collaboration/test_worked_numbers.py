"""Work across teams, relationships, communication and impact in numbers worked by hand, of the oracle and of ours."""

from datetime import timedelta

import pytest

from projections.policy.policy import CommunityPolicy
from projections.policy.thresholds import CommunicationPolicy
from tests.oracle.writing import event, linked, moment
from tests.support import asking
from tests.support.asking import Ask
from tests.support.working_together import DAY, back, held, paid, together, work

ask = asking.ask
"""The fixture that asks the oracle and us."""


def test_who_works_in_two_teams_within_ninety_days_is_cross_team(ask: Ask) -> None:
    log = [work(1, "core", 89), work(1, "docs", 0), work(2, "core", 90), work(2, "docs", 0), work(3, None, 0)]
    log += [work(3, "core", 0), work(4, "core", 0), work(4, "docs", 0, "bug_report")]
    assert ask(log, str(DAY), "cross_team_contributors") == 1


def test_two_identities_of_one_person_are_one_person_in_two_teams(ask: Ask) -> None:
    log = [work(1, "core", 1), work(2, "docs", 1)]
    assert ask(log, str(DAY), "cross_team_contributors") == 0
    assert ask([*log, linked("github:2", "github:1", str(DAY))], str(DAY), "cross_team_contributors") == 1


def test_a_bridge_of_one_person_is_one_that_a_second_ends(ask: Ask) -> None:
    """`1` holds core, docs and web together: three pairs; `2` joins in core and docs."""
    log = [work(1, team, 5) for team in ("core", "docs", "web")]
    assert ask(log, str(DAY), "bridges_single_person") == 3
    assert ask([*log, work(2, "core", 1), work(2, "docs", 1)], str(DAY), "bridges_single_person") == 2
    assert ask(log, str(DAY + timedelta(days=84)), "bridges_single_person") == 3
    assert ask(log, str(DAY + timedelta(days=85)), "bridges_single_person") == 0


def test_without_a_team_nothing_is_said_of_teams(ask: Ask) -> None:
    log = [work(1, None, 5), work(1, "core", 3, "bug_report")]
    for family in ("cross_team_contributors", "bridges_single_person"):
        assert ask(log, str(back(4)), family) is None
        assert ask(log, str(back(3)), family) == 0


def test_a_relationship_sleeps_after_half_a_year_and_wakes_with_an_engagement(ask: Ask) -> None:
    log = [together("established", 400), held("meeting", 100, **{"with": "moss"})]
    days = {401: None, 400: 1, 221: 1, 220: 0, 101: 0, 100: 1, 0: 1}
    assert {day: ask(log, str(back(day)), "relationships_active") for day in days} == days
    ended = [*log, together("ended", 50)]
    assert [ask(ended, str(back(day)), "relationships_active") for day in (51, 50, 0)] == [1, 0, 0]


def test_what_another_team_holds_keeps_no_team_awake_and_what_all_hold_does(ask: Ask) -> None:
    begun = [together("established", 300, team="core")]
    for team, awake in (("core", 1), (None, 1), ("docs", 0)):
        data = {"kind": "meeting", "with": "moss"}
        meeting = event("engagement.held", back(9), data, "meeting", team=team)
        assert ask([*begun, meeting], str(DAY), "relationships_active") == awake


def test_what_any_team_holds_keeps_the_whole_communitys_relationship_awake(ask: Ask) -> None:
    data = {"kind": "meeting", "with": "moss"}
    meeting = event("engagement.held", back(9), data, "meeting", team="docs")
    assert ask([together("established", 300), meeting], str(DAY), "relationships_active") == 1


def test_a_sign_of_life_one_day_too_late_leaves_one_day_asleep(ask: Ask) -> None:
    for late, awake in ((180, 1), (181, 0)):
        log = [together("established", 300), held("meeting", 300 - late, **{"with": "moss"})]
        assert ask(log, str(back(300 - 180)), "relationships_active") == awake


def test_people_who_flow_to_a_partner_keep_a_relationship_awake(ask: Ask) -> None:
    """Three days of core and one of docs: core's person flows to docs until 89 days after, and it sleeps 180 later."""
    log = [together("established", 365, "docs", team="core"), *(work(1, "core", 200 + day) for day in range(3))]
    log.append(work(1, "docs", 200))
    assert ask(log, str(back(200 - 89 - 179)), "relationships_active") == 1
    assert ask(log, str(back(200 - 89 - 180)), "relationships_active") == 0
    other_way = [together("established", 365, "core", team="docs"), *log[1:]]
    assert ask(other_way, str(DAY), "relationships_active") == 0


def test_slots_are_cut_backwards_from_the_day(ask: Ask) -> None:
    """Reports every 45 days: 0 and 44 back share a slot, 45 opens the second, 180 lies before the fourth."""
    log = [held("report", days) for days in (0, 44, 45, 180)]
    assert ask(log, str(DAY), "engagement_slots_filled", kind="report") == 2
    assert ask(log, str(back(1)), "engagement_slots_filled", kind="report") == 2
    assert ask(log[2:], str(DAY), "engagement_slots_filled", kind="report") == 1
    assert ask(log, str(back(181)), "engagement_slots_filled", kind="report") is None


def test_of_kinds_without_a_cadence_only_the_last_is_told(ask: Ask) -> None:
    log = [held("festival", 9), held("check_in", 3), held("dinner", 4)]
    last = moment(back(4)).timestamp()
    assert ask(log, str(DAY), "last_engagement_timestamp_seconds", kind="other") == last
    assert ask(log, str(DAY), "engagement_slots_filled", kind="other") is None
    assert ask(log, str(DAY), "engagement_slots_filled", kind="check_in") == 1
    with_dinners = CommunityPolicy(communication=CommunicationPolicy(cadence_days={"dinner": 2}))
    assert ask(log, str(DAY), "engagement_slots_filled", with_dinners, kind="dinner") == 1
    assert ask(log, str(DAY), "engagement_slots_filled", with_dinners, kind="check_in") is None


def test_a_report_that_was_withdrawn_was_not_held(ask: Ask) -> None:
    log = [held("report", 3), event("source.withdrawn", DAY, {"source": "git:one"}, "gone", source="by-hand")]
    assert ask(log, str(DAY), "last_engagement_timestamp_seconds", kind="report") is None


def test_work_is_shared_by_the_affiliation_of_its_own_day(ask: Ask) -> None:
    """Five person-days of commits: two of `1` paid, one of `1` before that, two of `2`, of whom nothing is known."""
    log = [work(1, None, day) for day in (1, 2, 40)] + [work(2, None, day) for day in (1, 2)]
    log += [work(1, None, 1, "review"), paid(1, "paid", str(back(30)))]
    shares = {
        basis: ask(log, str(DAY), "work_share_ratio", kind="commit", basis=basis) for basis in ("paid", "unknown")
    }
    assert shares == {"paid": pytest.approx(0.4), "unknown": pytest.approx(0.6)}
    assert ask(log, str(DAY), "work_share_ratio", kind="commit", basis="volunteer") == 0
    assert ask(log, str(DAY), "work_share_ratio", kind="review", basis="paid") == 1
    assert ask(log, str(DAY), "work_share_people", kind="commit") == 2
    assert ask(log, str(DAY + timedelta(days=90)), "work_share_ratio", kind="commit", basis="paid") is None
    assert ask(log[:-1], str(DAY), "work_share_ratio", kind="commit", basis="unknown") is None


def test_the_newest_word_on_a_practice_holds(ask: Ask) -> None:
    data = {"practice": "recruiting_plan", "url": "https://example.org/plan"}
    log = [event("practice.documented", back(days), data, f"{days}") for days in (40, 400)]
    asked = ("practice_documented_timestamp_seconds",)
    assert ask(log, str(DAY), *asked, practice="recruiting_plan") == moment(back(40)).timestamp()
    assert ask(log, str(back(41)), *asked, practice="recruiting_plan") == moment(back(400)).timestamp()
    assert ask(log, str(DAY), *asked, practice="leadership_plan") is None


@pytest.mark.parametrize("people", [0, 1, 4, 5, 9])
def test_however_few_they_are_they_are_counted(ask: Ask, people: int) -> None:
    log = [work(0, "core", 400), paid(0, "paid")]
    log += [work(who, team, 1) for who in range(1, people + 1) for team in ("core", "docs")]
    assert ask(log, str(DAY), "cross_team_contributors") == people
    assert ask(log, str(DAY), "bridges_single_person") == (1 if people == 1 else 0)
    assert ask(log, str(DAY), "work_share_ratio", kind="commit", basis="unknown") == (1 if people else None)
