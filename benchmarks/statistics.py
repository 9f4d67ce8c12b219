"""How often the growth verdict is wrong where nothing grows, and how soon it sees what does; nothing to start first.

Source: docs/definitions.md, "Growth", Verdict; docs/statistics.md says what was found.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from benchmarks import histories
from benchmarks.communities import Drawn, People, changes, communities, draw, steady, turned, wandering
from benchmarks.result import Section, Table, Target, Value
from benchmarks.rules import RULES, Judged, Rule
from benchmarks.scale import Scale, tell
from projections.growth.verdict import GROWING, SHRINKING, UNKNOWN

SIZES: Final = (5, 15, 40, 150)
YEAR: Final = 52
TEN_YEARS: Final = 10 * YEAR
ONSET: Final = 4 * YEAR
SOON: Final = 2 * YEAR + 4
UP: Final = 1.3
DOWN: Final = 1 / UP
TRULY: Final = np.log(1.15)
SPREAD: Final = 0.25
COLUMNS: Final = (
    *("people of", "people a week", "rule", "wrong in a year, %", "up told, %", "after weeks"),
    *("down told, %", "after weeks", "covered, %", "growing, truly, %", "turns in 10 years"),
)
WRONG: Final = {5: 8.0, 15: 8.0, 40: 4.0, 150: 4.0}
TOLD: Final = {40: 90.0, 150: 90.0}
REMARKS: Final = (
    "wrong in a year: of communities without a trend, those told to grow or to shrink in a year (third to tenth);",
    "told: from the fifth year on there are 30 % more every year, or as much fewer, and it is said within 108 weeks;",
    "covered, truly, turns: arrivals change every year by another factor (25 %): weeks whose interval holds the true",
    "change, weeks of growing in which it is 15 % or more, and how often the verdict changes in ten years.",
)


class Operating(NamedTuple):
    """What a rule does on communities of one size."""

    wrong: float
    up: float
    up_weeks: float
    down: float
    down_weeks: float
    covered: float
    truly: float
    turns: float


def measure(scale: Scale) -> Section:
    """The example's people, people who are made up, and the example itself."""
    came = {"the example": histories.of_the_example(), "a simulation": histories.of_a_simulation()}
    people = {name: People.of(one) for name, one in came.items()}
    rows = list(operating(people, scale.runs))
    tables = [
        Table(f"The verdict on {scale.runs:,} communities each", COLUMNS, rows),
        Table(
            "Verdicts of real histories", histories.COLUMNS, list(histories.rows("the example", came["the example"]))
        ),
    ]
    return Section("statistics", tables, list(_targets(rows)), REMARKS)


def operating(people: Mapping[str, People], runs: int) -> Iterator[tuple[Value, ...]]:
    """Every history and every size, by both rules."""
    for name, some in people.items():
        for size in SIZES:
            for rule, judged in RULES.items():
                tell(f"statistics: people of {name}, {size} a week, {rule}")
                yield name, size, rule, *characteristics([some], size, runs, judged)


def characteristics(people: Sequence[People], size: int, runs: int, rule: Rule) -> Operating:
    """What a rule does on communities of so many people a week; each history gives as many of them."""
    each = max(runs // len(people), 1)
    flat = [rule(came) for some in people for came, _ in communities(some, _steady(size), each, 1)]
    up, down = ([week for some in people for week in _told(rule, some, size, factor, each)] for factor in (UP, DOWN))
    wander = [one for some in people for one in _wandered(rule, some, size, each)]
    covered, truly, told_growing, changed = (np.array([one[at] for one in wander], float).sum() for at in range(4))
    weeks = sum(one[4] for one in wander)
    return Operating(
        100 * float(np.mean([_wrong(one) for one in flat])),
        *_share_and_median(up),
        *_share_and_median(down),
        100 * covered / weeks,
        100 * truly / told_growing if told_growing else np.nan,
        changed / len(wander),
    )


def _steady(size: float) -> Drawn:
    return Drawn(TEN_YEARS, size, steady(TEN_YEARS))


def _wrong(judged: Judged) -> float:
    """Share of the years from the third on in which any week says growing or shrinking."""
    years = np.isin(judged.verdict[2 * YEAR :], (GROWING, SHRINKING)).reshape(-1, YEAR)
    return float(years.any(axis=1).mean())


def _told(rule: Rule, people: People, size: float, factor: float, runs: int) -> Iterator[float]:
    """Weeks from the onset until it is said; infinite where it is not. There are so many people when it begins."""
    weeks, level = ONSET + SOON, max(factor ** (SOON / YEAR), 1)
    for run, (came, _) in enumerate(communities(people, Drawn(weeks, size * level, steady(weeks)), runs, 2)):
        verdict = rule(turned(came, ONSET, factor, np.random.default_rng((4, run)))).verdict
        said = verdict[ONSET:] == (GROWING if factor > 1 else SHRINKING)
        yield float(np.argmax(said)) + 1 if said.any() else np.inf


def _wandered(rule: Rule, people: People, size: float, runs: int) -> Iterator[tuple[float, float, float, float, int]]:
    """Weeks covered, weeks truly growing, weeks said to grow, turns, and weeks."""
    for run in range(runs):
        chance = np.random.default_rng((3, run))
        came, expected = draw(people, Drawn(TEN_YEARS, size, wandering(TEN_YEARS, SPREAD, chance)), chance)
        judged, true = rule(came), changes(expected)
        known = ~np.isnan(true) & ~np.isnan(judged.low)
        holds = known & (judged.low <= true) & (true <= judged.high)
        grows = known & (judged.verdict == GROWING)
        yield holds.sum(), (grows & (true >= TRULY)).sum(), grows.sum(), turns(judged.verdict), known.sum()


def turns(verdict: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    """How often a verdict becomes another, the first not counted."""
    known = verdict[verdict != UNKNOWN]
    return int((known[1:] != known[:-1]).sum())


def _share_and_median(weeks: Sequence[float]) -> tuple[float, float]:
    told = np.isfinite(weeks)
    return 100 * float(told.mean()), float(np.median(np.asarray(weeks)[told])) if told.any() else np.nan


def _targets(rows: Sequence[tuple[Value, ...]]) -> Iterator[Target]:
    """docs/definitions.md promises these of people of real histories."""
    ours = [row for row in rows if row[0] == "the example" and row[2] == "as it is"]
    for row in ours:
        size, wrong, up, covered = int(row[1] or 0), *(float(row[at] or 0) for at in (3, 4, 8))
        yield Target(f"{size} people a week: wrong in a year, %", wrong, at_most=WRONG[size])
        yield Target(f"{size} people a week: the interval covers, %", covered, at_least=95)
        if size in TOLD:
            yield Target(f"{size} people a week: 30 % more told, %", up, at_least=TOLD[size])
