"""docs/definitions.md, *Milestones, success, risks*: the state of everything on a day."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from tests.oracle import leadership_renewal, teams
from tests.oracle.contributions import Known
from tests.oracle.days import before, day_of
from tests.oracle.people import bots, of_a_team
from tests.oracle.stage_day import Stage, slots
from tests.oracle.stage_risks import RISKS, coordinators
from tests.oracle.stage_success import SUCCESS
from tests.oracle.values import Values

Number = tuple[str, Fraction | float, dict[str, str]]
MILESTONE_STATES = ("met", "at_risk", "not_met", "unknown")
RISK_STATES = ("low", "high", "unknown")


def families(known: Known, values: Values, day: date) -> Iterator[Number]:
    """All of the stage."""
    stage = Stage(known, values, day)
    yield from coordinators(stage)
    for milestone in MILESTONES:
        held = milestone_state(stage, milestone)
        for state in MILESTONE_STATES:
            yield "milestone", state == held, {"milestone": milestone, "state": state}
    for criterion, judge in SUCCESS.items():
        holds = judge(stage)
        if holds is not None:
            yield "scaling_success", holds, {"criterion": criterion}
    for risk, of_risk in RISKS.items():
        is_high = of_risk(stage)
        held = "unknown" if is_high is None else "high" if is_high else "low"
        for state in RISK_STATES:
            yield "risk", state == held, {"risk": risk, "state": state}


def milestone_state(stage: Stage, milestone: str) -> str:
    """`at_risk`: not met, but met on one of the days D−89 … D−1."""
    if not recorded(stage, milestone) or unread(stage, milestone):
        return "unknown"
    if met(stage, milestone):
        return "met"
    return "at_risk" if any(met(stage.on(before(stage.day, back)), milestone) for back in range(1, 90)) else "not_met"


def met(stage: Stage, milestone: str) -> bool:
    """Whether a milestone is met on a day; what is known today of a day is the same on every day that asks."""
    key = (milestone, stage.day)
    if key not in stage.known.met:
        stage.known.met[key] = (
            recorded(stage, milestone) and not unread(stage, milestone) and MILESTONES[milestone](stage)
        )
    return stage.known.met[key]


def recorded(stage: Stage, milestone: str) -> bool:
    """Roles and mentoring for 1, opportunities or roles for 2, relationships for 3, reports for 4."""
    if milestone == "core_mentored":
        return stage.knows_roles and stage.knows_mentoring
    if milestone == "leadership_chances":
        return stage.knows_roles or bool(stage.events("opportunity.offered", "opportunity.taken"))
    if milestone == "synergy":
        return bool(stage.events("relationship.established", "relationship.ended"))
    return slots(stage, "report") is not None


def unread(stage: Stage, milestone: str) -> bool:
    """Whether nobody read what a milestone rests on."""
    of = {"core_mentored": "roles", "leadership_chances": "roles", "synergy": "contributions"}
    return of.get(milestone) in stage.unread


def core_mentored(stage: Stage) -> bool:
    """Someone recruited within 180 days, at least half of those mentored, and a mentorship active now."""
    mentored = [one for theirs in stage.recruited(stage.values.recruited_days).values() for one in theirs]
    return bool(mentored) and 2 * sum(mentored) >= len(mentored) and bool(stage.mentorships_now)


def leadership_chances(stage: Stage) -> bool:
    """Within 180 days an `opportunity.offered` was taken up, or somebody took their first leadership seat."""
    offered = {one.data.opportunity for one in stage.events("opportunity.offered")}
    taken = [
        one
        for one in stage.events("opportunity.taken")
        if day_of(one.time) > before(stage.day, stage.values.renewal_days)
    ]
    robots = bots(stage.known.events, {one.subject for one in taken}, stage.values)
    by_people = [one for one in taken if one.subject not in robots and not of_a_team(one.subject, stage.known.person)]
    new = leadership_renewal.new_leaders(stage.leaders_terms, stage.day, stage.values)
    return any(one.data.opportunity in offered for one in by_people) or bool(new)


def synergy(stage: Stage) -> bool:
    """A relationship that is not dormant, and a flow both ways, or two engagements held `with` it in 180 days."""
    pairs = {(one.team, one.data.with_) for one in stage.events("relationship.established")}
    known, values, day = stage.known, stage.values, stage.day
    active = [pair for pair in pairs if teams.is_active(known, values, pair, day)]
    if not active:
        return False
    recent = [[one for one in teams.engagements(known, pair, day) if one > before(day, 180)] for pair in active]
    flows = teams.flows(known, values, day)
    both_ways = any(people >= 2 and flows[other, one] >= 2 for (one, other), people in list(flows.items()))
    return both_ways or any(len(held) >= 2 for held in recent)


def communicates(stage: Stage) -> bool:
    """A report with a link in at least 3 of the last 4 slots."""
    return (slots(stage, "report") or 0) >= 3


MILESTONES: dict[str, Callable[[Stage], bool]] = {
    "core_mentored": core_mentored,
    "leadership_chances": leadership_chances,
    "synergy": synergy,
    "communication": communicates,
}
