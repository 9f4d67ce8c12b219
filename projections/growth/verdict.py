"""Are we growing? The weekly contributors against those of the year before, so that seasons cancel.

Source: docs/definitions.md, "Growth"; the standard error is Newey and West's (1987) with Bartlett weights and lag 4.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from projections.timeline.history import Values
from projections.timeline.ranges import Ints

VERDICTS = ("growing", "flat", "shrinking", "unknown")
GROWING, FLAT, SHRINKING, UNKNOWN = range(4)
WEEKS_A_YEAR, WEEKS_JUDGED, LAG = 52, 39, 4
WEEKS_NEEDED = WEEKS_A_YEAR + WEEKS_JUDGED
WEEKS_TO_CHANGE = 6
LEAST_CHANGE = np.log(1.10)
ERRORS_WIDE = 3


@dataclass(frozen=True, slots=True)
class Change:
    """For every week the change on a year ago and its interval, as ratios (0.18 is +18 %), and the verdict's number.

    NaN, and `UNKNOWN`, before there are 91 weeks.
    """

    ratio: Values
    low: Values
    high: Values
    verdict: Ints


def judge(weekly: Ints) -> Change:
    """Judge every week from the weekly contributors up to it, oldest first."""
    ratio, low, high = np.full((3, len(weekly)), np.nan)
    verdict = np.full(len(weekly), UNKNOWN, np.int64)
    if len(weekly) >= WEEKS_NEEDED:
        mean, error = year_on_year(weekly)
        judged = slice(WEEKS_NEEDED - 1, None)
        ratio[judged], low[judged], high[judged] = (
            np.expm1(mean + at * error) for at in (0, -ERRORS_WIDE, ERRORS_WIDE)
        )
        verdict[judged] = confirm(readings(mean, error))
    return Change(ratio, low, high, verdict)


def year_on_year(weekly: Ints) -> tuple[Values, Values]:
    """Mean log change of the last 39 weeks on those a year before, and its standard error, from the 91st week on."""
    logs = np.log(weekly + 0.5)
    spans = sliding_window_view(logs[WEEKS_A_YEAR:] - logs[:-WEEKS_A_YEAR], WEEKS_JUDGED)
    mean = spans.mean(axis=1)
    off = spans - mean[:, None]
    variance = (off * off).sum(axis=1)
    for lag in range(1, LAG + 1):
        variance += 2 * (1 - lag / (LAG + 1)) * (off[:, lag:] * off[:, :-lag]).sum(axis=1)
    return mean, np.sqrt(np.maximum(variance, 0)) / WEEKS_JUDGED


def readings(mean: Values, error: Values) -> Ints:
    """What each week by itself reads."""
    growing = (mean > ERRORS_WIDE * error) & (mean > LEAST_CHANGE)
    shrinking = (mean < -ERRORS_WIDE * error) & (mean < -LEAST_CHANGE)
    return np.where(growing, GROWING, np.where(shrinking, SHRINKING, FLAT)).astype(np.int64)


def confirm(read: Ints) -> Ints:
    """The verdict after each reading: the first holds at once, another after 6 weeks in a row that read alike."""
    held = np.empty_like(read)
    alike = 0
    for week, reading in enumerate(read):
        alike = alike + 1 if week and reading == read[week - 1] else 1
        changes = week == 0 or alike >= WEEKS_TO_CHANGE
        held[week] = reading if changes else held[week - 1]
    return held
