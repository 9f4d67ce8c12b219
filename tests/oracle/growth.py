"""docs/definitions.md, *Growth: are we growing?*: weekly contributors and the verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log, sqrt

from tests.oracle.contributions import Work

YEAR_WEEKS = 52
COMPARED_WEEKS = 39
IN_A_ROW = 6


@dataclass(frozen=True)
class Change:
    """Mean and standard error of the log change against the year before."""

    mean: float
    error: float

    @property
    def ratio(self) -> float:
        """**Change** = `e^m − 1`."""
        return exp(self.mean) - 1

    @property
    def low(self) -> float:
        """The interval `e^(m ± 3·SE) − 1`: its lower end."""
        return exp(self.mean - 3 * self.error) - 1

    @property
    def high(self) -> float:
        """The interval `e^(m ± 3·SE) − 1`: its upper end."""
        return exp(self.mean + 3 * self.error) - 1

    @property
    def reading(self) -> str:
        """`growing` if m > 3·SE and m > ln 1.10, `shrinking` if m < −3·SE and m < −ln 1.10, else `flat`."""
        if self.mean > 3 * self.error and self.mean > log(1.10):
            return "growing"
        if self.mean < -3 * self.error and self.mean < -log(1.10):
            return "shrinking"
        return "flat"


def first_week(work: Iterable[Work]) -> date | None:
    """Weeks count from the first that lies wholly on or after the first contribution: its Monday."""
    first = min((one.day for one in work), default=None)
    if first is None:
        return None
    return first + timedelta(days=-first.weekday() % 7)


def weekly(work: Sequence[Work], day: date) -> list[int]:
    """`y_k`: people with active work in ISO week k, for every closed week (its Sunday ≤ D); empty weeks are 0."""
    monday = first_week(work)
    if monday is None:
        return []
    weeks: list[set[str]] = [set() for _ in range((day - monday).days // 7 + 1)]
    if weeks and monday + timedelta(days=7 * len(weeks) - 1) > day:
        weeks.pop()
    for one in work:
        place = (one.day - monday).days // 7
        if one.active and 0 <= place < len(weeks):
            weeks[place].add(one.person)
    return [len(people) for people in weeks]


def change(counts: Sequence[int]) -> Change | None:
    """`d_k = ln((y_k + ½)/(y_{k−52} + ½))` over the last 39 closed weeks; nothing before 91 weeks of history."""
    n = COMPARED_WEEKS
    if len(counts) < n + YEAR_WEEKS:
        return None
    last = len(counts)
    d = [log((counts[k] + 0.5) / (counts[k - YEAR_WEEKS] + 0.5)) for k in range(last - n, last)]
    return newey_west(d)


def newey_west(d: Sequence[float]) -> Change:
    """`SE = sqrt((γ₀ + 2·Σ_{l=1..4}(1 − l/5)·γ_l)/39)` with `γ_l = (1/39)·Σ(d_k − m)(d_{k−l} − m)`."""
    n = len(d)
    m = sum(d) / n

    def gamma(lag: int) -> float:
        return sum((d[k] - m) * (d[k - lag] - m) for k in range(lag, n)) / n

    variance = (gamma(0) + 2 * sum((1 - lag / 5) * gamma(lag) for lag in range(1, 5))) / n
    return Change(m, sqrt(max(variance, 0.0)))


def verdict(counts: Sequence[int]) -> str:
    """The verdict changes when 6 weeks in a row read alike; the first reading holds at once."""
    changes = [change(counts[: k + 1]) for k in range(len(counts))]
    readings = [one.reading for one in changes if one is not None]
    if not readings:
        return "unknown"
    holds = readings[0]
    for k in range(IN_A_ROW - 1, len(readings)):
        if len(set(readings[k - IN_A_ROW + 1 : k + 1])) == 1:
            holds = readings[k]
    return holds
