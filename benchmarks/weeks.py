"""Weekly contributors of communities that never were: a trend, a season, and two ways in which weeks hang together."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Weeks = NDArray[np.int64]
"""Communities by weeks."""

WEEKS_PER_YEAR: Final = 365.25 / 7
SEASON: Final = 0.3
AUTOCORRELATION: Final = 0.4


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


def fluctuating(chance: np.random.Generator, drawn: Drawn, spread: float) -> Weeks:
    """Poisson counts of a rate whose logarithm wanders: an AR(1) process with this standard deviation."""
    wandering = np.empty((drawn.runs, drawn.weeks))
    wandering[:, 0] = chance.normal(0, spread, drawn.runs)
    fresh = spread * np.sqrt(1 - AUTOCORRELATION**2)
    for week in range(1, drawn.weeks):
        wandering[:, week] = AUTOCORRELATION * wandering[:, week - 1] + chance.normal(0, fresh, drawn.runs)
    return chance.poisson(drawn.rate(chance) * np.exp(wandering - spread**2 / 2))


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
