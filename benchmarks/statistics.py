"""How often the growth verdict is wrong where nothing grows, and how often it sees what does; nothing to start first.

Source: DEFINITIONS, "Growth", Verdict; docs/statistics.md says what was found.
"""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Final, NamedTuple

import numpy as np

from benchmarks.result import Section, Table, Target, Value
from benchmarks.scale import Scale, tell
from benchmarks.weeks import WEEKS_PER_YEAR, Drawn, Weeks, fluctuating, staying
from infra import event_files, example
from projections.activity.ranges import Ints
from projections.community.fold import fold
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
from projections.history import series
from projections.policy import Policy

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
SEEN: Final = ("years", "people a week", "rate wanders by, %", "autocorrelation of that")
SMOOTHED_WEEKS: Final = 27
EXAMPLE_YEARS: Final = 3
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
        Table("How much weeks vary in the example", SEEN, [_seen(years) for years in (None, *range(0, 12, 3))]),
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


def _seen(begin: int | None) -> tuple[Value, ...]:
    """How the example's weeks vary about their running mean, beyond what a Poisson count does.

    Args:
        begin: years after its first week; None for all of it.
    """
    weekly = _example_weeks()
    first = 0 if begin is None else round(begin * WEEKS_PER_YEAR)
    weekly = weekly[first : len(weekly) if begin is None else first + round(EXAMPLE_YEARS * WEEKS_PER_YEAR)]
    mean = np.convolve(weekly, np.full(SMOOTHED_WEEKS, 1 / SMOOTHED_WEEKS), "valid")
    off = weekly[SMOOTHED_WEEKS // 2 : -(SMOOTHED_WEEKS // 2)] - mean
    beyond = float((off**2 - mean * (1 - 1 / SMOOTHED_WEEKS)).sum())
    words = "all" if begin is None else f"{begin} to {begin + EXAMPLE_YEARS}"
    if beyond <= 0:
        return words, float(weekly.mean()), 0.0, None
    return (
        words,
        float(weekly.mean()),
        100 * (beyond / float((mean**2).sum())) ** 0.5,
        float(off[1:] @ off[:-1]) / beyond,
    )


@cache
def _example_weeks() -> Weeks:
    events = list(event_files.read(example.events_file()))
    policy = Policy.load(example.policy_file().read_text("utf-8")).community(example.COMMUNITY)
    history = fold(events, policy, max(event.time for event in events).date())
    weekly = history.series[series("weekly_contributors")]
    closed = (6 - history.first_day.weekday()) % 7
    return weekly[closed::7][~np.isnan(weekly[closed::7])].astype(np.int64)


def _judged(weekly: Weeks) -> Ints:
    return judge(weekly).verdict
