"""Seats and scopes as grids: a row for each pair of scope and person, a column for each day on which anything changes.

Between two such days no number about seats changes, so a history of a decade has some thousand columns.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from projections.policy.patterns import Patterns
from projections.policy.policy import CommunityPolicy
from projections.seats.seats import Declared, Held, ScopeSpan
from projections.timeline.history import Values
from projections.timeline.ranges import Flags, Ints

Grid = NDArray[np.bool_]
NONE = -1


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats in question, nominal or active, as grids of (pairs, days).

    Attributes:
        leads: the person leads the scope.
        owns: leads it in an owning role.
        serves: leads it or is a deputy in it.
        holds: holds a seat of any role.
        count: leadership seats by day; one person may hold several in one scope.
        observed: those of them in observed scopes.
    """

    leads: Grid
    owns: Grid
    serves: Grid
    holds: Grid
    count: Ints
    observed: Ints

    def on(self, column: slice) -> "Seats":
        """The same on some days alone."""
        leads, owns, serves, holds = (grid[:, column] for grid in (self.leads, self.owns, self.serves, self.holds))
        return Seats(leads, owns, serves, holds, self.count[column], self.observed[column])


@dataclass(frozen=True, slots=True)
class Scopes:
    """The scopes as grids of (scopes, days).

    Attributes:
        exists: which there are.
        parent: the place of each one's parent.
        adds_up: whoever leads above leads these, too.
        collective: any two people cover it.
    """

    names: Sequence[str]
    exists: Grid
    parent: Ints
    adds_up: Grid
    observed: Flags
    collective: Flags
    weight: Values

    def on(self, column: slice) -> "Scopes":
        """The same on some days alone."""
        exists, adds_up = (grid[:, column] for grid in (self.exists, self.adds_up))
        return Scopes(self.names, exists, self.parent[:, column], adds_up, self.observed, self.collective, self.weight)


@dataclass(frozen=True, slots=True)
class Pairs:
    """The rows of seat grids: places of scope and person, sorted by scope, and the order that sorts them by person."""

    scope: Ints
    person: Ints
    scopes: int
    persons: int

    def by_scope(self, values: NDArray[Any]) -> NDArray[Any]:
        """Sum the rows of each scope."""
        return summed(values, self.scope, self.scopes)

    def by_person(self, values: NDArray[Any]) -> NDArray[Any]:
        """Sum the rows of each person."""
        order = np.argsort(self.person, kind="stable")
        return summed(values[order], self.person[order], self.persons)


def summed(values: NDArray[Any], group: Ints, groups: int) -> NDArray[Any]:
    """Sum rows by ascending group; groups without a row are 0."""
    total = np.zeros((groups, values.shape[1]), np.int64 if values.dtype == bool else values.dtype)
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    for begin, end in pairwise([*starts.tolist(), len(group)]):  # ten times as fast as `reduceat` over rows
        values[begin:end].sum(axis=0, dtype=total.dtype, out=total[group[begin]])
    return total


def change_days(ranges: Iterable[tuple[int, int]], first_day: int, last_day: int) -> Ints:
    """The first day and every later one on which a range begins or has ended."""
    days = {day for pair in ranges for day in pair if first_day < day <= last_day}
    return np.array([first_day, *sorted(days)], np.int64)


def painted(rows: Ints, start: Ints, end: Ints, count: int, days: Ints) -> Grid:
    """A grid that is true in a row from the column of each start up to, not including, that of the end."""
    changes = np.zeros((count, len(days) + 1), np.int32)
    np.add.at(changes, (rows, np.searchsorted(days, start)), 1)
    np.add.at(changes, (rows, np.searchsorted(days, end)), -1)
    return np.cumsum(changes, axis=1)[:, :-1] > 0


def seat_grids(
    seats: Sequence[Held], row: Ints, available: Grid, days: Ints, policy: CommunityPolicy
) -> tuple[Seats, Seats]:
    """Nominal and active seats, as grids of pairs.

    Args:
        seats: of persons.
        row: the pair of each seat.
        available: for each pair, whether the person has active work and the scope is observed.
        days: the columns.
        policy: says which roles lead, own and are deputies.
    """
    at = np.arange(len(seats))
    start, end = (np.array([getattr(one, side) for one in seats], np.int64) for side in ("start", "end"))
    nominal = painted(at, start, end, len(seats), days)
    leaves = [(place, *leave) for place, one in enumerate(seats) for leave in one.paused]
    places, since, until = np.array(leaves, np.int64).reshape(-1, 3).T
    on_leave = painted(places, since, until, len(seats), days)
    active = nominal & ~on_leave & available[row]
    return tuple(_pairs_of(held, seats, row, len(available), policy) for held in (nominal, active))  # type: ignore[return-value]


def _pairs_of(held: Grid, seats: Sequence[Held], row: Ints, pairs: int, policy: CommunityPolicy) -> Seats:
    def any_in(roles: Iterable[str]) -> Grid:
        wanted = np.array([one.role in roles for one in seats], bool)
        grid = np.zeros((pairs, held.shape[1]), bool)
        np.logical_or.at(grid, row[wanted], held[wanted])
        return grid

    leading = np.array([one.role in policy.leadership_roles for one in seats], bool)
    observed = {scope: is_observed(scope, policy.observed_scopes) for scope in {one.scope for one in seats}}
    seen = np.array([observed[one.scope] for one in seats], bool)
    leads, owns = any_in(policy.leadership_roles), any_in(set(policy.owning_roles) & set(policy.leadership_roles))
    return Seats(
        leads,
        owns,
        leads | any_in(policy.deputy_roles),
        any_in({one.role for one in seats}),
        held[leading].sum(axis=0),
        held[leading & seen].sum(axis=0),
    )


def scope_grids(
    names: Sequence[str],
    spans: Iterable[ScopeSpan],
    parents: Mapping[str, Sequence[Declared]],
    days: Ints,
    policy: CommunityPolicy,
) -> Scopes:
    """Which scopes exist when, and below which."""
    place, lasting = {name: at for at, name in enumerate(names)}, list(spans)
    inheriting, collective = Patterns(policy.inheriting_sources), Patterns(policy.collective_scopes)
    adding = [one for one in lasting if one.source is not None and inheriting.fit(one.source)]
    parent, newest = np.full((2, len(names), len(days)), NONE, np.int64)
    declarations = [(since, order, name, above) for name, told in parents.items() for since, order, above in told]
    for at, (since, _, name, above) in enumerate(sorted(declarations, key=lambda one: one[1])):
        column = np.searchsorted(days, since)
        parent[place[name], column:] = NONE if above is None else place[above]
        newest[place[name], column:] = at
    return Scopes(
        names,
        spread(lasting, place, days),
        without_cycles(parent, newest),
        spread(adding, place, days),
        np.array([is_observed(name, policy.observed_scopes) for name in names], bool),
        np.array([collective.fit(name) for name in names], bool),
        np.array([policy.scope_weights.get(name, 1.0) for name in names], np.float64),
    )


def spread(spans: Sequence[ScopeSpan | Held], place: Mapping[str, int], days: Ints) -> Grid:
    """A grid of (scopes, days) that is true while something lasts in a scope."""
    rows = np.array([place[one.scope] for one in spans], np.int64)
    start, end = (np.array([getattr(one, side) for one in spans], np.int64) for side in ("start", "end"))
    return painted(rows, start, end, len(place), days)


def without_cycles(parent: Ints, newest: Ints) -> Ints:
    """Parents after each cycle was broken at its newest declaration; `newest` says which one each rests on."""
    column, place = np.arange(parent.shape[1]), np.arange(len(parent))[:, None]
    parent = parent.copy()
    while True:
        reached, seen, most = parent.copy(), parent == place, newest.copy()
        for _ in range(len(parent)):
            going_on = (reached != NONE) & ~seen
            if not going_on.any():
                break
            most = np.where(going_on, np.maximum(most, newest[reached, column]), most)
            reached = np.where(going_on, parent[reached, column], reached)
            seen |= going_on & (reached == place)
        if not (broken := seen & (newest == most)).any():
            return parent
        parent[broken] = NONE


def is_observed(scope: str, patterns: Sequence[str] | None) -> bool:
    """Whether contributions to a scope could be seen at all; everywhere where the policy does not say."""
    return patterns is None or Patterns(patterns).fit(scope)
