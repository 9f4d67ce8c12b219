"""Conditions about growth: shrinking, stalled, behind the path, fewer who stay, and more who come than is usual.

Source: DEFINITIONS, "Conditions".
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from projections.conditions.daily import Goals, Share, Weekly
from projections.timeline.days import YEAR
from projections.timeline.hysteresis import lasting, latched, latched_since, lately
from projections.timeline.intervals import of_difference
from projections.timeline.ranges import Flags, Ints

FLAT_DAYS, GROWN_LATELY_DAYS, PLATEAU_DAYS = 28, 180, 180
BEHIND, BEHIND_DAYS, CAUGHT_UP, CAUGHT_UP_DAYS, SINCE_BASELINE_DAYS = 0.8, 28, 0.9, 14, 90
FEWEST_KEPT_OF = 30
WEEKS_BEFORE, DEVIATIONS, FEWEST_ARRIVALS, ORDINARY_WEEKS = 26, 6, 20, 4


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The days on which each verdict holds; on the others it is unknown, which is no other verdict."""

    growing: Flags
    flat: Flags
    shrinking: Flags


def shrinking(verdict: Verdicts) -> Flags:
    """Entered with the verdict, left with another one."""
    return latched(verdict.shrinking, verdict.growing | verdict.flat)


def growth_stalled(verdict: Verdicts, goals: Goals) -> Flags:
    """Flat for 28 days while the goal wants more; without a goal, after growing lately, and then for 180 days."""
    wants_more = np.where(goals.there, goals.path < 1, lately(verdict.growing, GROWN_LATELY_DAYS))
    left = verdict.growing | verdict.shrinking | (goals.path >= 1)
    place = np.arange(len(left))

    def left_after(entered: int) -> Flags:
        return left | (~goals.there & (place - entered >= PLATEAU_DAYS))

    return latched_since(lasting(verdict.flat, FLAT_DAYS) & wants_more, left_after)


def behind_path(goals: Goals) -> Flags:
    """Below 0.8 of the path for 28 days, 90 days or more after the baseline; left at 0.9 for 14 days."""
    enter = lasting(goals.path < BEHIND, BEHIND_DAYS) & (goals.age >= SINCE_BASELINE_DAYS)
    return latched(enter, lasting(goals.path >= CAUGHT_UP, CAUGHT_UP_DAYS))


def retention_dropped(kept: Share) -> Flags:
    """10 points below a year ago, and not by chance; left where the gap is less than 5 points.

    In whole people: 10 points are `10·(k₁·n₂ − k₂·n₁) ≥ n₁·n₂`.
    """
    then = kept.before(YEAR)
    gap, unit = then.part * kept.whole - kept.part * then.whole, then.whole * kept.whole
    enough = (kept.whole >= FEWEST_KEPT_OF) & (then.whole >= FEWEST_KEPT_OF)
    certain = of_difference(then.ratio, then.whole, kept.ratio, kept.whole).low > 0
    return latched((10 * gap >= unit) & enough & certain, 20 * gap < unit)


def unusual_arrivals(weekly: Weekly) -> Flags:
    """A week of 20 newcomers or more, far above the 26 before; left after four ordinary weeks."""
    judged = np.arange(len(weekly.newcomers)) >= WEEKS_BEFORE
    unusual = judged & (weekly.newcomers > most_usual(weekly.newcomers)) & (weekly.newcomers >= FEWEST_ARRIVALS)
    held = latched(unusual, lasting(judged & ~unusual, ORDINARY_WEEKS))
    return np.append(held, False)[weekly.last_closed]


def most_usual(weekly: Ints) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Median and six median deviations of the 26 weeks before each; NaN where there are fewer."""
    found = np.full(len(weekly), np.nan)
    if len(weekly) > WEEKS_BEFORE:
        before = sliding_window_view(weekly, WEEKS_BEFORE)[:-1]
        median = np.median(before, axis=1)
        off = np.median(np.abs(before - median[:, None]), axis=1)
        found[WEEKS_BEFORE:] = median + DEVIATIONS * off
    return found
