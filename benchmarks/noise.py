"""How much weeks vary, and hang together, when slow change and the season are taken out; of real and of drawn weeks.

The logarithm of each week (plus ½, as the verdict takes it) against what cosines of two years and longer and a season
of two harmonics say by least squares; what is left, beside what a Poisson count of that mean would leave.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from benchmarks.weeks import WEEKS_PER_YEAR, Weeks
from projections.growth.verdict import year_on_year
from projections.timeline.ranges import Ints

Values = NDArray[np.float64]
SPAN: Final = round(3 * WEEKS_PER_YEAR)
REDRAWN: Final = 200


class Left(NamedTuple):
    """What is left.

    Attributes:
        people: a week, on average.
        beyond: variance of the logarithm beyond that of Poisson counts; less than 0 where people come more evenly.
        alike: autocorrelation from one week to the next.
    """

    people: float
    beyond: float
    alike: float

    @property
    def spread(self) -> float:
        """Standard deviation beyond Poisson, as % of the rate, with the variance's sign."""
        return 100 * float(np.sign(self.beyond) * abs(self.beyond) ** 0.5)


def left(weekly: Ints) -> Left:
    """What is left of one history."""
    logs, slow = np.log(weekly + 0.5), _slow_and_seasonal(len(weekly))
    usual = slow @ np.linalg.lstsq(slow, logs, rcond=None)[0]
    off = logs - usual
    beyond = off @ off / (len(off) - slow.shape[1]) - _by_chance(np.exp(usual)).mean()
    return Left(float(weekly.mean()), float(beyond), float(off[1:] @ off[:-1] / (off @ off)))


def left_of_all(histories: Iterable[Ints]) -> Left:
    """The same on average."""
    return Left(*np.mean([left(one) for one in histories], axis=0))


def wider(weeks: Weeks) -> float:
    """By how much the mean yearly change spreads over drawn communities, by the error that the verdict reckons with."""
    change, error = zip(*(year_on_year(one) for one in weeks), strict=True)
    return _ratio(np.std(change, axis=0), np.array(error))


def wider_by_people(came: Ints, chance: np.random.Generator) -> float:
    """The same of one community: the spread there would be had others come, by drawing its people anew.

    Each person counts as often as a Poisson number with mean 1 says. The error knows what moves all at once, the spread
    does not; so compare it with that of other communities alone.

    Args:
        came: people by weeks, 1 where they came.
        chance: draws them.
    """
    drawn = chance.poisson(1, (REDRAWN, len(came))).astype(np.float64) @ came
    change = [year_on_year(np.rint(one).astype(np.int64))[0] for one in drawn]
    return _ratio(np.std(change, axis=0), year_on_year(came.sum(axis=0))[1])


def _ratio(spread: Values, error: Values) -> float:
    return float(((spread**2).mean() / (error**2).mean()) ** 0.5)


def _slow_and_seasonal(weeks: int) -> Values:
    week, years = np.arange(weeks), round(weeks / WEEKS_PER_YEAR)
    slow = [np.cos(np.pi * half_waves * (week + 0.5) / weeks) for half_waves in range(years + 1)]
    phase = 2 * np.pi * week / WEEKS_PER_YEAR
    return np.stack((*slow, *(wave(each * phase) for each in (1, 2) for wave in (np.sin, np.cos))), axis=1)


def _by_chance(mean: Values) -> Values:
    """Variance of ln(count + ½) of Poisson counts with these means."""
    counts = np.arange(round(mean.max() + 10 * mean.max() ** 0.5 + 10))
    share, logs = poisson.pmf(counts, mean[:, None]), np.log(counts + 0.5)
    return np.asarray(share @ logs**2 - (share @ logs) ** 2)
