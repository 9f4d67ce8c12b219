"""Weekly contributors of communities that never were: a trend, a season, and ways in which weeks hang together."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from projections.timeline.ranges import Ints

Weeks = NDArray[np.int64]
"""Communities by weeks."""

WEEKS_PER_YEAR: Final = 365.25 / 7
SEASON: Final = 0.3
AUTOCORRELATION: Final = 0.4
FOLLOWED: Final = round(5 * WEEKS_PER_YEAR)
"""Weeks for which people who arrive are told, and for which some have arrived before the first week."""

KEPT: Final = 0.5
"""Share of people's weeks that is left where all do more in some weeks and less in others."""


class Drawn(NamedTuple):
    """What is drawn.

    Attributes:
        runs: communities.
        weeks: how long each is watched.
        people: contributors in the first week, on average over the seasons.
        factor: by which that grows every year, from the first week on.
    """

    runs: int
    weeks: int
    people: float
    factor: float = 1

    def rate(self, chance: np.random.Generator) -> NDArray[np.float64]:
        """How many are expected in each week: the trend, and a sine of a year that begins anywhere in it."""
        years = np.arange(self.weeks) / WEEKS_PER_YEAR
        begin = chance.random((self.runs, 1))
        season = 1 + SEASON * np.sin(2 * np.pi * (years + begin))
        return np.asarray(self.people * self.factor**years * season)


Draw = Callable[[np.random.Generator, Drawn], Weeks]


class People(NamedTuple):
    """Whom arrivals are drawn from.

    Attributes:
        after: weeks since their first in which they came, one person after the other.
        begin: where each person's begin.
        many: how many each has.
    """

    after: Ints
    begin: Ints
    many: Ints

    @classmethod
    def of(cls, who: Ints, week: Ints) -> "People":
        """Who came in which week; of those who first came early enough to be followed, and no longer than that."""
        first = np.full(who.max() + 1, week.max())
        np.minimum.at(first, who, week)
        after = week - first[who]
        told = (first[who] <= week.max() - FOLLOWED) & (after < FOLLOWED)
        order = np.lexsort((after[told], who[told]))
        _, begin, many = np.unique(who[told][order], return_index=True, return_counts=True)
        return cls(after[told][order], begin, many)

    def visits(self, chance: np.random.Generator, arrivals: Ints) -> tuple[Ints, Ints]:
        """Who comes in which week, some of them after the last, where so many come for the first time in each."""
        who = chance.integers(len(self.begin), size=arrivals.sum())
        many = self.many[who]
        place = np.arange(many.sum()) + np.repeat(self.begin[who] - np.cumsum(many) + many, many)
        first = np.repeat(np.arange(len(arrivals)), arrivals)
        return np.repeat(np.arange(len(who)), many), np.repeat(first, many) + self.after[place]


ONCE: Final = People(np.zeros(1, np.int64), np.zeros(1, np.int64), np.ones(1, np.int64))
"""Who comes in one week and never again."""


class Arriving(NamedTuple):
    """Communities of people who arrive, stay and leave.

    Attributes:
        people: what each does who comes for the first time is what one of these did.
        arrivals: how many come for the first time.
        swing: by how much work wanders for all at once; then only `KEPT` of their weeks are left. None: it does not.
    """

    people: People
    arrivals: Draw
    swing: float | None = None

    def weeks(self, chance: np.random.Generator, drawn: Drawn) -> Weeks:
        """People in each week, by community."""
        return np.array([np.bincount(week, minlength=drawn.weeks) for _, week in self._visits(chance, drawn)])

    def came(self, chance: np.random.Generator, drawn: Drawn) -> Iterator[Ints]:
        """People by weeks, 1 where they came; of one community after the other."""
        for who, week in self._visits(chance, drawn):
            came = np.zeros((who.max() + 1, drawn.weeks), np.int64)
            came[who, week] = 1
            yield came[came.any(axis=1)]

    def _visits(self, chance: np.random.Generator, drawn: Drawn) -> Iterator[tuple[Ints, Ints]]:
        kept = 1 if self.swing is None else KEPT
        each = (drawn.factor ** (-self.people.after / WEEKS_PER_YEAR)).sum() / len(self.people.begin)
        first_rate = drawn.people / kept / each * drawn.factor ** (-FOLLOWED / WEEKS_PER_YEAR)
        come = self.arrivals(chance, drawn._replace(weeks=drawn.weeks + FOLLOWED, people=first_rate))
        share = kept * _wandering(chance, drawn, self.swing or 0)
        for arrivals, shares in zip(come, share, strict=True):
            who, week = self.people.visits(chance, arrivals)
            watched = (week >= FOLLOWED) & (week < FOLLOWED + drawn.weeks)
            who, week = who[watched], week[watched] - FOLLOWED
            left = slice(None) if self.swing is None else chance.random(len(week)) < shares[week]
            yield who[left], week[left]


def fluctuating(chance: np.random.Generator, drawn: Drawn, spread: float) -> Weeks:
    """Poisson counts of a rate whose logarithm wanders: an AR(1) process with this standard deviation."""
    wandering = _wandering(chance, drawn, spread)
    return chance.poisson(drawn.rate(chance) * wandering)


def staying(chance: np.random.Generator, drawn: Drawn) -> Weeks:
    """Poisson counts of people of whom four in ten come again the week after, beside others who come.

    Source: McKenzie (1985), the integer-valued AR(1) process by binomial thinning.
    """
    rate = drawn.rate(chance)
    counts = np.empty(rate.shape, np.int64)
    counts[:, 0] = chance.poisson(rate[:, 0])
    for week in range(1, drawn.weeks):
        others = np.maximum(rate[:, week] - AUTOCORRELATION * rate[:, week - 1], 0)
        counts[:, week] = chance.binomial(counts[:, week - 1], AUTOCORRELATION) + chance.poisson(others)
    return counts


def _wandering(chance: np.random.Generator, drawn: Drawn, spread: float) -> NDArray[np.float64]:
    """Around 1."""
    logs = np.empty((drawn.runs, drawn.weeks))
    logs[:, 0] = chance.normal(0, spread, drawn.runs)
    fresh = spread * np.sqrt(1 - AUTOCORRELATION**2)
    for week in range(1, drawn.weeks):
        logs[:, week] = AUTOCORRELATION * logs[:, week - 1] + chance.normal(0, fresh, drawn.runs)
    return np.asarray(np.exp(logs - spread**2 / 2))
