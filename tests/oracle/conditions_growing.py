"""docs/definitions.md, *Conditions*: those about growth."""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from statistics import median

from tests.oracle.conditions_states import Past, Test, for_days, remembering

Z = 1.959963984540054


def verdict(name: str) -> Test:
    """The growth verdict is this one."""
    return lambda past: past[-1].growth == name


def growth_stalled(days: Past) -> list[bool]:
    """Flat or unclear for 28 days, and: a goal's path ratio < 1; or, without a goal, growing within 180 days."""

    def enters(past: Past) -> bool:
        today = past[-1]
        if not for_days(past, 28, lambda day: day.growth in ("flat", "unclear")):
            return False
        if today.goal_age is not None:
            return today.path is not None and today.path < 1
        return any(day.growth == "growing" for day in past[-180:])

    def leaves(past: Past, entered: int) -> bool:
        today = past[-1]
        reached = today.path is not None and today.path >= 1
        expired = today.goal_age is None and len(past) - 1 - entered >= 180
        return today.growth in ("growing", "shrinking") or reached or expired

    return remembering(days, enters, leaves)


def behind(past: Past) -> bool:
    """Path ratio < 0.8 for 28 days, 90 days or more after the baseline."""
    age = past[-1].goal_age
    late = for_days(past, 28, lambda day: day.path is not None and day.path < Fraction(8, 10))
    return late and age is not None and age >= 90


def caught_up(past: Past) -> bool:
    """≥ 0.9 for 14 days."""
    return for_days(past, 14, lambda day: day.path is not None and day.path >= Fraction(9, 10))


def gap_of_retention(past: Past, back: int = 0) -> Fraction | None:
    """How far below a year ago, some days before."""
    now, then = past[-1 - back].kept, past[-366 - back].kept if len(past) > 365 + back else None
    return Fraction(*then) - Fraction(*now) if now and then else None


def retention_dropped(past: Past) -> bool:
    """≥ 10 points below a year ago, 95 % interval of the difference excludes 0, n ≥ 30 both, for 28 days."""
    return len(past) >= 28 and all(is_lower(past, back) for back in range(28))


def is_lower(past: Past, back: int) -> bool:
    """Whether retention was that far below a year before, some days before."""
    gap, now = gap_of_retention(past, back), past[-1 - back].kept
    if gap is None or now is None or gap < Fraction(1, 10):
        return False
    then = past[-366 - back].kept
    assert then is not None
    return now[1] >= 30 and then[1] >= 30 and lower_end(then, now) > 0


def lower_end(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Newcombe's interval of the difference, from Wilson's of each: its lower end."""
    (low, _), (_, high) = wilson(*one), wilson(*other)
    p, q = one[0] / one[1], other[0] / other[1]
    return p - q - sqrt((p - low) ** 2 + (high - q) ** 2)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The roots of (p − x)² = z²·x·(1 − x)/n."""
    p, n = part / whole, whole
    a, b, c = 1 + Z * Z / n, -(2 * p + Z * Z / n), p * p
    root = sqrt(max(b * b - 4 * a * c, 0.0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def retention_back(past: Past) -> bool:
    """Gap < 5 points."""
    gap = gap_of_retention(past)
    return gap is not None and gap < Fraction(5, 100)


def unusual(weeks: Sequence[int], place: int) -> bool | None:
    """A week's newcomers > median + 6·MAD of the 26 before (≥ 20); None where there are not 26."""
    if place < 26:
        return None
    before, now = weeks[place - 26 : place], weeks[place]
    middle = median(before)
    return now >= 20 and now > middle + 6 * median(abs(one - middle) for one in before)


def unusual_week(past: Past) -> bool:
    """The last closed week."""
    weeks = past[-1].weeks
    return bool(weeks) and unusual(weeks, len(weeks) - 1) is True


def ordinary_weeks(past: Past) -> bool:
    """Four ordinary weeks."""
    weeks = past[-1].weeks
    return len(weeks) >= 4 and all(unusual(weeks, len(weeks) - back) is False for back in (1, 2, 3, 4))
