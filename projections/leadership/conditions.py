"""Conditions about leadership: concentrated, no one new, weaker, vacant scopes.

Source: docs/definitions.md, "Conditions".
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from projections.activity.arrivals import ALL, ArrivalCounts
from projections.community.context import EvaluationContext
from projections.leadership.vacancies import VACANT_DAYS, ScopeStates, Vacancies
from projections.metrics.condition import Condition
from projections.seats.roster import ROLES
from projections.timeline.history import Share, Values, age_in_days
from projections.timeline.hysteresis import lasting, latched, latched_since, lately
from projections.timeline.ranges import Flags

NO_NEW_LEADER_DAYS, FEWEST_ACTIVE = 365, 20
FALLING_DAYS, FEWEST_SCOPES, FEWER_COVERED = 180, 10, 2
MATTERS_DAYS, LED_DAYS = 90, 3
PARTS_THAT_MATTER = 20
"""A team that does so much of the work matters: one part of so many."""


def leadership_concentrated(concentrating: Flags, other: Flags) -> Flags:
    """Entered with the verdict, left with another one; unknown is none."""
    return latched(concentrating, other)


def no_new_leader(age: Values, active: Values) -> Flags:
    """More than 365 days since the last new leader, or else the first role event; left with a new leader.

    Args:
        age: days since then.
        active: active people of the headline window; where they are fewer than 20, it is not entered.
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


def scopes_vacant(scopes: ScopeStates, named: Flags) -> Flags:
    """The scopes that matter and have been vacant for 14 days; left when led for 3 days, or no scope any more.

    Args:
        scopes: with what they hold of leadership.
        named: which bear the name of a team that does a twentieth of the work.
    """
    matters = lately(scopes.held, MATTERS_DAYS) | named
    enter = lasting(scopes.vacant, VACANT_DAYS) & matters
    return latched(enter, lasting(scopes.led, LED_DAYS) | ~scopes.there)


def verdict_is(context: EvaluationContext, *names: str) -> Flags:
    """The days on which the leadership verdict is one of these."""
    held: Flags = np.logical_or.reduce([context.values("leadership_verdict", verdict=one) == 1 for one in names])
    return held


def leadership_age(context: EvaluationContext) -> Values:
    """Days since the last new leader, or else the first role event."""
    last = age_in_days(context.values("last_new_leader_timestamp_seconds"), context.days)
    recorded = context.since(*ROLES)
    first = np.where(recorded, context.days - context.days[np.argmax(recorded)], np.nan)
    return np.where(np.isnan(last), first, last)


def active_of(context: EvaluationContext) -> Values:
    """Active people of the headline window."""
    return context.values("active_contributors", window_days=context.policy.headline_window_days)


def strength_of(context: EvaluationContext) -> Share:
    """The scopes that are covered, of those not inherited, by the seats that are judged."""
    seats = context.policy.judge_by
    scopes = {one: context.values("scopes", seats=seats, strength=one) for one in ("covered", "thin", "vacant")}
    whole = np.sum(list(scopes.values()), axis=0)
    return Share(scopes["covered"], np.where(whole > 0, whole, np.nan))


def vacant_scopes(context: EvaluationContext) -> Mapping[str, Flags]:
    """Scopes that matter and that nobody leads; none where no role was ever recorded."""
    vacant = context.find(Vacancies)
    if vacant is None:
        return {}
    arrivals = context.counts.of(ArrivalCounts)
    everything = arrivals.volume(ALL)
    bears = [PARTS_THAT_MATTER * arrivals.volume(name) >= everything for name in vacant.names]
    team = np.array(bears, bool).reshape(vacant.scopes.there.shape) & (everything > 0)
    held = scopes_vacant(vacant.scopes, team)
    return {name: days for name, days in zip(vacant.names, held, strict=True) if days.any()}


LEADERSHIP_CONDITIONS: Final[tuple[Condition, ...]] = (
    Condition(
        name="leadership_concentrated",
        title="Leadership concentrates",
        headline="Leadership of {community} is concentrating",
        meaning=(
            "{effective_leaders:decimal,seats=nominal} effective leaders now; a year ago there were clearly more, or "
            "a quarter of the scopes has come to rest on one person."
        ),
        severity="ticket",
        next_step="Offer seats in the scopes that rest on the same few people.",
        rests_on=("leadership_verdict",),
        owner="leadership_chances",
        rule=lambda context: leadership_concentrated(
            verdict_is(context, "concentrating"), verdict_is(context, "spreading", "steady")
        ),
    ),
    Condition(
        name="no_new_leader",
        title="No new leader",
        headline="Nobody new has come to lead in {community} for a year",
        meaning=(
            "The last new leader was appointed on {last_new_leader_timestamp_seconds:day}. "
            "{active_contributors:count,window_days=90} people are active."
        ),
        severity="ticket",
        next_step="Offer somebody who does the work already a seat, and a mentor.",
        rests_on=("last_new_leader_timestamp_seconds", "active_contributors"),
        owner="leadership_chances",
        rule=lambda context: no_new_leader(leadership_age(context), active_of(context)),
    ),
    Condition(
        name="strength_falling",
        title="Leadership grows weaker",
        headline="Fewer scopes of {community} are well covered",
        meaning=(
            "{leadership_strength_ratio:share,seats=nominal} of the scopes are covered by two people or more, 10 "
            "points or more below 180 days before."
        ),
        severity="ticket",
        next_step="Find a second person or an owner for the scopes that lack one.",
        rests_on=("leadership_strength_ratio", "scopes"),
        owner="leadership_chances",
        rule=lambda context: strength_falling(strength_of(context)),
    ),
    Condition(
        name="scope_vacant",
        title="Scopes without a leader",
        headline="A scope of {community} that matters has no leader",
        meaning=(
            "A scope with 5 % or more of leadership, or of the work, has had no leader for 14 days or more. The page "
            "names it."
        ),
        severity="ticket",
        next_step="Appoint a leader, or retire the scope.",
        rests_on=("scopes", "leadership_seats", "team_active_contributors"),
        owner="leadership_chances",
        holds_of="scope",
        rule=vacant_scopes,
    ),
)
