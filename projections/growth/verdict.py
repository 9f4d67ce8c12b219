"""Are we growing? People active within four weeks against those of the year before, with an error that knows people.

Source: docs/definitions.md, "Growth"; the standard error is clustered by person and by month (Cameron, Gelbach and
Miller 2011), in closed form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from projections.activity.months import MONTH_WEEKS, MONTHS_A_YEAR
from projections.timeline.history import Values
from projections.timeline.ranges import Ints

VERDICTS: Final = ("growing", "flat", "shrinking", "unclear", "unknown")
GROWING, FLAT, SHRINKING, UNCLEAR, UNKNOWN = range(5)
WEEKS_A_YEAR: Final = MONTHS_A_YEAR * MONTH_WEEKS
MOST_MONTHS, FEWEST_MONTHS = MONTHS_A_YEAR, 3
WEEKS_NEEDED: Final = WEEKS_A_YEAR + FEWEST_MONTHS * MONTH_WEEKS
WEEKS_TO_CHANGE: Final = 6
LEAST_CHANGE, LEAST_SURE = np.log(1.10), np.log(1.25)
ERRORS_WIDE: Final = 2.5
EXCESS_EXPECTED, EXCESS_WEEKS, WEEKS_REMEMBERED = 0.10, 26, 52


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """Mean log change and its standard error; of every week from `WEEKS_NEEDED` on."""

    mean: Values
    error: Values

    @property
    def half(self) -> Values:
        """Half of the interval."""
        wide: Values = ERRORS_WIDE * self.error
        return wide

    @property
    def readings(self) -> Ints:
        """What each week by itself reads."""
        mean, half = self.mean, self.half
        growing = (mean > half) & (mean > LEAST_CHANGE)
        shrinking = (mean < -half) & (mean < -LEAST_CHANGE)
        flat = (mean - half > -LEAST_SURE) & (mean + half < LEAST_SURE)
        read: Ints = np.select([growing, shrinking, flat], [GROWING, SHRINKING, FLAT], UNCLEAR).astype(np.int64)
        return read


def months_judged(weeks: int) -> int:
    """How many months a change looks at where there are so many weeks."""
    return max(min((weeks - WEEKS_A_YEAR) // MONTH_WEEKS, MOST_MONTHS), 0)


def reading(ratio: float, low: float, high: float) -> str:
    """What a change with its interval reads by itself."""
    mean, ends = np.log1p(np.array([ratio])), np.log1p(np.array([high, low]))
    found = YearOnYear(mean, np.array([ends[0] - ends[1]]) / (2 * ERRORS_WIDE))
    return VERDICTS[int(found.readings[0])]


@dataclass(frozen=True, slots=True)
class Change:
    """For every week the change on a year ago and its interval, as ratios (0.18 is +18 %), and the verdict's number.

    NaN, and `UNKNOWN`, before there are 64 weeks.
    """

    ratio: Values
    low: Values
    high: Values
    verdict: Ints


def judge(together: Ints) -> Change:
    """Judge every week from those up to it, oldest first.

    Args:
        together: For each week, how many people of its month were in the month so many months before, too: 0 to 25.
    """
    ratio, low, high = np.full((3, len(together)), np.nan)
    verdict = np.full(len(together), UNKNOWN, np.int64)
    if len(together) >= WEEKS_NEEDED:
        found = year_on_year(together)
        judged = slice(WEEKS_NEEDED - 1, None)
        ratio[judged], low[judged], high[judged] = (np.expm1(found.mean + at * found.half) for at in (0, -1, 1))
        verdict[judged] = confirm(found.readings)
    return Change(ratio, low, high, verdict)


def year_on_year(together: Ints) -> YearOnYear:
    """The last 13 months, or as many as there are, on those a year before."""
    parts = list(_by_months(together))
    mean, by_person, by_chance, excess, months = (np.concatenate(part) for part in zip(*parts, strict=True))
    shared = _remembered(excess) / months
    error = np.sqrt(np.maximum(by_person + shared, by_chance / months))
    return YearOnYear(mean, error)


def _by_months(together: Ints) -> Iterator[tuple[Values, Values, Values, Values, Values]]:
    """Weeks that can look at as many months: m, V, C, e and n of each."""
    for months in range(FEWEST_MONTHS, MOST_MONTHS + 1):
        first = WEEKS_A_YEAR + months * MONTH_WEEKS - 1
        last = min(first + MONTH_WEEKS, len(together)) if months < MOST_MONTHS else len(together)
        if first < last:
            yield _looked_at(together, np.arange(first, last), months)


def _looked_at(together: Ints, weeks: Ints, months: int) -> tuple[Values, Values, Values, Values, Values]:
    ago = np.append(np.arange(months), MONTHS_A_YEAR + np.arange(months))
    sign = np.repeat((1, -1), months)
    place = weeks[:, None] - MONTH_WEEKS * ago
    people = together[place, 0]
    newer, apart = np.minimum.outer(np.arange(2 * months), np.arange(2 * months)), np.abs(np.subtract.outer(ago, ago))
    both = together[place[:, newer], apart]
    weight = sign / (months * (people + 0.5))
    by_person = np.einsum("ta,tab,tb->t", weight, both, weight, optimize=True)
    by_chance = months * (people * weight**2).sum(axis=1)
    logs = np.log(people + 0.5)
    change = logs[:, :months] - logs[:, months:]
    mean = change.mean(axis=1)
    off = change - mean[:, None]
    spread = (off * off).sum(axis=1) + (off[:, 1:] * off[:, :-1]).sum(axis=1)
    return mean, by_person, by_chance, spread / (months - 1) - by_chance, np.full(len(weeks), float(months))


def _remembered(excess: Values) -> Values:
    """What months vary beyond chance, over up to 52 weeks, beside half a year of what is usual."""
    padded = np.append(np.zeros(WEEKS_REMEMBERED - 1), excess)
    count = np.minimum(np.arange(len(excess)) + 1, WEEKS_REMEMBERED)
    total = sliding_window_view(padded, WEEKS_REMEMBERED).sum(axis=1)
    found: Values = np.maximum(0, (EXCESS_WEEKS * EXCESS_EXPECTED + total) / (EXCESS_WEEKS + count))
    return found


def confirm(read: Ints) -> Ints:
    """The verdict after each reading: it changes, the first one included, after 6 weeks in a row that read alike."""
    held = np.empty_like(read)
    alike, now = 0, UNKNOWN
    for week, reading in enumerate(read):
        alike = alike + 1 if week and reading == read[week - 1] else 1
        now = reading if alike >= WEEKS_TO_CHANGE else now
        held[week] = now
    return held
