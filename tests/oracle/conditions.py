"""docs/definitions.md, *Conditions*: the table, day by day, as a state that is entered and left.

A condition is not left on a day on which it would be entered; what is not known neither enters nor leaves.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from tests.oracle.conditions_growing import (
    behind,
    caught_up,
    growth_stalled,
    ordinary_weeks,
    retention_back,
    retention_dropped,
    unusual_week,
    verdict,
)
from tests.oracle.conditions_states import Facts, Past, Test, for_days, history, remembering

OF_ROLES = ("leadership_concentrated", "no_new_leader", "strength_falling", "scope_vacant", "coordinator_runway")


def conditions(days: Past) -> dict[str, list[bool]]:
    """Whether each condition holds on each day."""
    found = {name: history(days, enters, leaves) for name, (enters, leaves) in TABLE.items()}
    found["growth_stalled"] = growth_stalled(days)
    found["strength_falling"] = strength_falling(days)
    for name, of, machine in (
        ("scope_vacant", "scopes", scope_vacant),
        ("pathway_gap", "gaps", pathway_gap),
    ):
        each = [machine(days, one) for one in {one for day in days for one in getattr(day, of)}]
        found[name] = [any(states) for states in zip([False] * len(days), *each, strict=True)]
    return {name: stood(days, name, states) for name, states in found.items()}


def stood(days: Past, name: str, states: Sequence[bool]) -> list[bool]:
    """Conditions stand as they stood on the last covered day, but for `source_unchecked`."""
    if name == "source_unchecked":
        return list(states)
    rests_on = {"contributions", "roles"} if name in OF_ROLES else {"contributions"}
    found, last = list[bool](), False
    for day, state in zip(days, states, strict=True):
        last = last if rests_on & day.unread else state
        found.append(last)
    return found


def since(days: Sequence[date], states: Sequence[bool]) -> list[date | None]:
    """The time since when: absent until it first changes."""
    found: list[date | None] = []
    held, changed = False, None
    for day, state in zip(days, states, strict=True):
        changed = day if state != held else changed
        held = state
        found.append(changed)
    return found


def no_new_leader(past: Past) -> bool:
    """Last new leader, or else the first role event, > 365 days ago, ≥ 20 active people."""
    age, active = past[-1].leader_age, past[-1].active
    return age is not None and age > 365 and active is not None and active >= 20


def new_leader(past: Past) -> bool:
    """A new leader: it was not so long ago any more."""
    age = past[-1].leader_age
    return age is not None and age <= 365


def strength_falling(days: Past) -> list[bool]:
    """Strength ratio down by 0.10 in 180 days, with ≥ 10 scopes not inherited and ≥ 2 fewer covered."""

    def enters(past: Past) -> bool:
        now, then = past[-1].covered, past[-181].covered if len(past) > 180 else None
        if now is None or then is None or now[1] < 10 or then[0] - now[0] < 2:
            return False
        return Fraction(*then) - Fraction(*now) >= Fraction(1, 10)

    def leaves(past: Past, entered: int) -> bool:
        now, before = past[-1].covered, days[entered - 180].covered
        return now is not None and before is not None and Fraction(*before) - Fraction(*now) <= Fraction(5, 100)

    return remembering(days, enters, leaves)


def scope_vacant(days: Past, scope: str) -> list[bool]:
    """A scope that matters, vacant for 14 days; led for 3 days. One that is gone is no scope."""

    def enters(past: Past) -> bool:
        matters = any(
            scope in day.scopes and day.scopes[scope].held_share >= Fraction(5, 100) for day in past[-90:]
        ) or (scope in past[-1].scopes and past[-1].scopes[scope].team_share >= Fraction(5, 100))
        return matters and for_days(past, 14, lambda day: scope in day.scopes and day.scopes[scope].vacant)

    def leaves(past: Past) -> bool:
        gone = scope not in past[-1].scopes
        return gone or for_days(past, 3, lambda day: scope in day.scopes and day.scopes[scope].led)

    return history(days, enters, leaves)


def unmentored(past: Past) -> bool:
    """Coverage < 0.2, ≥ 10 newcomers, any mentorship in 365 days."""
    today = past[-1]
    any_mentorship = any(day.mentorships for day in past[-365:])
    few = today.coverage is not None and today.coverage < Fraction(2, 10)
    return few and today.mentoring_newcomers >= 10 and any_mentorship


def overloaded(past: Past) -> bool:
    """Load > [5] for 14 days."""
    return for_days(past, 14, lambda day: day.load is not None and day.load > day.most_load)


def unanswered(past: Past) -> bool:
    """≥ 5 and > 30 % of newcomers, 14 days."""

    def many(day: Facts) -> bool:
        if day.unanswered is None or day.newcomers is None or day.unanswered < 5:
            return False
        return day.unanswered > Fraction(3, 10) * day.newcomers

    return for_days(past, 14, many)


def pathway_gap(days: Past, step: str) -> list[bool]:
    """A gap opens; acknowledged or closed: a quarter that cannot be judged shows none."""

    def gap(past: Past) -> tuple[int | None, bool]:
        return past[-1].gaps.get(step, (None, False))

    return history(days, lambda past: gap(past) == (1, False), lambda past: gap(past)[1] or gap(past)[0] != 1)


def overdue(kind: str) -> Test:
    """1.33 cadences since the last, one ever held."""

    def late(past: Past) -> bool:
        age, cadence = getattr(past[-1], f"{kind}_age"), getattr(past[-1], f"{kind}_cadence")
        return age is not None and cadence is not None and age >= Fraction(133, 100) * cadence

    return late


def held_again(kind: str) -> Test:
    """The next one."""
    return lambda past: getattr(past[-1], f"{kind}_age") is not None and not overdue(kind)(past)


def many_lapse(day: Facts) -> bool:
    """≥ 1/3 of the active, ≥ 20 active."""
    if day.lapsing is None or day.active is None:
        return False
    return day.lapsing >= Fraction(1, 3) * day.active and day.active >= 20


def few_lapse(past: Past) -> bool:
    """< 1/4, or nobody is active."""
    lapsing, active = past[-1].lapsing, past[-1].active
    if lapsing is None or active is None:
        return False
    return active == 0 or lapsing < Fraction(1, 4) * active


def nobody_across(past: Past) -> bool:
    """None for 28 days, ≥ 2 teams of ≥ 5."""
    return for_days(past, 28, lambda day: day.cross_team == 0) and past[-1].teams_of_five >= 2


def unsettled(past: Past) -> bool:
    """What was published within 48 hours differs by more than 10 % of the active from what is known now."""
    return any(abs(known - active) > Fraction(1, 10) * known for day in past[-2:] for active, known in day.told)


TABLE: Mapping[str, tuple[Test, Test]] = {
    "shrinking": (verdict("shrinking"), lambda past: past[-1].growth in ("growing", "flat", "unclear")),
    "behind_path": (behind, caught_up),
    "retention_dropped": (retention_dropped, retention_back),
    "many_lapsing": (lambda past: for_days(past, 7, many_lapse), few_lapse),
    "leadership_concentrated": (
        lambda past: past[-1].leadership == "concentrating",
        lambda past: past[-1].leadership in ("spreading", "steady"),
    ),
    "no_new_leader": (no_new_leader, new_leader),
    "coordinator_runway": (
        lambda past: for_days(past, 28, lambda day: day.runway == "high"),
        lambda past: for_days(past, 14, lambda day: day.runway == "low"),
    ),
    "newcomers_unmentored": (
        unmentored,
        lambda past: past[-1].coverage is not None and past[-1].coverage >= Fraction(3, 10),
    ),
    "mentor_overloaded": (
        overloaded,
        lambda past: past[-1].load is not None and past[-1].load <= past[-1].most_load - 1,
    ),
    "newcomers_unanswered": (
        unanswered,
        lambda past: past[-1].unanswered is not None and past[-1].unanswered <= 2,
    ),
    "report_overdue": (overdue("report"), held_again("report")),
    "meeting_overdue": (overdue("meeting"), held_again("meeting")),
    "no_cross_team": (
        nobody_across,
        lambda past: for_days(past, 14, lambda day: day.cross_team is not None and day.cross_team >= 2),
    ),
    "unusual_arrivals": (unusual_week, ordinary_weeks),
    "source_unchecked": (lambda past: bool(past[-1].late_sources), lambda past: not past[-1].late_sources),
    "history_unsettled": (unsettled, lambda past: bool(past[-1].told) and not unsettled(past)),
}
"""Condition → entered when, left when; those that remember when they were entered stand apart."""
