"""What is to say of the stage on a day: milestones, success and risks, each with its reason and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from projections.metrics.family import STATE_UNKNOWN
from projections.policy.policy import CommunityPolicy
from projections.stage.assigned import Assigned, on
from projections.stage.milestones import MILESTONES
from projections.stage.milestones import STATES as MILESTONE_STATES
from projections.stage.risks import RISKS
from projections.stage.risks import STATES as RISK_STATES
from projections.stage.series import StageEvaluation
from projections.stage.success import CRITERIA
from projections.timeline.days import number_of
from reports.format.words import sentences
from reports.stage.milestones import milestone_reason, milestone_step
from reports.stage.query import AGAIN, StageQuery
from reports.stage.risks import risk_reason, risk_step
from reports.stage.success import criterion_reason
from reports.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone: where it is and why, who answers for it, what there will be to show by when, and what is next."""

    state: str
    because: str
    responsible: str | None = None
    support: str | None = None
    deliverable: str | None = None
    due_on: date | None = None
    next_step: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of success: whether it holds, None where that cannot be judged, and why."""

    holds: bool | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk: low, high or unknown, why, and what is next."""

    state: str
    because: str
    next_step: str | None = None


@dataclass(frozen=True, slots=True)
class StageReport:
    """All that is to say of the stage."""

    milestones: Mapping[str, Milestone]
    success: Mapping[str, Criterion]
    risks: Mapping[str, Risk]


def stage_report(viewer: Viewer, seen: StageEvaluation | None, policy: CommunityPolicy, day: date) -> StageReport:
    """What somebody may be told of the stage.

    Args:
        viewer: what they may see.
        seen: what the last sweep saw; None before the facts were read.
        policy: the community's.
        day: the day asked about.
    """
    query = StageQuery(viewer, seen, policy, day)
    return StageReport(
        {name: milestone(query, name) for name in MILESTONES},
        {name: criterion(query, name) for name in CRITERIA},
        {name: risk(query, name) for name in RISKS},
    )


def milestone(query: StageQuery, name: str) -> Milestone:
    """One milestone."""
    state = query.state("milestone", MILESTONE_STATES, milestone=name)
    why, step = milestone_reason(query, name, state), milestone_step(query, name, state)
    if hidden := unknown_unread(query, name, state):
        why, step = [hidden], AGAIN
    given = on(query.seen.assigned.get(name, ()), number_of(query.day)) if query.seen else None
    return Milestone(state, query.viewer.told(sentences(*why)), *answering(query, given), step)


def answering(query: StageQuery, given: Assigned | None) -> tuple[str | None, str | None, str | None, date | None]:
    """Who answers for a milestone and who supports, as they may be named; the deliverable, and by when it is due."""
    if given is None:
        return None, None, None, None
    responsible, support = (query.viewer.named(one) if one else None for one in (given.responsible, given.support))
    return responsible, support, given.deliverable, given.due_on


def criterion(query: StageQuery, name: str) -> Criterion:
    """One criterion of success."""
    holds = query.number("scaling_success", criterion=name)
    hidden = unknown_unread(query, name, STATE_UNKNOWN if holds is None else "")
    why = query.viewer.told(sentences(*([hidden] if hidden else criterion_reason(query, name, holds))))
    return Criterion(None if holds is None else holds == 1, why)


def risk(query: StageQuery, name: str) -> Risk:
    """One risk."""
    state = query.state("risk", RISK_STATES, risk=name)
    if hidden := unknown_unread(query, name, state):
        return Risk(state, sentences(hidden), AGAIN)
    why = risk_reason(query, name, state)
    return Risk(state, query.viewer.told(sentences(*why)), risk_step(query, name, state))


def unknown_unread(query: StageQuery, name: str, state: str) -> str:
    """What nobody read, as half a sentence, where a state is unknown for that; else nothing."""
    return query.not_read(name) if state == STATE_UNKNOWN else ""
