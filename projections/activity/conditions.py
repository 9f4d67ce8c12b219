"""Conditions about activity: fewer who stay, and more who come than is usual.

Source: docs/definitions.md, "Conditions".
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from projections.activity.arrivals import ArrivalCounts
from projections.community.context import EvaluationContext
from projections.metrics.condition import Condition
from projections.timeline.days import YEAR, sunday_of, week_of
from projections.timeline.history import Share, Values, earlier
from projections.timeline.hysteresis import lasting, latched
from projections.timeline.intervals import of_difference
from projections.timeline.ranges import Flags, Ints

FEWEST_KEPT_OF, DROPPED_DAYS = 30, 28
FEWEST_ACTIVE, LAPSING_DAYS = 20, 7
WEEKS_BEFORE, DEVIATIONS, FEWEST_ARRIVALS, ORDINARY_WEEKS = 26, 6, 20, 4


@dataclass(frozen=True, slots=True)
class Weekly:
    """Newcomers of the closed weeks, and for each day the place of the last closed week (−1 where there is none)."""

    newcomers: Ints
    last_closed: Ints


def retention_dropped(kept: Share) -> Flags:
    """10 points below a year ago, and not by chance, for 28 days; left where the gap is less than 5 points.

    In whole people: 10 points are `10·(k₁·n₂ − k₂·n₁) ≥ n₁·n₂`.
    """
    then = kept.before(YEAR)
    gap, unit = then.part * kept.whole - kept.part * then.whole, then.whole * kept.whole
    enough = (kept.whole >= FEWEST_KEPT_OF) & (then.whole >= FEWEST_KEPT_OF)
    certain = of_difference(then.ratio, then.whole, kept.ratio, kept.whole).low > 0
    return latched(lasting((10 * gap >= unit) & enough & certain, DROPPED_DAYS), 20 * gap < unit)


def many_lapsing(lapsing: Share) -> Flags:
    """A third of 20 active people or more, for 7 days; left where it is less than a quarter, or nobody is active."""
    enter = (3 * lapsing.part >= lapsing.whole) & (lapsing.whole >= FEWEST_ACTIVE)
    return latched(lasting(enter, LAPSING_DAYS), (4 * lapsing.part < lapsing.whole) | (lapsing.whole == 0))


def unusual_arrivals(weekly: Weekly) -> Flags:
    """A week of 20 newcomers or more, far above the 26 before; left after four ordinary weeks."""
    judged = np.arange(len(weekly.newcomers)) >= WEEKS_BEFORE
    unusual = judged & (weekly.newcomers > most_usual(weekly.newcomers)) & (weekly.newcomers >= FEWEST_ARRIVALS)
    held = latched(unusual, lasting(judged & ~unusual, ORDINARY_WEEKS))
    return np.append(held, False)[weekly.last_closed]


def most_usual(weekly: Ints) -> Values:
    """Median and six median deviations of the 26 weeks before each; NaN where there are fewer."""
    found = np.full(len(weekly), np.nan)
    if len(weekly) > WEEKS_BEFORE:
        before = sliding_window_view(weekly, WEEKS_BEFORE)[:-1]
        median = np.median(before, axis=1)
        off = np.median(np.abs(before - median[:, None]), axis=1)
        found[WEEKS_BEFORE:] = median + DEVIATIONS * off
    return found


def retention_of(context: EvaluationContext) -> Share:
    """Of those active a headline window before, how many still are."""
    window = context.policy.headline_window_days
    before = earlier(context.values("active_contributors", window_days=window), window)
    kept = np.round(context.values("retention_ratio", window_days=window) * before)
    return Share(kept, np.where(before > 0, before, np.nan))


def lapsing_of(context: EvaluationContext) -> Share:
    """Of the active people of the headline window, how many are lapsing."""
    window = context.policy.headline_window_days
    parts = (context.values(f"{name}_contributors", window_days=window) for name in ("lapsing", "active"))
    return Share(*parts)


def arrivals_of(context: EvaluationContext) -> Weekly:
    """The newcomers of each closed week that lies wholly on or after the first contribution."""
    by_day: Ints = context.counts.of(ArrivalCounts).by_day()
    first = week_of(int(context.days[np.argmax(context.present)]) + 6)
    last_closed: Ints = np.maximum((context.days - sunday_of(first)) // 7, -1)
    total = np.concatenate((np.zeros(1, np.int64), np.cumsum(by_day)))
    sundays = sunday_of(first) + 7 * np.arange(last_closed[-1] + 1) - context.first_day
    return Weekly(total[sundays + 1] - total[np.maximum(sundays - 6, 0)], last_closed)


ACTIVITY_CONDITIONS: Final[tuple[Condition, ...]] = (
    Condition(
        name="retention_dropped",
        title="Fewer people stay",
        headline="Fewer people stay with {community} than a year ago",
        meaning=(
            "Of the people active 90 days ago {retention_ratio:share,window_days=90} still are, 10 points or more "
            "below the same day a year ago, for 28 days."
        ),
        severity="ticket",
        next_step="See which cohorts left, and ask some of them why.",
        rests_on=("retention_ratio", "active_contributors"),
        rule=lambda context: retention_dropped(retention_of(context)),
    ),
    Condition(
        name="many_lapsing",
        title="Many are about to leave",
        headline="Many of {community} are about to leave",
        meaning=(
            "{lapsing_contributors:count,window_days=90} of {active_contributors:count,window_days=90} active people "
            "are active no more in 14 days unless they do something again."
        ),
        severity="digest",
        next_step="Write to those who have not been here for long: the report names them to leads.",
        rests_on=("lapsing_contributors", "active_contributors"),
        rule=lambda context: many_lapsing(lapsing_of(context)),
    ),
    Condition(
        name="unusual_arrivals",
        title="Unusually many newcomers",
        headline="Unusually many newcomers in {community}",
        meaning=(
            "Last week's newcomers lie far above the 26 weeks before: a campaign, an event, a school class, or "
            "accounts that are not people. {newcomers:count,window_days=30} came in 30 days."
        ),
        severity="digest",
        next_step="See where they come from: an event, a campaign, or automation.",
        rests_on=("newcomers",),
        rule=lambda context: unusual_arrivals(arrivals_of(context)),
    ),
)
