"""docs/definitions.md, *Growth: are we growing?*: weekly and monthly contributors, and the verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log, sqrt

from tests.oracle.contributions import Work

YEAR_WEEKS = 52
IN_A_ROW = 6


@dataclass(frozen=True)
class Change:
    """Mean and standard error of the log change against the year before."""

    mean: float
    error: float

    @property
    def half(self) -> float:
        """`w = 2.5·SE`."""
        return 2.5 * self.error

    @property
    def ratio(self) -> float:
        """**Change** = `e^m − 1`."""
        return exp(self.mean) - 1

    @property
    def low(self) -> float:
        """The interval `e^(m ± w) − 1`: its lower end."""
        return exp(self.mean - self.half) - 1

    @property
    def high(self) -> float:
        """The interval `e^(m ± w) − 1`: its upper end."""
        return exp(self.mean + self.half) - 1

    @property
    def reading(self) -> str:
        """`growing` if m > w and m > ln 1.10, and so on; else `unclear`."""
        if self.mean > self.half and self.mean > log(1.10):
            return "growing"
        if self.mean < -self.half and self.mean < -log(1.10):
            return "shrinking"
        if -log(1.25) < self.mean - self.half and self.mean + self.half < log(1.25):
            return "flat"
        return "unclear"


@dataclass(frozen=True)
class Week:
    """What a week finds in the months that it looks at: n, m, V, C and e."""

    n: int
    m: float
    V: float
    C: float
    e: float


def first_week(work: Iterable[Work]) -> date | None:
    """Weeks count from the first that lies wholly on or after the first contribution: its Monday."""
    first = min((one.day for one in work), default=None)
    if first is None:
        return None
    return first + timedelta(days=-first.weekday() % 7)


def weeks_of_people(work: Sequence[Work], day: date) -> list[set[str]]:
    """Who did active work in each closed week (its Sunday ≤ D)."""
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
    return weeks


def month(weeks: Sequence[set[str]], t: int) -> set[str]:
    """Whom `N_t` counts: people with active work in the weeks t−3 … t, counted from 1."""
    return set().union(*weeks[t - 4 : t])


def found(weeks: Sequence[set[str]], t: int) -> Week | None:
    """`n = min(13, ⌊(t−52)/4⌋)`, none below 3, and with it `m`, `V`, `C` and `e_t`."""
    n = min(13, (t - YEAR_WEEKS) // 4)
    if n < 3:
        return None
    now = [month(weeks, t - 4 * j) for j in range(n)]
    then = [month(weeks, t - 4 * j - YEAR_WEEKS) for j in range(n)]
    d = [log((len(a) + 0.5) / (len(b) + 0.5)) for a, b in zip(now, then, strict=True)]
    m = sum(d) / n
    pull = {
        i: sum((i in a) / (len(a) + 0.5) - (i in b) / (len(b) + 0.5) for a, b in zip(now, then, strict=True)) / n
        for i in set().union(*now, *then)
    }
    c = sum(len(some) / (len(some) + 0.5) ** 2 for some in (*now, *then)) / n
    square = sum((one - m) ** 2 for one in d)
    neighbours = sum((d[j] - m) * (d[j + 1] - m) for j in range(n - 1))
    return Week(n, m, sum(g * g for g in pull.values()), c, (square + neighbours) / (n - 1) - c)


def change(weeks: Sequence[set[str]], before: dict[int, Week | None] | None = None) -> list[Change]:
    """Of every week that can be judged; `s²` remembers up to the 52 newest.

    Args:
        weeks: Who worked in each.
        before: What weeks found when other days were asked about, and is added to: what comes later changes none.
    """
    known = {} if before is None else before
    for t in range(1, len(weeks) + 1):
        if t not in known:
            known[t] = found(weeks, t)
    told = [one for t in range(1, len(weeks) + 1) if (one := known[t]) is not None]
    changes = []
    for place, one in enumerate(told):
        newest = [each.e for each in told[: place + 1]][-52:]
        shared = max(0.0, (26 * 0.10 + sum(newest)) / (26 + len(newest)))
        changes.append(Change(one.m, sqrt(max(one.V + shared / one.n, one.C / one.n))))
    return changes


def verdict(changes: Sequence[Change]) -> str:
    """The verdict, the first one included, changes when 6 weeks in a row read alike."""
    readings = [one.reading for one in changes]
    holds = "unknown"
    for k in range(IN_A_ROW, len(readings) + 1):
        if len(set(readings[k - IN_A_ROW : k])) == 1:
            holds = readings[k - 1]
    return holds
