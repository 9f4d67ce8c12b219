"""docs/definitions.md, **Leadership verdict**: effective leaders at D against D−365, as known today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tests.oracle.days import before

YEAR_DAYS = 365
IN_A_ROW = 28
POINTS = Fraction(5, 100)


@dataclass(frozen=True)
class Reading:
    """What the verdict rests on, on one day."""

    effective: Fraction | None
    strength: Fraction | None
    seats: int
    at_risk: Fraction | None


def verdicts(look: Callable[[date], Reading], first: date, last: date) -> list[str]:
    """The verdict of each day: the first reading holds at once; it changes after 28 equal days.

    `unknown` without a year of roles: such days don't count, and don't reset what was counted.
    """
    holds, readings, found = "unknown", list[str](), list[str]()
    for place in range((last - first).days + 1):
        today = judge(look, first + timedelta(days=place), holds)
        if today != "unknown":
            readings.append(today)
            holds = next_verdict(holds, readings)
        found.append("unknown" if today == "unknown" else holds)
    return found


def next_verdict(holds: str, readings: Sequence[str]) -> str:
    """What holds after the newest reading."""
    alike = set(readings[-IN_A_ROW:])
    changes = len(readings) >= IN_A_ROW and len(alike) == 1
    return readings[-1] if changes or holds == "unknown" else holds


def judge(look: Callable[[date], Reading], day: date, in_force: str) -> str:
    """The reading of one day, while a verdict is in force."""
    now, then = look(day), look(before(day, YEAR_DAYS))
    if now.effective is None or then.effective is None:
        return "unknown"
    times = now.effective / then.effective
    if times <= Fraction(95 if in_force == "concentrating" else 85, 100) or rests_on_one(now, then):
        return "concentrating"
    if times >= Fraction(105 if in_force == "spreading" else 115, 100) and not weaker(now, then):
        return "spreading"
    return "steady"


def weaker(now: Reading, then: Reading) -> bool:
    """Strength is down by more than 5 points; not where either is not defined."""
    return now.strength is not None and then.strength is not None and now.strength < then.strength - POINTS


def rests_on_one(now: Reading, then: Reading) -> bool:
    """With at least 4 leadership seats on both days: ≥ 25 % of the covered scopes at risk, and not a year ago."""
    if min(now.seats, then.seats) < 4:
        return False
    return at_risk(now) and not at_risk(then)


def at_risk(reading: Reading) -> bool:
    """The going of the leader with the most mass would leave ≥ 25 % of the covered scopes not covered."""
    return reading.at_risk is not None and reading.at_risk >= Fraction(1, 4)
