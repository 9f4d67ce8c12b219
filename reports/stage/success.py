"""Why each criterion of the stage's success holds or does not."""

from collections.abc import Callable, Mapping

import numpy as np

from projections.metrics.unit import Unit
from projections.stage.milestones import SLOTS_NEEDED
from projections.stage.success import MENTORED_RECRUITS, MONTH_ENDS, NEW_LEADERS
from reports.format.values import Value, format_value
from reports.format.words import some
from reports.stage.query import StageQuery

CRITERION_UNKNOWN: Mapping[str, str] = {
    "growth": "the goal begins on a day that is not recorded, so growth towards it cannot be told",
    "distribution": "nobody leads, as far as is recorded, or nobody ever contributed",
    "strength": "there is no scope to judge",
    "momentum": "roles, mentoring and check-ins are all needed to tell, and not all of them were ever recorded",
}
HIDDEN = "it turns on single people who were mentored, so that it is not shown"


def growth(query: StageQuery) -> list[str]:
    """Sustained growth to the goal, and people who stay."""
    if query.seen is None:
        return []
    reached = query.at(query.seen.success.month_ends)
    recurring = query.number("recurring_contributors", window_days=query.policy.headline_window_days)
    said = [f"the goal was reached at {format_value(reached)} of the last {MONTH_ENDS} month-ends; all are needed"]
    needed = query.at(query.seen.success.recurring_needed)
    if not query.viewer.hides and isinstance(recurring, float):
        recur = some(recurring, "contributor recurs", "contributors recur")
        said.append(f"{recur}; {format_value(np.ceil(needed))} are needed")
    return said


def distribution(query: StageQuery) -> list[str]:
    """Leadership is spread."""
    success, effective = query.policy.success, query.number("effective_leaders", seats=query.policy.judge_by)
    active = query.number("active_contributors", window_days=query.policy.headline_window_days)
    if not isinstance(effective, float):
        return []
    counted = active if isinstance(active, float) else 0.0
    needed = max(success.leaders_min, counted / success.active_per_leader)
    beside = some(active, "active contributor", "active contributors")
    return [f"{tenths(effective)} effective leaders for {beside}; at least {tenths(needed)} are needed"]


def strength(query: StageQuery) -> list[str]:
    """Leadership is strong."""
    ratio = query.number("leadership_strength_ratio", seats=query.policy.judge_by)
    if not isinstance(ratio, float):
        return []
    share, least = (format_value(one, Unit.SHARE) for one in (ratio, query.policy.success.strength_min))
    return [f"{share} of the scopes are covered; {least} are needed"]


def momentum(query: StageQuery) -> list[str]:
    """New leaders, mentored recruits and check-ins, again and again."""
    if query.seen is None:
        return []
    leaders, core = (
        [query.at(came.astype(float)) for came in both]
        for both in (query.seen.success.new_leaders, query.seen.success.recruits)
    )
    now, then = (query.viewer.people(one) for one in core)
    filled = query.number("engagement_slots_filled", kind="check_in")
    came = " and ".join(map(count, leaders))
    led = f"new leaders in the last two half-years: {came}, {NEW_LEADERS} needed in each"
    recruited = f"mentored core recruits: {count(now)} and {count(then)}, {MENTORED_RECRUITS} needed in each"
    held = f"check-ins in {format_value(filled)} of the last 4 slots, {SLOTS_NEEDED} needed"
    return [led, recruited, held if filled is not None else ""]


def count(number: Value) -> str:
    """A number of people as it reads; none where nothing is known of any."""
    return format_value(number or 0.0)


def tenths(number: float) -> str:
    """How many leaders, as it reads."""
    return format_value(number, Unit.TENTHS)


CRITERION_SENTENCES: Mapping[str, Callable[[StageQuery], list[str]]] = {
    "growth": growth,
    "distribution": distribution,
    "strength": strength,
    "momentum": momentum,
}


def criterion_reason(query: StageQuery, criterion: str, holds: Value) -> list[str]:
    """Why a criterion holds or not, as sentences."""
    if holds is None and criterion == "momentum" and query.viewer.hides:
        return [HIDDEN]
    if holds is None:
        has_goal = query.number("goal_baseline_contributors") is not None
        return [CRITERION_UNKNOWN[criterion] if has_goal or criterion != "growth" else "no goal is set"]
    return CRITERION_SENTENCES[criterion](query) or ["the numbers that it rests on are not shown"]
