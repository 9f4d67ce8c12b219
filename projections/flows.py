"""Each flow of the headline window split by team, by basis and by class of volume, every split adding up.

Source: DEFINITIONS, "Activity", Flows; and "People", Affiliation, for shares by basis.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from projections.activity.ranges import Ints, Work
from projections.community.cells import NO_TEAM
from projections.community.joined import Joined
from projections.counted import PEOPLE, Asked

FLOWS = ("new", "returned", "lapsed")
CLASSES = ("core", "regular", "casual")
SEVERAL, NO_TEAM_NAMED = "several", "none"


@dataclass(frozen=True, slots=True)
class Split:
    """How many people of a flow belong where; each mapping adds up to `people`, or is empty where not defined."""

    people: int
    by_team: Mapping[str, int]
    by_basis: Mapping[str, int]
    by_class: Mapping[str, int]


def flows(joined: Joined, day: int) -> Mapping[str, Split]:
    """Split new, returned and lapsed contributors of the window that ends on a day (a day number).

    Who came is looked at as of that day, who lapsed as of the day on which the window began.
    """
    asked = Asked(joined, {}, day)
    began = replace(asked, day=day - asked.window)
    return {flow: split(PEOPLE[f"{flow}_contributors"](asked), began if flow == "lapsed" else asked) for flow in FLOWS}


def split(people: Ints, seen: Asked) -> Split:
    """Split some people by what they were on a day."""
    return Split(len(people), by_team(people, seen), by_basis(people, seen), by_class(people, seen))


def by_team(people: Ints, seen: Asked) -> Mapping[str, int]:
    """By the teams of their active work in the window: one, `several`, or `none`; empty where no team was recorded."""
    joined = seen.joined
    cells = joined.names.active(joined.human, joined.policy)
    cells = cells.where((cells.day > seen.day - seen.window) & (cells.day <= seen.day) & (cells.team != NO_TEAM))
    if not len(joined.names.teams):
        return {}
    labels: dict[int, set[str]] = {int(one): set() for one in people}
    for person, team in zip(joined.who.person[cells.identity].tolist(), cells.team.tolist(), strict=True):
        if person in labels:
            labels[person].add(joined.policy.team_label(joined.names.teams[team]))
    return dict(Counter(team_of(found) for found in labels.values()))


def team_of(labels: set[str]) -> str:
    """The one team that stands for a person's teams."""
    if len(labels) > 1:
        return SEVERAL
    return next(iter(labels), NO_TEAM_NAMED)


def by_basis(people: Ints, seen: Asked) -> Mapping[str, int]:
    """By the basis of their affiliation on the day; empty where no affiliation was ever recorded."""
    who = seen.joined.who
    if not len(who.affiliated.who):
        return {}
    on_day = Work(people, np.full(len(people), seen.day), np.ones(len(people), np.int64))
    places = who.looked_up(on_day, np.arange(len(who.basis)), -1)
    return dict(Counter(who.basis[place] if place >= 0 else "unknown" for place in places.tolist()))


def by_class(people: Ints, seen: Asked) -> Mapping[str, int]:
    """By their class of volume on the day; empty where too few are active for an onion."""
    if len(PEOPLE["active_contributors"](seen)) < seen.joined.policy.min_people:
        return {}
    return {one: int(np.isin(people, PEOPLE[f"{one}_contributors_by_volume"](seen)).sum()) for one in CLASSES}


def active_by_basis(joined: Joined, day: int) -> Mapping[str, float]:
    """Share of the active people by basis, `unknown` being one; empty where none was recorded or nobody is active."""
    asked = Asked(joined, {}, day)
    people = PEOPLE["active_contributors"](asked)
    return {basis: count / len(people) for basis, count in sorted(by_basis(people, asked).items())}
