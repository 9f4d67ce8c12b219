"""Leadership of one community on every day, from its role events, its people and what they did.

Source: docs/definitions.md, "Leadership".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from projections.community.contributed import work_of
from projections.community.snapshot import CommunitySnapshot
from projections.leadership.grid import (
    NONE,
    Grid,
    Pairs,
    Scopes,
    Seats,
    change_days,
    painted,
    scope_grids,
    seat_grids,
    spread,
)
from projections.leadership.numbers import Belonging
from projections.people.index import FOREVER
from projections.seats.roster import Roster
from projections.timeline.days import SECONDS_A_DAY
from projections.timeline.ranges import Ints, Ranges, Work, spells


def pairs_of(roster: Roster) -> tuple[Pairs, Ints]:
    """The pairs of scope and person, and the pair of each seat."""
    scope = {name: at for at, name in enumerate(roster.scopes)}
    person = {name: at for at, name in enumerate(roster.persons)}
    keys = np.array([(scope[one.scope], person[one.holder]) for one in roster.seats], np.int64).reshape(-1, 2)
    found, row = np.unique(keys, axis=0, return_inverse=True)
    return Pairs(found[:, 0], found[:, 1], len(scope), len(person)), row.reshape(-1)


@dataclass(frozen=True, slots=True)
class Presence:
    """When holders of seats work, and the moment of their first contribution (seconds), by place in the roster."""

    active: Ranges
    first: Mapping[int, float]

    @property
    def first_days(self) -> Mapping[int, int]:
        """The days of first contributions."""
        return {at: int(moment // SECONDS_A_DAY) for at, moment in self.first.items()}

    @classmethod
    def of(cls, persons: Sequence[str], snapshot: CommunitySnapshot) -> "Presence":
        """Look up these persons' contributions."""
        place = {name: at for at, name in enumerate(persons)}
        number = np.array([place.get(name, -1) for name in snapshot.who.persons], np.int64)
        theirs = np.flatnonzero(number[snapshot.who.person] >= 0)
        cells = snapshot.cells.of_identities(theirs)
        cells = cells.where(snapshot.who.is_human[cells.identity])
        people = theirs[snapshot.who.is_human[theirs]]
        moment = np.full(len(persons), np.inf)
        np.minimum.at(moment, number[snapshot.who.person[people]], snapshot.firsts.of_identities(people))
        active = renumbered(work_of(snapshot.names.active(cells, snapshot.policy), snapshot.who), number)
        first = {int(at): float(moment[at]) for at in np.flatnonzero(moment < np.inf)}
        return cls(spells(active, snapshot.policy.active_seat_days), first)


def renumbered(work: Work, number: Ints) -> Work:
    """The same work under other numbers of people."""
    return Work.of(number[work.who], work.day, work.times)


@dataclass(frozen=True, slots=True)
class Grids:
    """Everything about seats as grids, whose columns are `days`."""

    days: Ints
    pairs: Pairs
    nominal: Seats
    active: Seats
    scopes: Scopes
    judged: Grid
    judged_active: Grid

    @classmethod
    def of(cls, roster: Roster, presence: Presence, snapshot: CommunitySnapshot, covered: tuple[int, int]) -> "Grids":
        """Lay out a roster over days, first and last given."""
        ranges = [(one.start, one.end) for one in (*roster.seats, *roster.unseen)]
        ranges += [(one.start, one.end) for one in roster.spans]
        leaves = [leave for one in roster.seats for leave in one.paused]
        moves = [(day, FOREVER) for day in presence.first_days.values()]
        moves += [(day, FOREVER) for declared in roster.parents.values() for day, _, _ in declared]
        begins = zip(presence.active.start.tolist(), presence.active.end.tolist(), strict=True)
        belongs = zip(snapshot.who.affiliated.start.tolist(), snapshot.who.affiliated.end.tolist(), strict=True)
        days = change_days([*ranges, *leaves, *moves, *begins, *belongs], *covered)
        pairs, row = pairs_of(roster)
        scopes = scope_grids(roster.scopes, roster.spans, roster.parents, days, snapshot.policy)
        works = painted(presence.active.who, presence.active.start, presence.active.end, pairs.persons, days)
        available = works[pairs.person] & scopes.observed[pairs.scope][:, None]
        nominal, active = seat_grids(roster.seats, row, available, days, snapshot.policy)
        judged = scopes.exists & ~hidden(roster, scopes, days) & ~groupings(roster, scopes, days)
        return cls(days, pairs, nominal, active, scopes, judged, judged & scopes.observed[:, None])


def hidden(roster: Roster, scopes: Scopes, days: Ints) -> Grid:
    """Scopes whose seats only team identities hold."""
    place = {name: at for at, name in enumerate(scopes.names)}
    return spread(roster.unseen, place, days) & ~spread(roster.seats, place, days)


def groupings(roster: Roster, scopes: Scopes, days: Ints) -> Grid:
    """Scopes with parts that never had a seat of their own, a team's among them: nobody is meant to lead them."""
    place = {name: at for at, name in enumerate(scopes.names)}
    ever = spread([one._replace(end=FOREVER) for one in (*roster.seats, *roster.unseen)], place, days)
    has_parts = np.zeros_like(ever)
    part, column = np.nonzero(scopes.exists & (scopes.parent != NONE))
    has_parts[scopes.parent[part, column], column] = True
    return has_parts & ~ever


def belonging(persons: Sequence[str], snapshot: CommunitySnapshot, days: Ints) -> Belonging:
    """Where the persons of a roster belong on each day."""
    who = snapshot.who
    number = {name: at for at, name in enumerate(who.persons)}
    people = np.array([number.get(name, -1) for name in persons], np.int64)
    at = Work(np.repeat(people, len(days)), np.tile(days, len(people)), np.ones(len(people) * len(days), np.int64))
    known = who.is_affiliated_at(at).reshape(len(people), len(days))
    named = who.organisation_at(at).reshape(known.shape)
    own = len(who.organisations) + np.arange(len(people))[:, None]
    basis = who.basis_at(at).reshape(known.shape)
    return Belonging(np.where(named >= 0, named, own), basis, known, bool(len(who.affiliated.who)))
