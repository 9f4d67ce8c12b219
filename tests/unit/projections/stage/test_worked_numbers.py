"""Milestones, success and risks by hand, of the oracle and of ours."""

from datetime import date, timedelta

import pytest

from events.envelope import Event
from projections.policy.policy import CommunityPolicy
from projections.policy.thresholds import SuccessPolicy
from tests.oracle.stage import MILESTONE_STATES, RISK_STATES
from tests.oracle.writing import contribution, event, goal, granted, moment, revoked
from tests.support import asking
from tests.support.asking import DEFAULT, Ask

ask = asking.ask
"""The fixture that asks the oracle and us."""

DAY = date(2026, 8, 22)
A_DAY = 86400.0


def ago(days: int) -> str:
    return str(DAY - timedelta(days=days))


def state(ask: Ask, log: list[Event], day: str, policy: CommunityPolicy = DEFAULT, **of: str) -> str:
    family, states = ("milestone", MILESTONE_STATES) if "milestone" in of else ("risk", RISK_STATES)
    held = {one: ask(log, day, family, policy, state=one, **of) for one in states}
    assert sorted(value for value in held.values() if value is not None) == [0.0] * (len(states) - 1) + [1.0]
    return next(one for one, value in held.items() if value == 1)


def coordinates(who: str, since: str, until: str | None = None, **more: str) -> Event:
    ends = {"until": moment(until)} if until else {}
    return granted(who, "all", since, "coordinator", **ends, **more)


def mentors(mentor: str, mentee: str, day: str) -> Event:
    return event("mentoring.started", day, {"mentor": mentor}, f"{mentor} {mentee}", subject=mentee)


def held(kind: str, *days: str) -> list[Event]:
    data = {"kind": kind, "url": "https://example.org/report"}
    return [event("engagement.held", day, data, f"{kind} {day}") for day in days]


def test_the_runway_is_what_was_known_of_the_term_by_the_end_of_the_day(ask: Ask) -> None:
    log = [coordinates("github:1", "2026-01-01", "2026-12-31"), coordinates("github:1", "2026-09-01", "2027-12-31")]
    assert ask(log, "2026-08-22", "coordinator_runway_seconds") == 130.5 * A_DAY
    assert ask(log, "2026-08-31", "coordinator_runway_seconds") == 121.5 * A_DAY
    assert ask(log, "2026-09-01", "coordinator_runway_seconds") == 485.5 * A_DAY


def test_a_term_without_an_end_is_no_runway_and_no_risk_of_time(ask: Ask) -> None:
    log = [coordinates("github:1", ago(10)), coordinates("github:2", ago(10), ago(-30))]
    assert ask(log, str(DAY), "coordinator_runway_seconds") is None
    assert ask(log, str(DAY), "coordinators_active") == 2
    assert state(ask, log, str(DAY), risk="coordinator_runway") == "low"


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], "high"),
        ([granted("github:2", "all", ago(10), "member")], "low"),
        ([granted("github:2", "docs", ago(10), "member")], "high"),
        ([granted("github:1", "all", ago(10), "member")], "high"),
        ([coordinates("github:2", ago(10), ago(-10))], "low"),
    ],
    ids=["alone", "with a deputy", "with a deputy elsewhere", "who is their own deputy", "with a second one"],
)
def test_a_term_that_ends_soon_is_a_risk_where_nobody_stands_in(ask: Ask, others: list[Event], expected: str) -> None:
    log = [coordinates("github:1", ago(10), ago(-90)), *others]
    assert state(ask, log, str(DAY), risk="coordinator_runway") == expected


def test_a_term_of_half_a_year_is_long_enough(ask: Ask) -> None:
    log = [coordinates("github:1", ago(10), ago(-181)), granted("github:2", "docs", ago(10))]
    assert ask(log, str(DAY), "coordinator_runway_seconds") == 180.5 * A_DAY
    assert state(ask, log, str(DAY), risk="coordinator_runway") == "low"
    assert state(ask, log, ago(-1), risk="coordinator_runway") == "high"


def test_nobody_who_coordinates_is_a_risk(ask: Ask) -> None:
    log = [coordinates("github:1", ago(10)), revoked("github:1", "all", ago(5), "coordinator")]
    log += [granted(f"github:{who}", "docs", ago(5)) for who in (2, 3)]
    assert ask(log, str(DAY), "coordinators_active") == 0
    assert ask(log, str(DAY), "coordinator_runway_seconds") is None
    assert state(ask, log, str(DAY), risk="coordinator_runway") == "high"


def test_a_coordinator_who_carries_more_than_half_of_the_mentorships_is_a_risk(ask: Ask) -> None:
    log = [coordinates("github:1", ago(10)), coordinates("github:2", ago(10))]
    half = [mentors("github:1", "github:5", ago(3)), mentors("github:3", "github:6", ago(3))]
    assert ask(log + half, str(DAY), "coordinator_mentorship_share_ratio") == 0.5
    assert state(ask, log + half, str(DAY), risk="coordinator_runway") == "low"
    more = [*half, mentors("github:1", "github:7", ago(2))]
    assert ask(log + more, str(DAY), "coordinator_mentorship_share_ratio") == pytest.approx(2 / 3)
    assert state(ask, log + more, str(DAY), risk="coordinator_runway") == "high"


def test_by_active_seats_a_coordinator_is_one_who_works(ask: Ask) -> None:
    policy = CommunityPolicy(judge_by="active")
    log = [coordinates("github:1", ago(400)), coordinates("github:2", ago(400)), contribution("github:2", ago(100))]
    assert ask(log, ago(11), "coordinators_active", policy) == 1
    assert ask(log, ago(10), "coordinators_active", policy) == 0
    assert ask(log, ago(11), "coordinators_active") == 2


@pytest.mark.parametrize(("mentored", "expected"), [(0, "not_met"), (1, "met"), (2, "met")])
def test_half_of_the_new_core_members_are_mentored(ask: Ask, mentored: int, expected: str) -> None:
    log = [granted(f"github:{who}", "docs", ago(10), "member") for who in (1, 2)]
    log += [mentors("github:9", f"github:{who}", ago(20)) for who in range(1, mentored + 1)]
    log.append(mentors("github:9", "github:8", ago(20)))
    assert state(ask, log, str(DAY), milestone="core_mentored") == expected
    assert state(ask, log[:2], str(DAY), milestone="core_mentored") == "unknown"


def test_reports_in_three_of_four_slots_are_remembered_for_89_days(ask: Ask) -> None:
    first = date(2026, 1, 1)
    days = [first + timedelta(days=45 * slot) for slot in range(3)]
    log = held("report", *map(str, days))
    for after, expected in (
        (0, "not_met"),
        (89, "not_met"),
        (90, "met"),
        (179, "met"),
        (180, "at_risk"),
        (268, "at_risk"),
        (269, "not_met"),
    ):
        assert state(ask, log, str(first + timedelta(days=after)), milestone="communication") == expected, after
    assert state(ask, log, str(first), milestone="synergy") == "unknown"


def test_an_offer_that_was_taken_up_is_a_chance_to_lead(ask: Ask) -> None:
    taken = event("opportunity.taken", ago(20), {"opportunity": "release"}, "t", subject="github:1")
    offered = event("opportunity.offered", ago(10), {"opportunity": "release"}, "o")
    assert state(ask, [taken], str(DAY), milestone="leadership_chances") == "not_met"
    assert state(ask, [taken, offered], ago(11), milestone="leadership_chances") == "not_met"
    assert state(ask, [taken, offered], ago(10), milestone="leadership_chances") == "met"
    assert state(ask, [taken, offered], ago(20 - 179), milestone="leadership_chances") == "met"
    assert state(ask, [taken, offered], ago(20 - 180), milestone="leadership_chances") == "at_risk"
    by_bot = taken.model_copy(update={"subject": "github-login:x-bot"})
    assert state(ask, [by_bot, offered], str(DAY), milestone="leadership_chances") == "not_met"


def test_a_relationship_is_lived_by_two_engagements_or_by_people_both_ways(ask: Ask) -> None:
    log = [event("relationship.established", ago(60), {"with": "docs", "nature": "sister"}, "r")]
    meetings = [
        event("engagement.held", ago(back), {"kind": "meeting", "with": "docs"}, f"m{back}") for back in (50, 3)
    ]
    assert state(ask, log + meetings[:1], str(DAY), milestone="synergy") == "not_met"
    assert state(ask, log + meetings, str(DAY), milestone="synergy") == "met"
    work = [
        contribution(f"github:{who}", day, team=team)
        for who, home, guest in ((1, "core", "docs"), (2, "core", "docs"), (3, "docs", "core"), (4, "docs", "core"))
        for day, team in ((ago(9), home), (ago(8), home), (ago(7), guest))
    ]
    assert state(ask, log + work, str(DAY), milestone="synergy") == "met"
    assert state(ask, log + work[:-1], str(DAY), milestone="synergy") == "not_met"


def test_growth_needs_the_goal_at_four_month_ends_and_people_who_recur(ask: Ask) -> None:
    aim = goal("2026-01-01", 1, "2026-01-31", 2, "2030-01-01")
    first = [contribution("github:1", day) for day in ("2026-01-01", "2026-01-20")]
    both = [
        contribution(f"github:{who}", str(date(2026, month, day)), id_=f"{who} {month} {day}")
        for who in (1, 2)
        for month in range(2, 7)
        for day in (1, 20)
    ]
    log = [aim, *first, *both]
    assert ask(log, "2026-01-30", "scaling_success", criterion="growth") is None
    assert ask(log, "2026-05-30", "scaling_success", criterion="growth") == 0
    assert ask(log, "2026-05-31", "scaling_success", criterion="growth") == 1
    once = [one for one in both if one.time.day == 20]
    assert ask([aim, *first, *once], "2026-05-31", "scaling_success", criterion="growth") == 1
    at_end = [contribution(f"github:{who}", "2026-06-30", id_=f"end {who}") for who in (1, 2)]
    assert ask([aim, *first, *both[:-10], *at_end], "2026-08-31", "scaling_success", criterion="growth") == 0


@pytest.mark.parametrize(("leaders", "active", "expected"), [(2, 1, 0), (3, 1, 1), (3, 6, 1), (3, 7, 0)])
def test_leadership_is_spread_over_enough_people(ask: Ask, leaders: int, active: int, expected: int) -> None:
    policy = CommunityPolicy(success=SuccessPolicy(active_per_leader=2))
    log = [granted(f"github:{who}", f"s{who}", ago(1)) for who in range(leaders)]
    assert ask(log, str(DAY), "scaling_success", policy, criterion="distribution") is None
    log += [contribution(f"github:{who}", ago(1)) for who in range(active)]
    assert ask(log, str(DAY), "scaling_success", policy, criterion="distribution") == expected


@pytest.mark.parametrize(
    ("covered", "criterion", "risk"), [(0, 0, "high"), (2, 0, "high"), (3, 0, "low"), (4, 1, "low")]
)
def test_strength_is_a_criterion_and_a_risk(ask: Ask, covered: int, criterion: int, risk: str) -> None:
    log = [granted("github:1", f"s{scope}", ago(1)) for scope in range(5)]
    log += [granted("github:2", f"s{scope}", ago(1), "member") for scope in range(covered)]
    assert ask(log, str(DAY), "scaling_success", criterion="strength") == criterion
    assert state(ask, log, str(DAY), risk="ownership_openness") == risk


def test_momentum_needs_leaders_and_mentored_core_members_in_both_half_years_and_check_ins(ask: Ask) -> None:
    log = [granted(f"github:{back}", "docs", ago(back)) for back in (0, 181, 182, 363)]
    log += [mentors("github:9", f"github:{back}", ago(back + 10)) for back in (0, 363)]
    check_ins = held("check_in", ago(0), ago(30), ago(60))
    assert ask(log, str(DAY), "scaling_success", criterion="momentum") is None
    assert ask(log + check_ins[1:], str(DAY), "scaling_success", criterion="momentum") == 0
    assert ask(log + check_ins, str(DAY), "scaling_success", criterion="momentum") == 1
    assert ask(log + check_ins, ago(-1), "scaling_success", criterion="momentum") == 0
    assert ask(log[1:] + check_ins, str(DAY), "scaling_success", criterion="momentum") == 0


@pytest.mark.parametrize(("newcomers", "expected"), [(17, "high"), (18, "low")])
def test_a_newcomer_share_that_falls_by_15_points_is_a_risk(ask: Ask, newcomers: int, expected: str) -> None:
    long_ago = [contribution("github:0", ago(730))]
    then = [contribution(f"github:{who}", ago(365 + 30), id_=f"then {who}") for who in range(20, 40)]
    now = [contribution(f"github:{who}", ago(30)) for who in range(40, 40 + newcomers)]
    stayed = [contribution(f"github:{who}", ago(30), id_=f"now {who}") for who in range(20, 40 - newcomers)]
    log = [*long_ago, *then, *now, *stayed]
    assert state(ask, log, str(DAY), risk="ownership_openness") == expected
    assert state(ask, log[1:], str(DAY), risk="ownership_openness") == "unknown"
    assert state(ask, log[:-1], str(DAY), risk="ownership_openness") == "unknown"


@pytest.mark.parametrize(("accepted", "expected"), [(4, "high"), (5, "low")])
def test_acceptance_of_newcomers_below_half_of_the_year_before_is_a_risk(
    ask: Ask, accepted: int, expected: str
) -> None:
    log = [
        event(
            "contribution.recorded",
            ago(back),
            {"kind": "patch", "outcome": "accepted" if place < how_many else "declined", "about": f"{back}/{place}"},
            f"{back} {place}",
            subject=f"github:{back}{place}",
        )
        for back, how_many in ((365, 10), (0, accepted))
        for place in range(20)
    ]
    assert state(ask, log, str(DAY), risk="ownership_openness") == expected
    assert state(ask, log[:-1], str(DAY), risk="ownership_openness") == "unknown"
