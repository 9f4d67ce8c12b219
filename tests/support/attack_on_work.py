"""Somebody who finds out from what everybody sees on which days anything was contributed, as `tests.attack` does.

Contributions within a window are those there ever were, less those of before it; what is told of the last event says
that something happened on that day, and nothing after it.
"""

import numpy as np

from projections.timeline.days import SECONDS_A_DAY, number_of
from projections.timeline.history import Series, Values, series
from projections.timeline.ranges import Flags
from tests.support.attack import Attack

MADE, EVER = "made on the day", "ever made"
LAST_EVENT = "tenfold_source_last_event_timestamp_seconds"
FEWEST = 5


def of_work(attack: Attack) -> None:
    """What the families that count work say of single days."""
    windows = attack.policy.windows_days
    made, ever = made_on(attack, min(windows))
    attack.unknown(MADE, made)
    attack.unknown(EVER, ever)
    every_day = np.ones(attack.history.days, bool)
    for window in windows:
        told = attack.look("contributions", window_days=window)
        terms = [(1.0, told, 0), (-1.0, EVER, 0), (1.0, EVER, window)]
        attack.sums.append((terms, ~np.isnan(attack.true[told])))
    attack.sums.append(([(1.0, MADE, 0), (-1.0, EVER, 0), (1.0, EVER, 1)], every_day))


def of_last_events(attack: Attack) -> None:
    """Where all events are contributions: one on the day of the last event, none from there to the day asked about."""
    for key, moments in attack.seen.history.series.items():
        for day in np.flatnonzero(~np.isnan(moments)) if key[0] == LAST_EVENT else ():
            last = int(moments[day] // SECONDS_A_DAY) - number_of(attack.history.first_day)
            attack.low[MADE][last] = max(attack.low[MADE][last], 1.0)
            attack.high[MADE][last + 1 : day + 1] = 0.0


def made_on(attack: Attack, window: int) -> tuple[Values, Values]:
    """How much was made on each day and ever, from the true numbers of a window."""
    within = np.nan_to_num(attack.history.series[series("contributions", window_days=window)])
    ever = within.copy()
    for day in range(window, len(ever)):
        ever[day] += ever[day - window]
    return np.diff(ever, prepend=0.0), ever


def days_found_out(attack: Attack) -> Flags:
    """The days on which it is known that somebody contributed."""
    list(attack.derived())
    return attack.low[MADE] >= 1


def days_of_few(attack: Attack) -> Flags:
    """The days in a window, or in a week that is over, of which everybody hears that fewer than 5 were active."""
    days = attack.history.days
    few = np.zeros(days, bool)
    for window in attack.policy.windows_days:
        mark(few, attack, series("active_contributors", window_days=window), window, range(days))
    first_sunday = (3 - number_of(attack.history.first_day)) % 7
    mark(few, attack, series("weekly_contributors"), 7, range(first_sunday, days, 7))
    return few


def mark(few: Flags, attack: Attack, key: Series, window: int, ends: range) -> None:
    """Marks the days of each window that ends on one of some days with fewer than 5 people."""
    people = attack.history.series[key]
    for end in ends:
        if 1 <= people[end] < FEWEST:
            few[max(end - window + 1, 0) : end + 1] = True
