"""The growth verdict, and the rule that was before it, on communities given as who came in which week.

Source: docs/definitions.md, "Growth", Verdict. The rule before: the mean log change of the last 39 weekly contributors
on a year before, beyond 3 errors (Newey and West 1987, Bartlett weights, lag 4) and a tenth, once 6 weeks read alike.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from projections.activity.months import Months
from projections.growth.verdict import FLAT, GROWING, LEAST_CHANGE, SHRINKING, UNKNOWN, confirm, judge
from projections.timeline.ranges import Ints, Work

Values = NDArray[np.float64]
YEAR_WEEKS, JUDGED, LAG, WIDTH = 52, 39, 4, 3
FIRST_MONDAY: Final = 4


class Came(NamedTuple):
    """Active work of a community, once for each person and week, both numbered from 0; and how many weeks there are."""

    who: Ints
    week: Ints
    weeks: int


class Judged(NamedTuple):
    """For every week the verdict, and the interval of the log change; UNKNOWN and NaN where there is none."""

    verdict: Ints
    low: Values
    high: Values


Rule = Callable[[Came], Judged]


def as_it_is(came: Came) -> Judged:
    """By months of people."""
    days = FIRST_MONDAY + 7 * came.week
    months = Months(FIRST_MONDAY, 7 * came.weeks)
    months.add(Work.of(came.who, days, np.ones_like(days)), 1)
    change = judge(months.since(0, came.weeks))
    return Judged(change.verdict, np.log1p(change.low), np.log1p(change.high))


def before(came: Came) -> Judged:
    """By weeks."""
    weekly = np.bincount(came.week, minlength=came.weeks)
    verdict, (low, high) = np.full(came.weeks, UNKNOWN), np.full((2, came.weeks), np.nan)
    if came.weeks >= YEAR_WEEKS + JUDGED:
        mean, error = _year_on_year(weekly)
        beyond = (np.abs(mean) > WIDTH * error) & (np.abs(mean) > LEAST_CHANGE)
        judged = slice(YEAR_WEEKS + JUDGED - 1, None)
        read = np.where(beyond, np.where(mean > 0, GROWING, SHRINKING), FLAT)
        verdict[judged] = confirm(read)
        first = judged.start + np.arange(min(LAG + 1, len(read)))
        verdict[first] = read[0]
        low[judged], high[judged] = mean - WIDTH * error, mean + WIDTH * error
    return Judged(verdict, low, high)


def _year_on_year(weekly: Ints) -> tuple[Values, Values]:
    logs = np.log(weekly + 0.5)
    spans = sliding_window_view(logs[YEAR_WEEKS:] - logs[:-YEAR_WEEKS], JUDGED)
    mean: Values = spans.mean(axis=1)
    off = spans - mean[:, None]
    variance = (off * off).sum(axis=1)
    for lag in range(1, LAG + 1):
        variance += 2 * (1 - lag / (LAG + 1)) * (off[:, lag:] * off[:, :-lag]).sum(axis=1)
    error: Values = np.sqrt(np.maximum(variance, 0)) / JUDGED
    return mean, error


RULES: Final[dict[str, Rule]] = {"as it is": as_it_is, "before": before}
