"""What is to say of the stage on a day: milestones, success and risks, each with its reason and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from projections.policy.policy import CommunityPolicy
from projections.stage import milestones, risks
from projections.stage.assigned import Assigned, on
from projections.stage.series import StageEvaluation
from projections.stage.success import CRITERIA
from projections.timeline.days import number_of
from reports.format.words import sentences
from reports.stage import milestones as because
from reports.stage import risks as because_of_risk
from reports.stage import success as because_of_success
from reports.stage.query import StageQuery
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
        {name: milestone(query, name) for name in milestones.MILESTONES},
        {name: criterion(query, name) for name in CRITERIA},
        {name: risk(query, name) for name in risks.RISKS},
    )


def milestone(query: StageQuery, name: str) -> Milestone:
    """One milestone."""
    state = query.state("milestone", milestones.STATES, milestone=name)
    why, step = because.because(query, name, state), because.next_step(query, name, state)
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
    why = query.viewer.told(sentences(*because_of_success.because(query, name, holds)))
    return Criterion(None if holds is None else holds == 1, why)


def risk(query: StageQuery, name: str) -> Risk:
    """One risk."""
    state = query.state("risk", risks.STATES, risk=name)
    why = because_of_risk.because(query, name, state)
    return Risk(state, query.viewer.told(sentences(*why)), because_of_risk.next_step(query, name, state))
