"""What a report says of work across teams and with others: pairs of teams that share people, and relationships."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from projections.collaboration.counts import TEAM_BITS, meetings, pair_of, team_days
from projections.collaboration.mains import TeamDays
from projections.collaboration.relationships import Relationship, Relationships
from projections.community.contributions import NO_TEAM
from projections.community.snapshot import CommunitySnapshot
from projections.timeline.days import date_of
from projections.timeline.ranges import Ints


class State(StrEnum):
    """Whether a relationship is lived."""

    ACTIVE = "active"
    DORMANT = "dormant"


@dataclass(frozen=True, slots=True)
class BridgeShown:
    """A pair of teams, by name, and how many people work in both."""

    teams: tuple[str, str]
    people: int


@dataclass(frozen=True, slots=True)
class RelationshipShown:
    """A relationship that has not ended.

    Attributes:
        team: whose it is; None is the whole community.
        engagements_180_days: how many engagements were held with the partner in the last 180 days.
    """

    team: str | None
    with_: str
    nature: str
    state: State
    since: date
    last_engagement: date | None
    engagements_180_days: int


def bridges(snapshot: CommunitySnapshot, day: int) -> Sequence[BridgeShown]:
    """The pairs of teams that share anybody on a day, by name."""
    met, _ = meeting(snapshot, day)
    names = snapshot.names.teams
    pairs, people = np.unique(met, return_counts=True)
    found = [
        BridgeShown(alphabetical(names[pair >> TEAM_BITS], names[pair & (1 << TEAM_BITS) - 1]), many)
        for pair, many in zip(pairs.tolist(), people.tolist(), strict=True)
    ]
    return sorted(found, key=lambda bridge: bridge.teams)


def alphabetical(one: str, other: str) -> tuple[str, str]:
    """Two teams in alphabetical order."""
    return (one, other) if one <= other else (other, one)


def working(snapshot: CommunitySnapshot, day: int) -> TeamDays:
    """Who did active work in which team within the window that ends on a day, of those who did in more than one."""
    recent = snapshot.human.within(day, snapshot.policy.collaboration.cross_team_days)
    return team_days(snapshot.names.active(recent.where(recent.team != NO_TEAM), snapshot.policy), snapshot.who)


def across(snapshot: CommunitySnapshot, day: int) -> Ints:
    """The people who work in two teams or more on a day."""
    return np.unique(working(snapshot, day).who)


def meeting(snapshot: CommunitySnapshot, day: int) -> tuple[Ints, Ints]:
    """The pairs of teams in which anybody works on a day, one row for each of their people, and who they are."""
    work = working(snapshot, day)
    first = np.flatnonzero(np.diff(work.place, prepend=-1))
    who, team = work.who[first], work.team[first]
    nothing = np.zeros(len(who), np.int64)
    one, other = meetings(who, nothing, nothing + 1)
    return pair_of(team[one], team[other]), who[one]


def bridging(snapshot: CommunitySnapshot, day: int) -> Ints:
    """The people who alone hold some two teams together on a day."""
    met, who = meeting(snapshot, day)
    _, place, people = np.unique(met, return_inverse=True, return_counts=True)
    return np.unique(who[people[place] == 1])


def relationships(snapshot: CommunitySnapshot, day: int) -> Sequence[RelationshipShown]:
    """The relationships that stand on a day, by partner and team."""
    related = snapshot.of(Relationships).every
    standing = [relationship(one, day) for one in related if one.held(day)]
    return sorted(standing, key=lambda one: (one.with_, one.team or ""))


def relationship(of: Relationship, day: int) -> RelationshipShown:
    """One relationship on a day, as known by then."""
    held = [one for one in of.engagements if one <= day]
    return RelationshipShown(
        of.team,
        of.partner,
        of.nature_on(day),
        State.ACTIVE if of.active_on(day) else State.DORMANT,
        date_of(of.start),
        date_of(held[-1]) if held else None,
        of.engagements_within(day, 180),
    )
