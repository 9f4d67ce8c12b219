"""Who is behind a number: the people that a family counts on a day, and the days and kinds of work it counts."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from projections.activity.ranges import Ints
from projections.community.joined import Joined
from projections.counted import PEOPLE, Asked, last_sunday
from projections.facts.fact import Fact
from projections.leadership.criteria import FAMILIES as CRITERIA
from projections.leadership.criteria import meeting_on
from projections.leadership.shown import SeatShown
from projections.mentoring.metrics import FAMILIES as MENTORING
from projections.mentoring.opened import opened as mentoring_opened
from projections.pathway.metrics import FAMILIES as PATHWAY
from projections.pathway.opened import opened as steps_opened
from projections.responses.metrics import FAMILIES as RESPONSES
from projections.responses.opened import opened
from projections.stage.metrics import FAMILIES as STAGE
from projections.stage.opened import events as told_of_stage
from projections.teams.opened import OPENED as TOGETHER


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


def behind(joined: Joined, family: str, labels: Mapping[str, str], day: int) -> Behind:
    """Who is behind a number, with the contributions that it rests on; nobody where it is not about people."""
    asked = Asked(joined, labels, day)
    for families, question in QUESTIONS:
        if family in families:
            return question(asked, family)
    return counted(asked, family)


def counted(asked: Asked, family: str) -> Behind:
    """Those whom a number about activity counts."""
    joined, labels, day = asked.joined, asked.labels, asked.day
    end = day - asked.window if family == "lapsed_contributors" else day
    first, last = (end - asked.window + 1, end)
    if family == "weekly_contributors":
        first, last = last_sunday(day) - 6, last_sunday(day)
    if family == "excluded_contributions":
        identities = excluded(asked)
    elif family in PEOPLE and labels.get("unit") != "organisation":
        identities = by_person(joined, PEOPLE[family](asked))
    else:
        identities = {}
    return Behind(identities, first, last, family not in ANY_LEVEL, labels.get("team"))


def answered(asked: Asked, family: str) -> Behind:
    """The authors of the artefacts that a number about responses counts."""
    found, persons = opened(asked.joined, family, asked.labels, asked.day), asked.joined.who.persons
    identities = by_person(asked.joined, np.array(list(found), np.int64))
    keys = {persons[person]: theirs for person, theirs in found.items()}
    return Behind(identities, asked.day - asked.window + 1, asked.day, active_only=False, contributions=keys)


def on_the_pathway(asked: Asked, family: str) -> Behind:
    """Those who reached a step; who never contributed has reached it by a seat, and stands for themselves."""
    found = steps_opened(asked.joined, family, asked.labels, asked.day)
    return Behind(by_name(asked.joined, found.persons), found.first_day, found.last_day, found.active_only)


def eligible(asked: Asked, _family: str) -> Behind:
    """Those who meet the criteria of a role, with all that they ever contributed."""
    people = meeting_on(asked.joined, asked.labels.get("role", ""), asked.day)
    return Behind(by_name(asked.joined, people), 0, asked.day, active_only=False)


def mentored(asked: Asked, family: str) -> Behind:
    """Those whom a number of mentoring counts, with the events that made their mentorships."""
    found = mentoring_opened(asked.joined, family, asked.labels, asked.day)
    people, first = by_name(asked.joined, sorted(found.events)), asked.day - found.days + 1
    return Behind(people, first, asked.day, active_only=False, facts=found.events, seats=found.seats)


def together(asked: Asked, family: str) -> Behind:
    """Those who work across teams or at one kind of work, or what the community told of itself."""
    found = TOGETHER[family](asked)
    people, first = by_person(asked.joined, found.people), asked.day - found.days + 1
    return Behind(people, first, asked.day, kind=found.kind, in_a_team=found.in_a_team, told=found.told)


def of_the_stage(asked: Asked, _family: str) -> Behind:
    """What was told of a milestone; whom it counts, its own opening says."""
    return Behind({}, asked.day, asked.day, told=told_of_stage(asked.joined, asked.labels, asked.day))


def by_name(joined: Joined, persons: Sequence[str]) -> Mapping[str, list[str]]:
    """The identities of these people; who never contributed stands for themselves."""
    theirs = contributed(joined, persons)
    return {one: theirs.get(one) or [one] for one in persons}


def contributed(joined: Joined, persons: Sequence[str]) -> Mapping[str, list[str]]:
    """The identities that ever contributed, of those of these people who did."""
    number = {name: at for at, name in enumerate(joined.who.persons)}
    return by_person(joined, np.array([number[one] for one in persons if one in number], np.int64))


def by_person(joined: Joined, people: Ints) -> Mapping[str, list[str]]:
    """The identities of each of these people, by the person's own, alphabetically."""
    found: dict[str, list[str]] = {joined.who.persons[one]: [] for one in people}
    for at in joined.who.identities_of(people):
        found[joined.who.persons[joined.who.person[at]]].append(joined.names.identities[at])
    return dict(sorted(found.items()))


def excluded(asked: Asked) -> Mapping[str, list[str]]:
    """Bots or agents with contributions in the window; each identity stands for itself."""
    who, seen = asked.joined.who, np.unique(asked.joined.cells.within(asked.day, asked.window).identity)
    left_out = who.is_agent if asked.labels.get("reason") == "agent" else who.is_bot
    names = sorted(asked.joined.names.identities[at] for at in seen[left_out[seen]])
    return {name: [name] for name in names}


QUESTIONS: Sequence[tuple[Container[str], Callable[[Asked, str], Behind]]] = (
    (RESPONSES, answered),
    (PATHWAY, on_the_pathway),
    (CRITERIA, eligible),
    (MENTORING, mentored),
    (TOGETHER, together),
    (STAGE, of_the_stage),
)
"""Families → who knows what is behind them."""
