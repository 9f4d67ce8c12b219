"""Each flow of the headline window split by team, by basis and by class of volume, every split adding up.

Source: docs/definitions.md, "Activity", Flows; and "People", Affiliation, for shares by basis.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from projections.activity.drilldown import beginning, covering, peel
from projections.activity.measures import CORE_PERCENT, REGULAR_PERCENT
from projections.community.contributions import NO_TEAM
from projections.community.snapshot import CommunitySnapshot
from projections.metrics.drilldown import NumberQuery
from projections.people.index import BASES
from projections.timeline.ranges import Ints, Ranges, Work, spells

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


@dataclass(frozen=True, slots=True)
class FlowInputs:
    """A community on a day.

    Attributes:
        work: all active work of humans up to then.
        spells: when each of them was active.
    """

    snapshot: CommunitySnapshot
    day: int
    work: Work
    spells: Ranges

    @classmethod
    def of(cls, snapshot: CommunitySnapshot, day: int) -> "FlowInputs":
        """As of a day (a day number)."""
        query = NumberQuery(snapshot, {}, day)
        work = query.work()
        return cls(snapshot, day, work, spells(work, query.window, query.least))

    @property
    def window(self) -> int:
        """The headline window, in days."""
        return self.snapshot.policy.headline_window_days

    @property
    def active(self) -> Ints:
        """Who is active on the day."""
        return covering(self.spells, self.day)


def flows(snapshot: CommunitySnapshot, day: int) -> Mapping[str, Split]:
    """Split new, returned and lapsed contributors of the window that ends on a day (a day number).

    Who came is looked at as of that day, who lapsed as of the day on which the window began.
    """
    seen = FlowInputs.of(snapshot, day)
    began = replace(seen, day=day - seen.window)
    now, before = seen.active, began.active
    new = np.intersect1d(now, beginning(seen.spells, day, seen.window))
    people = {"new": new, "returned": np.setdiff1d(now, np.union1d(before, new)), "lapsed": np.setdiff1d(before, now)}
    return {flow: split(people[flow], began if flow == "lapsed" else seen) for flow in FLOWS}


def split(people: Ints, seen: FlowInputs) -> Split:
    """Split some people by what they were on a day."""
    return Split(len(people), by_team(people, seen), by_basis(people, seen), by_class(people, seen))


def by_team(people: Ints, seen: FlowInputs) -> Mapping[str, int]:
    """By the teams of their active work in the window: one, `several`, or `none`; empty before a team was recorded."""
    snapshot = seen.snapshot
    cells = snapshot.cells.where(snapshot.cells.team != NO_TEAM)
    if not (cells.day <= seen.day).any():
        return {}
    cells = cells.within(seen.day, seen.window)
    cells = cells.where(snapshot.who.is_human[cells.identity] & np.isin(snapshot.who.person[cells.identity], people))
    cells = snapshot.names.active(cells, snapshot.policy)
    pairs = np.unique(np.stack((snapshot.who.person[cells.identity], cells.team), axis=1), axis=0)
    labels: dict[int, set[str]] = {int(one): set() for one in people}
    for person, team in pairs.tolist():
        labels[person].add(snapshot.names.label(snapshot.names.teams[team]))
    return dict(Counter(team_of(found) for found in labels.values()))


def team_of(labels: set[str]) -> str:
    """The one team that stands for a person's teams."""
    if len(labels) > 1:
        return SEVERAL
    return next(iter(labels), NO_TEAM_NAMED)


def by_basis(people: Ints, seen: FlowInputs) -> Mapping[str, int]:
    """By the basis of their affiliation on the day; empty where no affiliation was ever recorded."""
    who = seen.snapshot.who
    if not len(who.affiliated.who):
        return {}
    on_day = Work(people, np.full(len(people), seen.day), np.ones(len(people), np.int64))
    return dict(Counter(BASES[place] for place in who.basis_at(on_day).tolist()))


def by_class(people: Ints, seen: FlowInputs) -> Mapping[str, int]:
    """By their class of volume on the day; empty where too few are active for an onion."""
    work = seen.work.within(seen.spells, seen.day, seen.window)
    if len(np.unique(work.who)) < seen.snapshot.policy.min_people:
        return {}
    everybody, before = peel(work, seen.snapshot.who.persons)
    peels = np.searchsorted((CORE_PERCENT * len(work.who), REGULAR_PERCENT * len(work.who)), before, side="right")
    counts = np.bincount(peels[np.isin(everybody, people)], minlength=len(CLASSES))
    return {one: int(count) for one, count in zip(CLASSES, counts, strict=True)}


def active_by_basis(snapshot: CommunitySnapshot, day: int) -> Mapping[str, float]:
    """Share of the active people by basis, `unknown` being one; empty where none was recorded or nobody is active."""
    seen = FlowInputs.of(snapshot, day)
    people = seen.active
    return {basis: count / len(people) for basis, count in sorted(by_basis(people, seen).items())}
