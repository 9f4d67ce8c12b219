"""Why the leadership verdict is what it is, in words.

Source: docs/definitions.md, "Leadership", Leadership verdict.
"""

from datetime import date, timedelta

import numpy as np

from projections.leadership.verdict import DAYS_TO_CHANGE, SCOPES_AT_RISK, UNKNOWN, Yearly
from projections.metrics.rests_on import seats
from projections.metrics.unit import Unit
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR, say_day
from projections.timeline.history import History, series, share_of
from reports.format.values import format_value
from reports.reach import not_read


def verdict_reason(history: History, policy: CommunityPolicy, day: date, verdict: str) -> str:
    """Why the leadership verdict is what it is, and against which day, as half a sentence."""
    if hidden := not_read(history, day, seats({}, policy)):
        return hidden
    then = day - timedelta(days=YEAR)
    keys = [series(name, seats=policy.judge_by) for name in ("effective_leaders", "leadership_strength_ratio")]
    (now, before), (strength, strength_then) = ((history.value(key, day), history.value(key, then)) for key in keys)
    if verdict == "unknown" or np.isnan(now / before):
        return "a verdict needs a year of documented roles"
    leaders = [format_value(one, Unit.TENTHS) for one in (now, before)]
    change = format_value(now / before - 1, Unit.CHANGE)
    words = f"{leaders[0]} effective leaders against {leaders[1]} on {say_day(then)} ({change})"
    if not np.isnan(strength - strength_then):
        covered, then_covered = (format_value(one, Unit.SHARE) for one in (strength, strength_then))
        words = f"{words}, and {covered} of the scopes covered against {then_covered}"
    more = rests_on_one(history, policy, day) if verdict == "concentrating" else ""
    return words + more + changing(history, policy, day, verdict)


def rests_on_one(history: History, policy: CommunityPolicy, day: date) -> str:
    """How much rests on the leader with the most mass, where that alone can make leadership concentrating."""
    names = ("leadership_strength_ratio", "leadership_strength_without_top_ratio")
    strength, without = (history.value(series(name, seats=policy.judge_by), day) for name in names)
    lost = 1 - without / strength if strength > 0 else 0
    if not lost >= SCOPES_AT_RISK:
        return ""
    share = format_value(lost, Unit.SHARE)
    return f"; without the leader with the most scopes {share} of the covered scopes would not be covered"


def changing(history: History, policy: CommunityPolicy, day: date, held: str) -> str:
    """What the day reads where that is not the verdict in force, for how long, and when the verdict would change."""
    names = ("effective_leaders", "leadership_strength_ratio", "leadership_strength_without_top_ratio")
    keys = [series(name, seats=policy.judge_by) for name in (*names, "leadership_seats")]
    if not all(key in history.series for key in keys):
        return ""
    effective, strength, without, seats = (history.series[key] for key in keys)
    yearly = Yearly.of(effective, strength, share_of(strength - without, strength), seats)
    at = (day - history.first_day).days
    reading, alike = yearly.reading(at, held), 0
    if reading in (UNKNOWN, held):
        return ""
    while at >= 0 and (before := yearly.reading(at, held)) in (UNKNOWN, reading):
        alike, at = alike + (before == reading), at - 1
    return f"; it now reads {reading}, for the {ordinal(alike)} day, and a verdict changes after {DAYS_TO_CHANGE}"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"
