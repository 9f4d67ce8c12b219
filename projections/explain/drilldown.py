"""Who is behind a number: the people that a family counts on a day, and the days and kinds of work it counts."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from projections.activity.drilldown import PEOPLE, NumberQuery, last_sunday
from projections.collaboration.drilldown import OPENED as TOGETHER
from projections.community.snapshot import CommunitySnapshot
from projections.facts.fact import Fact
from projections.leadership.criteria import FAMILIES as CRITERIA
from projections.leadership.criteria import meeting_on
from projections.leadership.day import SeatShown
from projections.mentoring.drilldown import opened as mentoring_opened
from projections.mentoring.families import FAMILIES as MENTORING
from projections.pathway.drilldown import opened as steps_opened
from projections.pathway.families import FAMILIES as PATHWAY
from projections.responses.drilldown import opened
from projections.responses.families import FAMILIES as RESPONSES
from projections.stage.drilldown import events as told_of_stage
from projections.stage.families import FAMILIES as STAGE
from projections.timeline.ranges import Ints


@dataclass(frozen=True, slots=True)
class Behind:
    """The identities behind a number, by person, and which of their contributions it rests on.

    Days are day numbers, both included. Where `contributions` names keys by person, it rests on these alone. `facts`
    are the rare events that it rests on too, `seats` those that somebody's own grant is told of, by person; `told` are
    the events that are nobody's. Where there is a `kind`, only work of that kind counts, or else only work in a team.
    """

    identities: Mapping[str, list[str]]
    first_day: int
    last_day: int
    active_only: bool = True
    team: str | None = None
    contributions: Mapping[str, Sequence[bytes]] = field(default_factory=dict)
    facts: Mapping[str, Sequence[Fact]] = field(default_factory=dict)
    seats: Mapping[str, SeatShown] = field(default_factory=dict)
    kind: str | None = None
    in_a_team: bool = False
    told: Sequence[Fact] = ()


ANY_LEVEL = frozenset({"newcomers", "contributions", "excluded_contributions"})


def behind(snapshot: CommunitySnapshot, family: str, labels: Mapping[str, str], day: int) -> Behind:
    """Who is behind a number, with the contributions that it rests on; nobody where it is not about people."""
    query = NumberQuery(snapshot, labels, day)
    for families, question in QUESTIONS:
        if family in families:
            return question(query, family)
    return counted(query, family)


def counted(query: NumberQuery, family: str) -> Behind:
    """Those whom a number about activity counts."""
    snapshot, labels, day = query.snapshot, query.labels, query.day
    end = day - query.window if family == "lapsed_contributors" else day
    first, last = (end - query.window + 1, end)
    if family == "weekly_contributors":
        first, last = last_sunday(day) - 6, last_sunday(day)
    if family == "excluded_contributions":
        identities = excluded(query)
    elif family in PEOPLE and labels.get("unit") != "organisation":
        identities = by_person(snapshot, PEOPLE[family](query))
    else:
        identities = {}
    return Behind(identities, first, last, family not in ANY_LEVEL, labels.get("team"))


def answered(query: NumberQuery, family: str) -> Behind:
    """The authors of the artefacts that a number about responses counts."""
    found, persons = opened(query.snapshot, family, query.labels, query.day), query.snapshot.who.persons
    identities = by_person(query.snapshot, np.array(list(found), np.int64))
    keys = {persons[person]: theirs for person, theirs in found.items()}
    return Behind(identities, query.day - query.window + 1, query.day, active_only=False, contributions=keys)


def on_the_pathway(query: NumberQuery, family: str) -> Behind:
    """Those who reached a step; who never contributed has reached it by a seat, and stands for themselves."""
    found = steps_opened(query.snapshot, family, query.labels, query.day)
    return Behind(by_name(query.snapshot, found.persons), found.first_day, found.last_day, found.active_only)


def eligible(query: NumberQuery, _family: str) -> Behind:
    """Those who meet the criteria of a role, with all that they ever contributed."""
    people = meeting_on(query.snapshot, query.labels.get("role", ""), query.day)
    return Behind(by_name(query.snapshot, people), 0, query.day, active_only=False)


def mentored(query: NumberQuery, family: str) -> Behind:
    """Those whom a number of mentoring counts, with the events that made their mentorships."""
    found = mentoring_opened(query.snapshot, family, query.labels, query.day)
    people, first = by_name(query.snapshot, sorted(found.events)), query.day - found.days + 1
    return Behind(people, first, query.day, active_only=False, facts=found.events, seats=found.seats)


def together(query: NumberQuery, family: str) -> Behind:
    """Those who work across teams or at one kind of work, or what the community told of itself."""
    found = TOGETHER[family](query)
    people, first = by_person(query.snapshot, found.people), query.day - found.days + 1
    return Behind(people, first, query.day, kind=found.kind, in_a_team=found.in_a_team, told=found.told)


def of_the_stage(query: NumberQuery, _family: str) -> Behind:
    """What was told of a milestone; whom it counts, its own opening says."""
    return Behind({}, query.day, query.day, told=told_of_stage(query.snapshot, query.labels, query.day))


def by_name(snapshot: CommunitySnapshot, persons: Sequence[str]) -> Mapping[str, list[str]]:
    """The identities of these people; who never contributed stands for themselves."""
    theirs = contributed(snapshot, persons)
    return {one: theirs.get(one) or [one] for one in persons}


def contributed(snapshot: CommunitySnapshot, persons: Sequence[str]) -> Mapping[str, list[str]]:
    """The identities that ever contributed, of those of these people who did."""
    number = {name: at for at, name in enumerate(snapshot.who.persons)}
    return by_person(snapshot, np.array([number[one] for one in persons if one in number], np.int64))


def by_person(snapshot: CommunitySnapshot, people: Ints) -> Mapping[str, list[str]]:
    """The identities of each of these people, by the person's own, alphabetically."""
    found: dict[str, list[str]] = {snapshot.who.persons[one]: [] for one in people}
    for at in snapshot.who.identities_of(people):
        found[snapshot.who.persons[snapshot.who.person[at]]].append(snapshot.names.identities[at])
    return dict(sorted(found.items()))


def excluded(query: NumberQuery) -> Mapping[str, list[str]]:
    """Bots or agents with contributions in the window; each identity stands for itself."""
    who, seen = query.snapshot.who, np.unique(query.snapshot.cells.within(query.day, query.window).identity)
    left_out = who.is_agent if query.labels.get("reason") == "agent" else who.is_bot
    names = sorted(query.snapshot.names.identities[at] for at in seen[left_out[seen]])
    return {name: [name] for name in names}


QUESTIONS: Sequence[tuple[Container[str], Callable[[NumberQuery, str], Behind]]] = (
    (RESPONSES, answered),
    (PATHWAY, on_the_pathway),
    (CRITERIA, eligible),
    (MENTORING, mentored),
    (TOGETHER, together),
    (STAGE, of_the_stage),
)
"""Families → who knows what is behind them."""
