"""How a verdict of leadership turns by a rule, whom that hangs on, and how soon a real change is told.

A real change is made: of those who lead on a day 30 % go, or came, at once. Pure; real histories come from
`benchmarks.role_histories`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np

from projections.leadership.grid import Seats
from projections.leadership.numbers import Judged
from projections.leadership.state import Grids
from projections.leadership.verdict import DAYS_TO_CHANGE, UNKNOWN, Yearly
from projections.timeline.days import YEAR
from projections.timeline.history import Values
from projections.timeline.ranges import Ints

EVERY_DAYS, LEAVE = 182, 0.3
"""A change is tried at every half-year, of this share of the leaders."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a day's reading becomes a verdict.

    Attributes:
        days: how many equal days change it.
        least: the least difference of effective leaders that is read as a change.
        margin: a reading other than the verdict must hold with so many effective leaders more or fewer.
        survives: whether a reading other than the verdict must hold whichever one person's changes are left out.
    """

    name: str
    days: int = DAYS_TO_CHANGE
    least: float = 0.0
    margin: float = 0.0
    survives: bool = False


@dataclass(frozen=True)
class Then:
    """Leadership of one history now, and of one a year before: the same, or one that something was done to."""

    grids: Grids
    now: Seats
    before: Seats
    known: dict[tuple[int, int], Yearly] = field(default_factory=dict)

    def yearly(self, days: Ints) -> Yearly:
        """What the verdict goes by on days, by their numbers."""
        (now, now_at), (before, before_at) = (
            self._numbers(seats, self.column(at)) for seats, at in ((self.now, days), (self.before, days - YEAR))
        )
        recorded = days - YEAR >= self.grids.days[0]
        pairs = [
            (one[now_at], np.where(recorded, other[before_at], np.nan)) for one, other in zip(now, before, strict=True)
        ]
        return Yearly(*(values for pair in pairs for values in pair))

    def column(self, days: Ints) -> Ints:
        """The column of the grids that each day has; the first for days before."""
        return np.maximum(np.searchsorted(self.grids.days, days, side="right") - 1, 0)

    def without_each(self, day: int) -> Yearly:
        """The same on one day, once for each person who changed in the year, with those changes left out."""
        now, before = (int(self.column(np.array([at]))[0]) for at in (day, day - YEAR))
        if (now, before) not in self.known:
            rows = self.now.leads[:, now] != self.before.leads[:, before]
            persons = np.unique(self.grids.pairs.person[rows])
            swapped = {name: self._swapped(name, now, before, persons) for name in ("leads", "owns", "serves")}
            seats = replace(self.now, **swapped, holds=swapped["serves"], count=swapped["leads"].sum(axis=0))
            numbers = self._judged(seats, np.full(len(persons), now))
            (then, _) = self._numbers(self.before, np.array([before]))
            pairs = [(one, np.full(len(persons), other[0])) for one, other in zip(numbers, then, strict=True)]
            self.known[now, before] = Yearly(*(values for pair in pairs for values in pair))
        return self.known[now, before]

    def _swapped(self, name: str, now: int, before: int, persons: Ints) -> Any:
        grid = np.repeat(getattr(self.now, name)[:, [now]], len(persons), axis=1)
        for place, person in enumerate(persons):
            rows = self.grids.pairs.person == person
            grid[rows, place] = getattr(self.before, name)[rows, before]
        return grid

    def _numbers(self, seats: Seats, column: Ints) -> tuple[Sequence[Values], Ints]:
        asked, at = np.unique(column, return_inverse=True)
        return self._judged(seats.on(asked), asked), at  # type: ignore[arg-type]  # columns, not a slice of them

    def _judged(self, seats: Seats, column: Ints) -> Sequence[Values]:
        scopes: Any = self.grids.scopes
        judged = self.grids.judged[:, column]
        found = Judged.of(seats, seats, scopes.on(column), judged, self.grids.pairs)
        return found.distribution.effective, found.ratio, found.at_risk, seats.leads.sum(axis=0).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Turn:
    """A verdict that turned on a day, the first day that read so, and whether it hangs by one person's changes."""

    day: int
    since: int
    verdict: str
    fragile: bool


def turns(told: Then, days: Ints, rule: Rule, held: str = UNKNOWN) -> Iterator[Turn]:
    """The turns of a verdict over days, from one that holds."""
    yearly, alike, before = told.yearly(days), 0, held
    for at, day in enumerate(days.tolist()):
        reading = read(told, yearly, at, day, rule, held)
        if reading == UNKNOWN:
            continue
        alike, before = alike + 1 if reading == before else 1, reading
        if held == UNKNOWN:
            held = reading
        elif reading != held and alike >= rule.days:
            yield Turn(day, day - rule.days + 1, reading, not survives(told, day, held, reading))
            held = reading


def read(told: Then, yearly: Yearly, at: int, day: int, rule: Rule, held: str) -> str:
    """What a day reads by a rule."""
    reading, why = yearly.reading(at, held)
    moved = abs(yearly.effective[at] - yearly.effective_then[at]) >= rule.least
    if reading in ("spreading", "concentrating") and why != "rests_on_one" and not moved:
        reading = "steady"
    if held in (UNKNOWN, reading) or reading == UNKNOWN:
        return reading
    others = [beside(yearly, at, moved).reading(0, held).verdict for moved in (-rule.margin, rule.margin)]
    holds = set(others) == {reading} and not (rule.survives and not survives(told, day, held, reading))
    return reading if holds else held


def beside(yearly: Yearly, at: int, moved: float) -> Yearly:
    """One day with some effective leaders more or fewer."""
    day = {one.name: getattr(yearly, one.name)[[at]] for one in fields(Yearly)}
    return Yearly(**day | {"effective": day["effective"] + moved})


def survives(told: Then, day: int, held: str, reading: str) -> bool:
    """Whether a reading is the same whichever one person's changes of the year are left out."""
    each = told.without_each(day)
    return all(each.reading(at, held).verdict == reading for at in range(len(each.effective)))


def by_one(told: Then, turn: Turn) -> bool:
    """Whether one person alone was granted or lost leadership on the day since which it reads so, then or now."""
    persons: set[int] = set()
    for day in (turn.since, turn.since - YEAR):
        here, there = told.column(np.array([day, day - 1])).tolist()
        persons |= set(told.grids.pairs.person[told.now.leads[:, here] != told.now.leads[:, there]].tolist())
    return len(persons) == 1


def masked(seats: Seats, rows: Any) -> Seats:
    """The same seats without some rows."""
    kept = {name: getattr(seats, name) & ~rows[:, None] for name in ("leads", "owns", "serves", "holds")}
    return replace(seats, **kept)


def tried(grids: Grids, rule: Rule) -> Mapping[str, list[int | None]]:
    """The days after which it is told that 30 % of the leaders went, and that they came; None where not in a year."""
    chance, found = np.random.default_rng(0), {"concentrating": list[int | None](), "spreading": list[int | None]()}
    for day in range(int(grids.days[0]) + YEAR, int(grids.days[-1]) - YEAR, EVERY_DAYS):
        column = int(np.searchsorted(grids.days, day, side="right")) - 1
        leaders = np.unique(grids.pairs.person[grids.nominal.leads[:, column]])
        if len(leaders) < 4:
            continue
        some = chance.choice(leaders, max(1, round(LEAVE * len(leaders))), replace=False)
        fewer, all_ = masked(grids.nominal, np.isin(grids.pairs.person, some)), grids.nominal
        cases = {"concentrating": Then(grids, fewer, all_), "spreading": Then(grids, all_, fewer)}
        for verdict, case in cases.items():
            told = turns(case, np.arange(day, day + YEAR), rule, "steady")
            found[verdict].append(next((one.day - day + 1 for one in told if one.verdict == verdict), None))
    return found
