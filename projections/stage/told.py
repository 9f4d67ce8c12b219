"""What is to say of the stage on a day: milestones, success and risks, each with its reason and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from projections.days import number_of
from projections.plain import plain
from projections.policy import CommunityPolicy
from projections.stage import because, because_of_risk, because_of_success, milestones, risks
from projections.stage.asked import Asked, Shown, sentence, told_to
from projections.stage.assigned import Assigned, on
from projections.stage.stage import Seen
from projections.stage.success import CRITERIA


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

    holds: bool | None
    because: str


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk: low, high or unknown, why, and what is next."""

    state: str
    because: str
    next_step: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """All that is to say of the stage."""

    milestones: Mapping[str, Milestone]
    success: Mapping[str, Criterion]
    risks: Mapping[str, Risk]

    def as_json(self) -> dict[str, Any]:
        """The documented JSON: what is not known is left out."""
        return plain(self)


def told(shown: Shown, seen: Seen | None, policy: CommunityPolicy, day: date) -> Told:
    """What somebody may be told of the stage.

    Args:
        shown: what they may see.
        seen: what the last sweep saw; None before the facts were read.
        policy: the community's.
        day: the day asked about.
    """
    asked = Asked(shown, seen, policy, day)
    return Told(
        {name: milestone(asked, name) for name in milestones.MILESTONES},
        {name: criterion(asked, name) for name in CRITERIA},
        {name: risk(asked, name) for name in risks.RISKS},
    )


def milestone(asked: Asked, name: str) -> Milestone:
    """One milestone."""
    state = asked.state("milestone", milestones.STATES, milestone=name)
    why, step = because.because(asked, name, state), because.next_step(asked, name, state)
    given = on(asked.seen.assigned.get(name, ()), number_of(asked.day)) if asked.seen else None
    return Milestone(state, told_to(asked.shown, sentence(*why)), *answering(asked, given), step)


def answering(asked: Asked, given: Assigned | None) -> tuple[str | None, str | None, str | None, date | None]:
    """Who answers for a milestone and who supports, as they may be named; the deliverable, and by when it is due."""
    if given is None:
        return None, None, None, None
    responsible, support = (asked.shown.named(one) if one else None for one in (given.responsible, given.support))
    return responsible, support, given.deliverable, given.due_on


def criterion(asked: Asked, name: str) -> Criterion:
    """One criterion of success."""
    holds = asked.number("scaling_success", criterion=name)
    why = told_to(asked.shown, sentence(*because_of_success.because(asked, name, holds)))
    return Criterion(None if holds is None else holds == 1, why)


def risk(asked: Asked, name: str) -> Risk:
    """One risk."""
    state = asked.state("risk", risks.STATES, risk=name)
    why = because_of_risk.because(asked, name, state)
    return Risk(state, told_to(asked.shown, sentence(*why)), because_of_risk.next_step(asked, name, state))
