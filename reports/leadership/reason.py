"""Why the leadership verdict is what it is, in words.

Source: docs/definitions.md, "Leadership", Leadership verdict.
"""

from datetime import date, timedelta

import numpy as np

from projections.leadership.verdict import SCOPES_AT_RISK
from projections.metrics.rests_on import seats
from projections.metrics.unit import Unit
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR, say_day
from projections.timeline.history import History, series
from reports.format.values import format_value
from reports.leadership.in_force import in_force
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
    found = in_force(history, policy, day, verdict)
    return f"{words}{more}; {found.words}" if found else words + more


def rests_on_one(history: History, policy: CommunityPolicy, day: date) -> str:
    """How much rests on the leader with the most mass, where that alone can make leadership concentrating."""
    names = ("leadership_strength_ratio", "leadership_strength_without_top_ratio")
    strength, without = (history.value(series(name, seats=policy.judge_by), day) for name in names)
    lost = 1 - without / strength if strength > 0 else 0
    if not lost >= SCOPES_AT_RISK:
        return ""
    share = format_value(lost, Unit.SHARE)
    return f"; without the leader with the most scopes {share} of the covered scopes would not be covered"
