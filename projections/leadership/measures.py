"""How leadership is distributed, and how strong it is, for many days at once.

Shares are of mass: each scope has its weight, shared equally among its leaders.
Source: docs/definitions.md, "Leadership"; Hill numbers of order 2 and 1, Herfindahl–Hirschman, Gini.
"""

from dataclasses import dataclass

import numpy as np

from projections.leadership.grid import NONE, Grid, Pairs, Scopes, Seats
from projections.timeline.history import Values
from projections.timeline.ranges import Ints

SAME_SHARE = 1e-9
"""Sums of thirds and the like that should be equal differ by less; different ones by much more."""


def nearest(parent: Ints, wanted: Grid) -> Ints:
    """The nearest ancestor of each scope that is wanted, `NONE` where there is none; a cycle has an end."""
    column = np.arange(parent.shape[1])
    found = parent.copy()
    for _ in range(len(parent)):
        going_on = (found != NONE) & ~wanted[found, column]
        if not going_on.any():
            break
        found = np.where(going_on, parent[found, column], found)
    return np.where((found != NONE) & wanted[found, column], found, NONE)


def masses(seats: Seats, scopes: Scopes, pairs: Pairs) -> Values:
    """The mass of each scope (scopes, days); 0 where nobody leads it, or it adds nobody to its nearest ancestor."""
    leaders = pairs.by_scope(seats.leads)
    weighed = (leaders > 0) & ~adds_nobody(seats.leads, leaders, scopes, pairs)
    found: Values = weighed * scopes.weight[:, None]
    return found


def shares(held: Values, seats: Seats, pairs: Pairs) -> Values:
    """Each person's share of the mass (persons, days); 0 everywhere on days without a leader.

    Args:
        held: the mass of each scope (scopes, days), shared equally among its leaders.
        seats: in question.
        pairs: their rows.
    """
    leaders = pairs.by_scope(seats.leads)
    each = np.divide(held, leaders, out=np.zeros(leaders.shape), where=leaders > 0)
    mass = pairs.by_person(seats.leads * each[pairs.scope])
    total = mass.sum(axis=0)
    share: Values = np.divide(mass, total, out=np.zeros(mass.shape), where=total > 0)
    return share


def adds_nobody(leads: Grid, leaders: Ints, scopes: Scopes, pairs: Pairs) -> Grid:
    """Whether a scope's leaders are those of its nearest ancestor with leaders; where authority adds up, among those.

    Sets are compared by the sums of random 64-bit numbers that stand for their members.
    """
    number = np.random.default_rng(0).integers(1, 1 << 63, pairs.persons, np.uint64)
    members = pairs.by_scope(leads * number[pairs.person][:, None])
    above = nearest(scopes.parent, leaders > 0)
    column = np.arange(leaders.shape[1])
    same: Grid = (above != NONE) & (members[above, column] == members) & (leaders[above, column] == leaders)
    found: Grid = same | led_from_above(leads, leaders, above, scopes, pairs)
    return found


def led_from_above(leads: Grid, leaders: Ints, above: Ints, scopes: Scopes, pairs: Pairs) -> Grid:
    """Whether authority adds up and all who lead a scope lead the one above it, too.

    Args:
        leads: who leads, by pair.
        leaders: how many lead each scope.
        above: the place of the scope above each, `NONE` where there is none.
        scopes: which of them add up.
        pairs: the rows.
    """
    asked = scopes.adds_up & (above != NONE) & (leaders > 0)
    found: Grid = np.zeros(asked.shape, bool)
    begins = np.searchsorted(pairs.scope, np.arange(pairs.scopes + 1))
    for scope in np.flatnonzero(asked.any(axis=1)):
        for upper in np.unique(above[scope, asked[scope]]):
            mine, theirs = (slice(begins[one], begins[one + 1]) for one in (scope, upper))
            _, at, there = np.intersect1d(pairs.person[mine], pairs.person[theirs], return_indices=True)
            both = (leads[mine][at] & leads[theirs][there]).sum(axis=0)
            found[scope] |= asked[scope] & (above[scope] == upper) & (both == leaders[scope])
    return found


@dataclass(frozen=True, slots=True)
class Distribution:
    """Measures of the shares by day; NaN on days without a leader."""

    leaders: Ints
    effective: Values
    effective_entropy: Values
    hhi: Values
    concentration: Values
    gini: Values
    top_share: Values
    absence_factor: Values


def distribution(share: Values) -> Distribution:
    """Measure shares (persons, days) that add up to 1 on every day with a leader."""
    leaders = (share > 0).sum(axis=0)
    ascending = np.sort(share, axis=0)
    square = np.where(leaders > 0, (share * share).sum(axis=0), np.nan)
    entropy = -(share * np.log(share, out=np.zeros(share.shape), where=share > 0)).sum(axis=0)
    n = np.where(leaders > 0, leaders, np.nan)
    spread = np.divide(square - 1 / n, 1 - 1 / n, out=np.ones(len(n)), where=leaders > 1)
    rank = np.arange(len(share))[:, None] - (len(share) - leaders) + 1
    gini = ((2 * rank - n - 1) * ascending).sum(axis=0) / n
    reached = np.cumsum(ascending[::-1], axis=0) >= 0.5 - SAME_SHARE
    return Distribution(
        leaders,
        1 / square,
        np.where(leaders > 0, np.exp(entropy), np.nan),
        10_000 * square,
        np.where(leaders > 0, spread, np.nan),
        gini,
        np.where(leaders > 0, ascending[-1] if len(share) else 0, np.nan),
        np.where(leaders > 0, (np.argmax(reached, axis=0) if len(share) else 0) + 1, np.nan),
    )


@dataclass(frozen=True, slots=True)
class Strength:
    """How strong scopes are.

    Attributes:
        inherited, vacant, thin, covered: grids of (scopes, days), of which at most one holds.
        loss: covered scopes that each person's going would leave not covered (persons, days).
    """

    inherited: Grid
    vacant: Grid
    thin: Grid
    covered: Grid
    loss: Ints


def strength(seats: Seats, nominal: Seats, scopes: Scopes, judged: Grid, pairs: Pairs) -> Strength:
    """Judge scopes by the seats in question.

    Args:
        seats: in question.
        nominal: all of them: they say which scopes have leaders of their own at all.
        scopes: with their parents.
        judged: which scopes are judged on which days.
        pairs: the rows of both.
    """
    holders = pairs.by_scope(nominal.leads)
    above, column = nearest(scopes.parent, holders > 0), np.arange(scopes.parent.shape[1])
    own = (holders > 0) & ~led_from_above(nominal.leads, holders, above, scopes, pairs)
    leaders, owners, people = (pairs.by_scope(grid) for grid in (seats.leads, seats.owns, seats.serves))
    inherited = judged & ~own & (above != NONE) & (leaders[above, column] > 0)
    collective = scopes.collective[:, None]
    covered = judged & ~inherited & (people >= 2) & ((owners >= 1) | collective)
    vacant = judged & ~inherited & (people == 0)
    indispensable = (people[pairs.scope] == 2) | (seats.owns & ((owners == 1) & ~collective)[pairs.scope])
    loss = pairs.by_person(seats.serves & covered[pairs.scope] & indispensable)
    return Strength(inherited, vacant, judged & ~(inherited | covered | vacant), covered, loss)


def top_loss(share: Values, loss: Ints) -> Ints:
    """Covered scopes lost with the leader of the most mass; of several, the one who matters most."""
    top = (share > 0) & (share >= share.max(axis=0, initial=0) - SAME_SHARE)
    most: Ints = np.max(np.where(top, loss, 0), axis=0, initial=0)
    return most
