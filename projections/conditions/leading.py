"""Conditions about leadership: concentrated, no one new, weaker, vacant scopes, coordinators who run out.

Source: DEFINITIONS, "Conditions".
"""

from dataclasses import dataclass

from projections.conditions.daily import Share
from projections.timeline.history import Values
from projections.timeline.hysteresis import lasting, latched, latched_since, lately
from projections.timeline.ranges import Flags

NO_NEW_LEADER_DAYS, FEWEST_ACTIVE = 365, 20
FALLING_DAYS, FEWEST_SCOPES, FEWER_COVERED = 180, 10, 2
MATTERS, MATTERS_DAYS, VACANT_DAYS, LED_DAYS = 0.05, 90, 14, 3
RUNS_OUT_DAYS, SETTLED_DAYS = 28, 14


@dataclass(frozen=True, slots=True)
class Scopes:
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


def leadership_concentrated(concentrating: Flags, other: Flags) -> Flags:
    """Entered with the verdict, left with another one; unknown is none."""
    return latched(concentrating, other)


def no_new_leader(age: Values, active: Values) -> Flags:
    """More than 365 days since the last new leader, or else the first role event; left with a new leader.

    Args:
        age: days since then.
        active: active people of the headline window; who they are fewer than 20, it is not entered.
    """
    return latched((age > NO_NEW_LEADER_DAYS) & (active >= FEWEST_ACTIVE), age <= NO_NEW_LEADER_DAYS)


def strength_falling(strength: Share) -> Flags:
    """Down by 0.10 in 180 days, and by two scopes of ten or more; left within 0.05 of what it was before.

    In whole scopes: 0.10 are `10·(c₁·n₂ − c₂·n₁) ≥ n₁·n₂`.
    """
    then = strength.before(FALLING_DAYS)
    fell = 10 * (then.part * strength.whole - strength.part * then.whole) >= then.whole * strength.whole
    enter = fell & (strength.whole >= FEWEST_SCOPES) & (then.part - strength.part >= FEWER_COVERED)

    def left_after(entered: int) -> Flags:
        part, whole = then.part[entered], then.whole[entered]
        back: Flags = 20 * (part * strength.whole - strength.part * whole) <= whole * strength.whole
        return back

    return latched_since(enter, left_after)


def scopes_vacant(scopes: Scopes, named: Flags) -> Flags:
    """The scopes that matter and have been vacant for 14 days; left when led for 3 days, or no scope any more.

    Args:
        scopes: with what they hold of leadership.
        named: which bear the name of a team that does a twentieth of the work.
    """
    matters = lately(scopes.held, MATTERS_DAYS) | named
    enter = lasting(scopes.vacant, VACANT_DAYS) & matters
    return latched(enter, lasting(scopes.led, LED_DAYS) | ~scopes.there)


def coordinator_runway(high: Flags, low: Flags) -> Flags:
    """The risk has been high for 28 days; left when low for 14."""
    return latched(lasting(high, RUNS_OUT_DAYS), lasting(low, SETTLED_DAYS))
