"""Scopes that nobody leads, as grids of (scopes, days), of those alone that were ever vacant for long."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from projections.leadership.grid import Seats
from projections.leadership.measures import SAME_SHARE
from projections.leadership.numbers import Judged
from projections.leadership.series import LeadershipEvaluation
from projections.policy.policy import CommunityPolicy
from projections.timeline.hysteresis import lasting
from projections.timeline.ranges import Flags, Ints

MATTERS, VACANT_DAYS = 0.05, 14


@dataclass(frozen=True, slots=True)
class ScopeStates:
    """Scopes as grids of (scopes, days).

    Attributes:
        there: exists and is judged.
        vacant: has neither leader nor deputy, and is not led from above.
        led: somebody leads it, or leads it from above.
        held: holds a twentieth of leadership.
    """

    there: Flags
    vacant: Flags
    led: Flags
    held: Flags


@dataclass(frozen=True, slots=True)
class Vacancies:
    """The scopes, by name, and what is known of them."""

    names: Sequence[str]
    scopes: ScopeStates


def vacancies(swept: LeadershipEvaluation, days: Ints, policy: CommunityPolicy) -> Vacancies:
    """The scopes that were vacant for 14 days at any time.

    Args:
        swept: everything about seats.
        days: day numbers.
        policy: says which seats are judged.
    """
    judged, grids = swept.seen.judged, swept.told.grids
    column = np.searchsorted(swept.seen.days, days, side="right") - 1
    ever = np.flatnonzero(judged.strength.vacant.any(axis=1))
    rows = ever[lasting(judged.strength.vacant[ever][:, column], VACANT_DAYS).any(axis=1)]
    seats = grids.active if policy.judge_by == "active" else grids.nominal
    by_column = laid_out(judged, seats, swept, rows)
    return Vacancies([grids.scopes.names[row] for row in rows], ScopeStates(*(grid[:, column] for grid in by_column)))


def laid_out(
    judged: Judged, seats: Seats, swept: LeadershipEvaluation, rows: Ints
) -> tuple[Flags, Flags, Flags, Flags]:
    """By column of the grids: which of these scopes are there, vacant, led, and hold a twentieth of leadership."""
    strong, total = judged.strength, judged.mass.sum(axis=0)
    leaders = swept.told.grids.pairs.by_scope(seats.leads)
    there = strong.vacant | strong.thin | strong.covered | strong.inherited
    held = (total > 0) & (judged.mass[rows] >= (MATTERS - SAME_SHARE) * total)
    return there[rows], strong.vacant[rows], (leaders[rows] > 0) | strong.inherited[rows], held
