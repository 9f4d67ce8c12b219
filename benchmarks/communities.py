"""Communities that never were, of people who did what people of a real one did: how long they stay, bursts and seasons.

For each week the same week of a real year is drawn: as many come for the first time as then, by the mean of that year.
Each of them then comes in the weeks in which somebody did who came for the first time at that time of any real year. So
no year is unlike another by more than luck, but for the trend that is asked for.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.rules import Came
from projections.timeline.ranges import Ints

Values = NDArray[np.float64]
YEAR: Final = 52
FOLLOWED: Final = 5 * YEAR
"""Weeks for which people are followed, and for which some have arrived before the first week."""
MONTH: Final = 4
AT_THE_TIME: Final = 6
"""Weeks of the year that are about the same time."""


class People(NamedTuple):
    """Those of a real history who can be followed.

    Attributes:
        after: weeks since their first in which they came, one person after the other.
        begin: where each person's begin.
        many: how many each has.
        arrivals: how many came for the first time, by years and weeks.
        alike: those who came first at about the time of a week of the year, one week after the other.
        until: where each week's end among them.
    """

    after: Ints
    begin: Ints
    many: Ints
    arrivals: Ints
    alike: Ints
    until: Ints

    @classmethod
    def of(cls, came: Came) -> "People":
        """Who came in which week; of those who first came early enough to be followed, and no longer than that."""
        first = np.full(came.who.max() + 1, came.weeks)
        np.minimum.at(first, came.who, came.week)
        after = came.week - first[came.who]
        last = (came.weeks - FOLLOWED) // YEAR * YEAR
        told = (first[came.who] < last) & (after < FOLLOWED)
        order = np.lexsort((after[told], came.who[told]))
        who = came.who[told][order]
        begin = np.flatnonzero(np.diff(who, prepend=-1))
        many = np.diff(np.append(begin, len(who)))
        arrivals = np.bincount(first[who[begin]], minlength=last).reshape(-1, YEAR)
        apart = np.abs(first[who[begin]] % YEAR - np.arange(YEAR)[:, None])
        week, alike = np.nonzero(np.minimum(apart, YEAR - apart) <= AT_THE_TIME)
        return cls(after[told][order], begin, many, arrivals, alike, np.searchsorted(week, np.arange(YEAR), "right"))

    @property
    def stay(self) -> Values:
        """Of people, the share who are there within four weeks that end so many weeks after their first."""
        there = np.zeros((len(self.begin), FOLLOWED + MONTH), bool)
        who = np.repeat(np.arange(len(self.begin)), self.many)
        for later in range(MONTH):
            there[who, self.after + later] = True
        share: Values = there.mean(axis=0)
        return share


class Drawn(NamedTuple):
    """What is drawn: how many weeks, people in a week on average at the start, and ln of the trend of each week.

    The trend begins five years before the first week.
    """

    weeks: int
    people: float
    trend: Values


def draw(people: People, drawn: Drawn, chance: np.random.Generator) -> tuple[Came, Values]:
    """A community, and how many people each month of it has on average, but for the seasons."""
    many = drawn.weeks + FOLLOWED
    each = drawn.people / (people.many.sum() / len(people.begin))
    arriving, time = _arriving(people, many, chance)
    counts = chance.poisson(arriving * each * np.exp(drawn.trend))
    first = np.repeat(np.arange(many), counts)
    until = people.until[time[first]]
    who = people.alike[chance.integers(np.append(0, people.until)[time[first]], until)]
    times = people.many[who]
    place = np.arange(times.sum()) + np.repeat(people.begin[who] - np.cumsum(times) + times, times)
    week = np.repeat(first, times) + people.after[place] - FOLLOWED
    watched = (week >= 0) & (week < drawn.weeks)
    expected = np.convolve(each * np.exp(drawn.trend), people.stay)[FOLLOWED : FOLLOWED + drawn.weeks]
    return Came(np.repeat(np.arange(len(who)), times)[watched], week[watched], drawn.weeks), expected


def _arriving(people: People, many: int, chance: np.random.Generator) -> tuple[Values, Ints]:
    """How many arrive in each week, by the mean of its real year; and which week of the year it is."""
    came = people.arrivals / np.maximum(people.arrivals.mean(axis=1, keepdims=True), 1e-9)
    week = (chance.integers(YEAR) + np.arange(many)) % YEAR
    year = chance.integers(len(came), size=many)
    return came[year, week] / came.mean(), week


def steady(weeks: int) -> Values:
    """No trend."""
    return np.zeros(weeks + FOLLOWED)


def wandering(weeks: int, spread: float, chance: np.random.Generator) -> Values:
    """Arrivals whose yearly change is another every year, with this standard deviation of its logarithm."""
    years = -(-(weeks + FOLLOWED) // YEAR)
    step = np.repeat(chance.normal(0, spread, years), YEAR) / YEAR
    step[:FOLLOWED] = 0
    trend: Values = np.cumsum(step)[: weeks + FOLLOWED]
    return trend


def changes(expected: Values) -> Values:
    """The change of a year on average, in logarithms, over the last 13 months; NaN before there are two years."""
    logs = np.log(expected)
    change = np.full(len(expected), np.nan)
    last = np.arange(2 * YEAR, len(expected))
    back = MONTH * np.arange(13)
    change[last] = (logs[last[:, None] - back] - logs[last[:, None] - back - YEAR]).mean(axis=1)
    return change


def communities(people: People, drawn: Drawn, runs: int, seed: int) -> Iterator[tuple[Came, Values]]:
    """Many of one kind; the same ones for the same seed."""
    for run in range(runs):
        yield draw(people, drawn, np.random.default_rng((seed, run)))


def turned(came: Came, onset: int, factor: float, chance: np.random.Generator) -> Came:
    """The same with a factor a year from a week on, at once and for everybody: a share of the people is not there yet.

    Or not any more, where it is less than 1. Before a rise there are as many fewer all along.
    """
    years = np.maximum(np.arange(came.weeks) - onset, 0) / YEAR
    level = factor**years
    there = chance.random(came.who.max(initial=0) + 1)[came.who] < (level / level.max())[came.week]
    return Came(came.who[there], came.week[there], came.weeks)
