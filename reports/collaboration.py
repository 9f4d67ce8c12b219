"""What a report says of work with others, of communication and of impact, in parts and in lines.

Source: docs/definitions.md, "Other communities, communication, impact"; and "Milestones, success, risks", Practices.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import numpy as np
from pydantic import Field

from projections.collaboration import bridges as teams
from projections.collaboration.bridges import RelationshipShown, State
from projections.communication.impact import WorkShown, impact
from projections.communication.inputs import CommunicationInputs
from projections.community.snapshot import CommunitySnapshot
from projections.timeline.days import number_of
from projections.timeline.history import History, series
from reports import communication
from reports.communication import QUARTER_DAYS, EngagementShown, PracticeShown, StoryShown


@dataclass(frozen=True, slots=True)
class Bridge:
    """A pair of teams, by name, and how many people work in both, where that may be told."""

    teams: tuple[str, str]
    people: int | str | None = None


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship that has not ended.

    Attributes:
        with_: the partner.
        team: whose it is; None is the whole community.
        engagements_180_days: how many engagements were held with the partner in the last 180 days.
    """

    with_: Annotated[str, Field(serialization_alias="with")]
    nature: str
    state: State
    since: date
    engagements_180_days: int
    team: str | None = None
    last_engagement: date | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """The work of one kind in the headline window, as far as it may be told.

    Attributes:
        by_basis: share of the volume by basis on the work's own day; empty where no affiliation was ever recorded.
        person_days: its volume.
        people: how many did it.
        outside: share by people known to belong to others than the owning organisation; None where none is named.
    """

    by_basis: Mapping[str, float]
    person_days: int | None = None
    people: int | None = None
    outside: float | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of active work on a day, and a year before; None where there was none, or none may be told."""

    kind: str
    now: Work | None = None
    year_before: Work | None = None


@dataclass(frozen=True, slots=True)
class Collaboration:
    """As of one day.

    Attributes:
        bridges: pairs of teams that share people.
        relationships: those that have not ended.
        engagements: the last of each kind.
        practices: as last documented.
        impact: active work by kind, beside a year before.
        stories: newest first.
    """

    bridges: Sequence[Bridge] = ()
    relationships: Sequence[Relationship] = ()
    engagements: Sequence[EngagementShown] = ()
    practices: Sequence[PracticeShown] = ()
    impact: Sequence[Kind] = ()
    stories: Sequence[StoryShown] = ()


def collaboration(
    snapshot: CommunitySnapshot, history: History, as_of: date, *, reads_work: bool = True
) -> Collaboration:
    """All of it as of a day that the history covers; without work what people say themselves, where nobody read it."""
    day, policy, told = number_of(as_of), snapshot.policy, snapshot.of(CommunicationInputs)
    return Collaboration(
        [Bridge(one.teams, one.people) for one in teams.bridges(snapshot, day)] if reads_work else (),
        list(map(relationship, teams.relationships(snapshot, day))) if reads_work else (),
        communication.engagements(told, policy, day),
        communication.practices(told, policy, day, happened(snapshot, history, as_of, reads_work=reads_work)),
        [Kind(one.kind, work(one.now), work(one.year_before)) for one in impact(snapshot, day)] if reads_work else (),
        communication.stories(told, day),
    )


def relationship(one: RelationshipShown) -> Relationship:
    """A relationship as it is told."""
    return Relationship(
        one.with_, one.nature, one.state, one.since, one.engagements_180_days, one.team, one.last_engagement
    )


def work(one: WorkShown | None) -> Work | None:
    """The work of a kind as it is told; nothing where there was none."""
    return Work(one.by_basis, one.person_days, one.people, one.outside) if one else None


def happened(
    snapshot: CommunitySnapshot, history: History, as_of: date, *, reads_work: bool
) -> Mapping[str, tuple[int | None, int]]:
    """How many people came, and how many came to lead, with the days in which they did; None where not known."""
    first, day = snapshot.human_work().firsts().day, number_of(as_of)
    newcomers = int(((first > day - QUARTER_DAYS) & (first <= day)).sum())
    leaders = history.value(series("new_leaders"), as_of)
    return {
        "newcomers": (newcomers if reads_work else None, QUARTER_DAYS),
        "leaders": (None if np.isnan(leaders) else int(leaders), snapshot.policy.renewal_days),
    }
