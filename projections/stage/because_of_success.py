"""Why each criterion of the stage's success holds or does not."""

from collections.abc import Callable, Mapping

import numpy as np

from projections.stage.asked import Asked, Number, per_cent, some
from projections.stage.milestones import SLOTS_NEEDED
from projections.stage.success import MENTORED_RECRUITS, MONTH_ENDS, NEW_LEADERS

UNKNOWN: Mapping[str, str] = {
    "growth": "the goal begins on a day that is not recorded, so growth towards it cannot be told",
    "distribution": "nobody leads, as far as is recorded, or nobody ever contributed",
    "strength": "there is no scope to judge",
    "momentum": "roles, mentoring and check-ins are all needed to tell, and not all of them were ever recorded",
}
HIDDEN = "it turns on single people who were mentored, so that it is not shown"


def growth(asked: Asked) -> list[str]:
    """Sustained growth to the goal, and people who stay."""
    if asked.seen is None:
        return []
    reached = asked.at(asked.seen.success.month_ends)
    recurring = asked.number("recurring_contributors", window_days=asked.policy.headline_window_days)
    said = [f"the goal was reached at {reached:.0f} of the last {MONTH_ENDS} month-ends; all are needed"]
    needed = asked.at(asked.seen.success.recurring_needed)
    if not asked.shown.hides and isinstance(recurring, float):
        said.append(f"{some(recurring, 'contributor recurs', 'contributors recur')}; {np.ceil(needed):,.0f} are needed")
    return said


def distribution(asked: Asked) -> list[str]:
    """Leadership is spread."""
    success, effective = asked.policy.success, asked.number("effective_leaders", seats=asked.policy.judge_by)
    active = asked.number("active_contributors", window_days=asked.policy.headline_window_days)
    if not isinstance(effective, float):
        return []
    counted = active if isinstance(active, float) else 0.0
    needed = max(success.leaders_min, counted / success.active_per_leader)
    beside = some(active, "active contributor", "active contributors")
    return [f"{effective:.1f} effective leaders for {beside}; at least {needed:.1f} are needed"]


def strength(asked: Asked) -> list[str]:
    """Leadership is strong."""
    ratio = asked.number("leadership_strength_ratio", seats=asked.policy.judge_by)
    if not isinstance(ratio, float):
        return []
    least = per_cent(asked.policy.success.strength_min)
    return [f"{per_cent(ratio)} of the scopes have two people or more, one of them an owner; {least} are needed"]


def momentum(asked: Asked) -> list[str]:
    """New leaders, mentored recruits and check-ins, again and again."""
    if asked.seen is None:
        return []
    leaders, core = (
        [asked.at(came.astype(float)) for came in both]
        for both in (asked.seen.success.new_leaders, asked.seen.success.recruits)
    )
    now, then = (asked.shown.people(one) for one in core)
    filled = asked.number("engagement_slots_filled", kind="check_in")
    came = " and ".join(map(count, leaders))
    led = f"new leaders in the last two half-years: {came}, {NEW_LEADERS} needed in each"
    recruited = f"mentored core recruits: {count(now)} and {count(then)}, {MENTORED_RECRUITS} needed in each"
    held = f"check-ins in {filled:.0f} of the last 4 slots, {SLOTS_NEEDED} needed" if isinstance(filled, float) else ""
    return [led, recruited, held]


def count(number: Number) -> str:
    """A number of people as it reads."""
    return number if isinstance(number, str) else f"{number or 0:.0f}"


SAID: Mapping[str, Callable[[Asked], list[str]]] = {
    "growth": growth,
    "distribution": distribution,
    "strength": strength,
    "momentum": momentum,
}


def because(asked: Asked, criterion: str, holds: Number) -> list[str]:
    """Why a criterion holds or not, as sentences."""
    if holds is None and criterion == "momentum" and asked.shown.hides:
        return [HIDDEN]
    if holds is None:
        has_goal = asked.number("goal_baseline_contributors") is not None
        return [UNKNOWN[criterion] if has_goal or criterion != "growth" else "no goal is set"]
    return SAID[criterion](asked) or ["the numbers that it rests on are not shown"]
