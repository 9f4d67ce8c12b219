"""Leadership of one community on every day, from its role events, its people and what they did.

Source: docs/definitions.md, "Leadership".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from projections.community.contributed import work_of
from projections.community.snapshot import CommunitySnapshot
from projections.leadership.grid import Grid, Pairs, Scopes, Seats, change_days, painted, scope_grids, seat_grids
from projections.leadership.numbers import Belonging
from projections.people.index import FOREVER
from projections.seats.roster import Roster
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
    """When holders of seats work, and the day of their first contribution, by place in the roster."""

    active: Ranges
    first: Mapping[int, int]

    @classmethod
    def of(cls, persons: Sequence[str], snapshot: CommunitySnapshot) -> "Presence":
        """Look up these persons' contributions."""
        place = {name: at for at, name in enumerate(persons)}
        number = np.array([place.get(name, -1) for name in snapshot.who.persons], np.int64)
        theirs = np.flatnonzero(number[snapshot.who.person] >= 0)
        cells = snapshot.cells.of_identities(theirs)
        cells = cells.where(snapshot.who.is_human[cells.identity])
        first = renumbered(work_of(cells, snapshot.who), number).firsts()
        active = renumbered(work_of(snapshot.names.active(cells, snapshot.policy), snapshot.who), number)
        return cls(
            spells(active, snapshot.policy.active_seat_days),
            dict(zip(first.who.tolist(), first.day.tolist(), strict=True)),
        )


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
        moves = [(day, FOREVER) for day in presence.first.values()]
        moves += [(day, FOREVER) for declared in roster.parents.values() for day, _, _ in declared]
        begins = zip(presence.active.start.tolist(), presence.active.end.tolist(), strict=True)
        belongs = zip(snapshot.who.affiliated.start.tolist(), snapshot.who.affiliated.end.tolist(), strict=True)
        days = change_days([*ranges, *leaves, *moves, *begins, *belongs], *covered)
        pairs, row = pairs_of(roster)
        scopes = scope_grids(roster.scopes, roster.spans, roster.parents, days, snapshot.policy)
        works = painted(presence.active.who, presence.active.start, presence.active.end, pairs.persons, days)
        available = works[pairs.person] & scopes.observed[pairs.scope][:, None]
        nominal, active = seat_grids(roster.seats, row, available, days, snapshot.policy)
        judged = scopes.exists & ~hidden(roster, scopes, days)
        return cls(days, pairs, nominal, active, scopes, judged, judged & scopes.observed[:, None])


def hidden(roster: Roster, scopes: Scopes, days: Ints) -> Grid:
    """Scopes whose seats only team identities hold."""
    place = {name: at for at, name in enumerate(scopes.names)}
    by_team, by_person = (
        painted(
            np.array([place[one.scope] for one in seats], np.int64),
            np.array([one.start for one in seats], np.int64),
            np.array([one.end for one in seats], np.int64),
            len(scopes.names),
            days,
        )
        for seats in (roster.unseen, roster.seats)
    )
    return by_team & ~by_person


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
