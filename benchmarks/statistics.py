"""How often the growth verdict is wrong where nothing grows, and how often it sees what does; nothing to start first.

Source: docs/definitions.md, "Growth", Verdict; docs/statistics.md says what was found.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

import numpy as np

from benchmarks import histories
from benchmarks.noise import SPAN, left_of_all, wider, wider_by_people
from benchmarks.result import Section, Table, Target, Value
from benchmarks.scale import Scale, tell
from benchmarks.weeks import ONCE, WEEKS_PER_YEAR, Arriving, Draw, Drawn, People, Weeks, fluctuating, staying
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
from projections.timeline.ranges import Ints

Judge = Callable[[Weeks], Ints]

SIZES: Final = (5, 15, 40)
A_YEAR_ON: Final = WEEKS_NEEDED + 52
TWO_YEARS_ON: Final = A_YEAR_ON + 52
UP: Final = 1.3
DOWN: Final = 0.7
SPREAD: Final = 0.15
WIDE: Final = 0.30
NOISES: Final[dict[str, Draw]] = {
    **{f"rate wanders by {each:.0%}": partial(fluctuating, spread=each) for each in (0.05, 0.10, SPREAD, 0.20, WIDE)},
    "four in ten stay": staying,
}
USUAL: Final = f"rate wanders by {SPREAD:.0%}"
BUSY: Final = f"example's people, arrivals wander by {SPREAD:.0%}, work by {WIDE:.0%}"
COLUMNS: Final = (
    *("noise", "people a week", "turns wrong, %", "wrong, %"),
    *("up seen, %", "down seen, %", "3 years, %", "5 years, %"),
)
ARRIVE: Final = ("who comes", "people a week", "wrong, %", "of 200, %", "up seen, %", "down seen, %")
TRIED: Final = ("rule", "noise", "people a week", "wrong, %", "up seen, %", "down seen, %")
FEW: Final = 200
ANEW: Final = 20
REMARKS: Final = (
    "turns wrong: with no growth at all, the verdict turns growing or shrinking within its second year;",
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
    """Every noise at every size, people who arrive, what other rules would have done, and how much real weeks vary."""
    arrive = _arrivals()
    noises = NOISES | {name: who.weeks for name, who in arrive.items()}
    rows = [_row(name, people, scale.runs) for name in NOISES for people in SIZES]
    arrived = [_arriving(name, noises[name], people, scale.runs) for name in arrive for people in SIZES]
    tried = [
        (rule, noise, people, *_within_a_year(noises[noise], people, scale.runs, RULES[rule].judged))
        for rule in RULES
        for noise in (USUAL, "rate wanders by 20%", "four in ten stay", BUSY)
        for people in SIZES
    ]
    real = histories.rows("the example", histories.of_the_example().by_week())
    once = {noise: Arriving(ONCE, draw) for noise, draw in NOISES.items() if draw is not staying}
    drawn = (
        _varied(name, draw, (once | arrive).get(name), people) for name, draw in noises.items() for people in SIZES
    )
    tables = [
        Table(f"The verdict on {scale.runs:,} communities each", COLUMNS, rows),
        Table("The same, of people who arrive", ARRIVE, arrived),
        Table("Other rules that were tried", TRIED, tried),
        Table("How much weeks vary", histories.COLUMNS, [*real, *drawn]),
    ]
    return Section("statistics", tables, list(_targets(rows)), REMARKS)


def _arrivals() -> dict[str, Arriving]:
    """People who arrive, and then do what people of the example did, or of a simulation; `BUSY` is nearest to real."""
    usual, wide = (partial(fluctuating, spread=spread) for spread in (SPREAD, WIDE))
    real, made = (People.of(*came) for came in (histories.of_the_example(), histories.of_a_simulation()))
    return {
        f"example's people, arrivals wander by {SPREAD:.0%}": Arriving(real, usual),
        f"example's people, arrivals wander by {WIDE:.0%}": Arriving(real, wide),
        "example's people, four in ten bring another": Arriving(real, staying),
        BUSY: Arriving(real, usual, swing=WIDE),
        f"simulated people, arrivals wander by {SPREAD:.0%}": Arriving(made, usual),
    }


def _targets(rows: list[tuple[Value, ...]]) -> Iterator[Target]:
    usual = {row[1]: [float(value) for value in row[2:] if value is not None] for row in rows if row[0] == USUAL}
    for people, (turns, wrong, up, down, in_three, in_five) in usual.items():
        yield Target(f"{people} people a week: turns wrong within a year, %", turns, at_most=8)
        yield Target(f"{people} people a week: wrong at any time in the first year, %", wrong, at_most=8)
        yield Target(f"{people} people a week: ten-fold in 3 years seen, %", in_three, at_least=98)
        yield Target(f"{people} people a week: ten-fold in 5 years seen, %", in_five, at_least=98)
        if people == max(SIZES):
            yield Target(f"{people} people a week: 30 % up seen, %", up, at_least=90)
            yield Target(f"{people} people a week: 30 % down seen, %", down, at_least=90)


def _row(noise: str, people: int, runs: int) -> tuple[Value, ...]:
    tell(f"statistics: {noise}, {people} people a week")
    tenfold = (
        _share(NOISES[noise], Drawn(runs, round(years * WEEKS_PER_YEAR), people, 10 ** (1 / years)), {GROWING}, _judged)
        for years in (3, 5)
    )
    turns = _turns_wrong(NOISES[noise], people, runs)
    return noise, people, turns, *_within_a_year(NOISES[noise], people, runs, _judged), *tenfold


def _arriving(name: str, draw: Draw, people: int, runs: int) -> tuple[Value, ...]:
    tell(f"statistics: {name}, {people} people a week")
    wrong, up, down = _within_a_year(draw, people, runs, _judged)
    few = _share(draw, Drawn(FEW, A_YEAR_ON, people), {GROWING, SHRINKING}, _judged)
    return name, people, wrong, few, up, down


def _within_a_year(draw: Draw, people: int, runs: int, judged: Judge) -> Iterator[float]:
    for factor, verdicts in ((1, {GROWING, SHRINKING}), (UP, {GROWING}), (DOWN, {SHRINKING})):
        yield _share(draw, Drawn(runs, A_YEAR_ON, people, factor), verdicts, judged)


def _turns_wrong(draw: Draw, people: int, runs: int) -> float:
    """In how many of a hundred communities that do not grow a verdict that stood for a year turns wrong in the next."""
    judged = (_judged(weekly) for weekly in draw(np.random.default_rng(0), Drawn(runs, TWO_YEARS_ON, people)))
    years = (verdict[A_YEAR_ON - 1 :] for verdict in judged)
    return 100 * float(np.mean([((year[1:] != year[:-1]) & (year[1:] != FLAT)).any() for year in years]))


def _share(draw: Draw, drawn: Drawn, verdicts: set[int], judged: Judge) -> float:
    """In how many of a hundred communities any week has one of these verdicts; the same ones for every rule."""
    weeks = draw(np.random.default_rng(0), drawn)
    return 100 * float(np.mean([np.isin(judged(weekly), list(verdicts)).any() for weekly in weeks]))


def _varied(name: str, draw: Draw, who: Arriving | None, people: int) -> tuple[Value, ...]:
    weeks = draw(np.random.default_rng(0), Drawn(FEW, SPAN, people))
    found, chance = left_of_all(weeks), np.random.default_rng(0)
    came = who.came(chance, Drawn(ANEW, SPAN, people)) if who else ()
    anew = [wider_by_people(one, chance) for one in came]
    return name, "3", found.people, found.spread, found.alike, wider(weeks), float(np.mean(anew)) if anew else None


def _judged(weekly: Weeks) -> Ints:
    return judge(weekly).verdict
