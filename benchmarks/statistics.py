"""How often the growth verdict is wrong where nothing grows, and how often it sees what does; nothing to start first.

Source: DEFINITIONS, "Growth", Verdict; docs/statistics.md says what was found.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

import numpy as np

from benchmarks.result import Section, Table, Target, Value
from benchmarks.scale import Scale, tell
from benchmarks.weeks import WEEKS_PER_YEAR, Drawn, Weeks, fluctuating, staying
from projections.activity.ranges import Ints
from projections.growth.verdict import (
    FLAT,
    GROWING,
    LEAST_CHANGE,
    SHRINKING,
    UNKNOWN,
    WEEKS_NEEDED,
    judge,
    year_on_year,
)

Draw = Callable[[np.random.Generator, Drawn], Weeks]
Judge = Callable[[Weeks], Ints]

SIZES: Final = (5, 15, 40)
A_YEAR_ON: Final = WEEKS_NEEDED + 52
UP: Final = 1.3
DOWN: Final = 0.7
SPREAD: Final = 0.15
NOISES: Final[dict[str, Draw]] = {
    **{f"rate wanders by {each:.0%}": partial(fluctuating, spread=each) for each in (0.05, 0.10, SPREAD, 0.20, 0.30)},
    "four in ten stay": staying,
}
USUAL: Final = f"rate wanders by {SPREAD:.0%}"
COLUMNS: Final = ("noise", "people a week", "wrong, %", "up seen, %", "down seen, %", "3 years, %", "5 years, %")
TRIED: Final = ("rule", "noise", "people a week", "wrong, %", "up seen, %", "down seen, %")
REMARKS: Final = (
    "wrong: any week of the first year of verdicts (weeks 91 to 143) says growing or shrinking, with no growth at all;",
    "seen: with 30 % a year from the first week on, one of them says so; 3, 5 years: ten-fold by then, growing said.",
)


class Rule(NamedTuple):
    """A verdict that might have been.

    Attributes:
        width: standard errors that the mean change must exceed.
        alike: weeks in a row that must read alike before the verdict changes.
        waits: whether the first reading has to be confirmed like any other.
    """

    width: float = 3
    alike: int = 6
    waits: bool = False

    def judged(self, weekly: Weeks) -> Ints:
        """The verdict of every week that can have one."""
        mean, error = year_on_year(weekly)
        beyond = (np.abs(mean) > self.width * error) & (np.abs(mean) > LEAST_CHANGE)
        return self._held(np.where(beyond, np.where(mean > 0, GROWING, SHRINKING), FLAT))

    def _held(self, read: Ints) -> Ints:
        held, alike, now = np.empty_like(read), 0, UNKNOWN
        for week, reading in enumerate(read):
            alike = alike + 1 if week and reading == read[week - 1] else 1
            now = reading if alike >= self.alike or (week == 0 and not self.waits) else now
            held[week] = now
        return held


RULES: Final = {
    "as it is": Rule(),
    "3.5 errors": Rule(width=3.5),
    "8 weeks alike": Rule(alike=8),
    "the first waits": Rule(waits=True),
    "the first waits, 8 weeks": Rule(alike=8, waits=True),
}


def measure(scale: Scale) -> Section:
    """Every noise at every size, then what other rules would have done."""
    rows = [_row(name, people, scale.runs) for name in NOISES for people in SIZES]
    tried = [
        (rule, noise, people, *_within_a_year(noise, people, scale.runs, RULES[rule].judged))
        for rule in RULES
        for noise in (USUAL, "rate wanders by 20%", "four in ten stay")
        for people in SIZES
    ]
    tables = [
        Table(f"The verdict on {scale.runs:,} communities each", COLUMNS, rows),
        Table("Other rules that were tried", TRIED, tried),
    ]
    return Section("statistics", tables, list(_targets(rows)), REMARKS)


def _targets(rows: list[tuple[Value, ...]]) -> Iterator[Target]:
    usual = {row[1]: [float(value) for value in row[2:] if value is not None] for row in rows if row[0] == USUAL}
    for people, (wrong, up, down, in_three, in_five) in usual.items():
        yield Target(f"{people} people a week: wrong within a year, %", wrong, at_most=8)
        yield Target(f"{people} people a week: ten-fold in 3 years seen, %", in_three, at_least=98)
        yield Target(f"{people} people a week: ten-fold in 5 years seen, %", in_five, at_least=98)
        if people == max(SIZES):
            yield Target(f"{people} people a week: 30 % up seen, %", up, at_least=90)
            yield Target(f"{people} people a week: 30 % down seen, %", down, at_least=90)


def _row(noise: str, people: int, runs: int) -> tuple[Value, ...]:
    tell(f"statistics: {noise}, {people} people a week")
    tenfold = (
        _share(noise, Drawn(runs, round(years * WEEKS_PER_YEAR), people, 10 ** (1 / years)), {GROWING}, _judged)
        for years in (3, 5)
    )
    return noise, people, *_within_a_year(noise, people, runs, _judged), *tenfold


def _within_a_year(noise: str, people: int, runs: int, judged: Judge) -> Iterator[float]:
    for factor, verdicts in ((1, {GROWING, SHRINKING}), (UP, {GROWING}), (DOWN, {SHRINKING})):
        yield _share(noise, Drawn(runs, A_YEAR_ON, people, factor), verdicts, judged)


def _share(noise: str, drawn: Drawn, verdicts: set[int], judged: Judge) -> float:
    """In how many of a hundred communities any week has one of these verdicts; the same ones for every rule."""
    drawn_weeks = NOISES[noise](np.random.default_rng(0), drawn)
    return 100 * float(np.mean([np.isin(judged(weekly), list(verdicts)).any() for weekly in drawn_weeks]))


def _judged(weekly: Weeks) -> Ints:
    return judge(weekly).verdict
