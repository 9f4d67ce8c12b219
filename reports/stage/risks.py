"""Why each risk is low or high, and what to do about it; of roles, never of a person."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import numpy as np

from projections.metrics.unit import Unit
from projections.pathway.conversion import CONVERTING
from projections.policy.thresholds import ROUNDING
from projections.stage.risks import CARRIED_BY_ONE, RUNWAY_DAYS, SHARE_MAY_FALL, STRENGTH_AT_LEAST
from projections.timeline.days import SECONDS_A_DAY, YEAR, end_of, number_of, say_day
from reports.format.values import Value, format_value, percent
from reports.format.words import counted, people
from reports.stage.query import StageQuery

RISK_UNKNOWN: Mapping[str, str] = {
    "coordinator_runway": "no coordinator was ever recorded",
    "ownership_openness": "neither the share of newcomers, nor their acceptance, nor strength can be judged yet",
    "pathway_gaps": "no step has had enough people in a quarter yet to be judged",
}
RECORD: Mapping[str, str] = {
    "coordinator_runway": "Record who coordinates the community, and until when.",
    "ownership_openness": "Record who holds which role.",
    "pathway_gaps": "",
}
HALF = 0.5
REACHED: Mapping[str, str] = {
    "arrived": "a first contribution",
    "second_day": "a second day of contributing",
    "sustained": "sustained contributing",
    "core": "reaching core",
}
"""How the steps of the pathway are called after which people may stop."""


def runway(query: StageQuery) -> list[str]:
    """The coordinator runs out before new core contributors and leaders are there."""
    count = query.number("coordinators_active")
    if count is None or query.seen is None:
        return ["the numbers that it rests on are not shown"]
    carried, renewed = (
        query.number(name) for name in ("coordinator_mentorship_share_ratio", "renewal_balance_leaders")
    )
    return [people(count, "coordinate", "coordinates") + terms(query, count), carries(carried), renews(query, renewed)]


def terms(query: StageQuery, count: Value) -> str:
    """Until when it is settled who coordinates, and who stands in."""
    left = query.number("coordinator_runway_seconds")
    said = "" if count == 0 else ", without an end to their term"
    if isinstance(left, float):
        ends = datetime.fromtimestamp(end_of(number_of(query.day)) + left, UTC).date()
        said = f", until {say_day(ends)} ({counted(round(left / SECONDS_A_DAY), 'day')})"
    second = query.seen is not None and bool(query.at(query.seen.coordinators.has_second.astype(float)))
    return said if second else f"{said}; there is no second coordinator or deputy"


def carries(carried: Value) -> str:
    """How much of the mentoring rests on one."""
    if not isinstance(carried, float) or carried == 0:
        return ""
    return f"{format_value(carried, Unit.SHARE)} of the mentorships rest on one coordinator"


def renews(query: StageQuery, balance: Value) -> str:
    """Whether leadership renews itself."""
    if not isinstance(balance, float):
        return ""
    change = format_value(balance, Unit.DIFFERENCE)
    return f"the renewal balance of leaders is {change} in {query.policy.renewal_days} days"


def openness(query: StageQuery) -> list[str]:
    """Ownership and openness out of balance: what is, where anything is, else all that was looked at."""
    found = [one for one in (newcomers(query), acceptance(query), strength(query)) if one]
    bad = [one for one in found if one[1]]
    return [words for words, _ in bad or found] or ["the numbers that it rests on are not shown"]


def strength(query: StageQuery) -> tuple[str, bool] | None:
    """How strong leadership is, and whether that is a risk."""
    ratio = query.number("leadership_strength_ratio", seats=query.policy.judge_by)
    if not isinstance(ratio, float):
        return None
    least = format_value(STRENGTH_AT_LEAST, Unit.SHARE)
    return (
        f"{format_value(ratio, Unit.SHARE)} of the scopes are covered; fewer than {least} would be a risk",
        ratio < STRENGTH_AT_LEAST - ROUNDING,
    )


def newcomers(query: StageQuery) -> tuple[str, bool] | None:
    """How the newcomer share moved, where that is judged, and whether that is a risk."""
    now, then = query.number("newcomer_share_ratio"), query.number("newcomer_share_ratio", YEAR)
    fell = query.at(query.seen.openness.newcomers_fell) if query.seen else np.nan
    if np.isnan(fell) or not (isinstance(now, float) and isinstance(then, float)):
        return None
    share, before = (format_value(one, Unit.SHARE) for one in (now, then))
    words = f"{share} of the active people are newcomers, {before} a year ago"
    return f"{words}; {percent(SHARE_MAY_FALL)} points less is a risk", fell >= SHARE_MAY_FALL - ROUNDING


def acceptance(query: StageQuery) -> tuple[str, bool] | None:
    """How newcomers' acceptance moved, where that is judged, and whether that is a risk."""
    now, then = (query.number("acceptance_ratio", back, newcomer="yes") for back in (0, YEAR))
    kept = query.at(query.seen.openness.acceptance_kept) if query.seen else np.nan
    if np.isnan(kept) or not (isinstance(now, float) and isinstance(then, float)):
        return None
    share, before = (format_value(one, Unit.SHARE) for one in (now, then))
    words = f"{share} of what newcomers offered was accepted, {before} a year ago"
    return f"{words}; below half is a risk", kept < HALF - ROUNDING


def gaps(query: StageQuery) -> list[str]:
    """Steps after which far fewer people go on."""
    shown = [step for step in CONVERTING if query.number("pathway_gap", step=step) == 1]
    open_ = [step for step in shown if not is_acknowledged(query, step)]
    taken_on = [step for step in shown if step not in open_]
    said = [f"far fewer people than before, or than expected, go on after {REACHED[step]}" for step in open_]
    said += [f"the gap after {REACHED[step]} is taken on" for step in taken_on]
    return said or ["no step shows a gap"]


def is_acknowledged(query: StageQuery, step: str) -> bool:
    """Whether somebody took a gap on."""
    flags = query.seen.acknowledged[step] if query.seen else None
    return flags is not None and query.at(flags.astype(float)) == 1


RISK_SENTENCES: Mapping[str, Callable[[StageQuery], list[str]]] = {
    "coordinator_runway": runway,
    "ownership_openness": openness,
    "pathway_gaps": gaps,
}


def risk_reason(query: StageQuery, risk: str, state: str) -> list[str]:
    """Why a risk is what it is, as sentences."""
    return [RISK_UNKNOWN[risk]] if state == "unknown" else RISK_SENTENCES[risk](query)


def risk_step(query: StageQuery, risk: str, state: str) -> str | None:
    """What to do about a risk; nothing where it is low."""
    if state == "low":
        return None
    return (RECORD[risk] if state == "unknown" else STEPS[risk](query)) or None


def more_coordinators(query: StageQuery) -> str:
    """What makes coordination last."""
    carried = query.number("coordinator_mentorship_share_ratio")
    if isinstance(carried, float) and carried > CARRIED_BY_ONE:
        return "Find more mentors, so that mentoring does not rest on the coordinator."
    left = query.number("coordinator_runway_seconds")
    if isinstance(left, float) and left >= RUNWAY_DAYS * SECONDS_A_DAY:
        return "Bring somebody into a first leadership seat, and name a second coordinator."
    return "Name a second coordinator or a deputy."


def open_up(query: StageQuery) -> str:
    """What brings ownership and openness into balance."""
    strength = query.number("leadership_strength_ratio", seats=query.policy.judge_by)
    if isinstance(strength, float) and strength < STRENGTH_AT_LEAST:
        return "Give scopes that are thin or vacant an owner and a second person."
    return "Offer newcomers tasks, and look at how what they offer is answered."


STEPS: Mapping[str, Callable[[StageQuery], str]] = {
    "coordinator_runway": more_coordinators,
    "ownership_openness": open_up,
    "pathway_gaps": lambda _: "Agree on what is done about the gap, by whom, and record it.",
}
