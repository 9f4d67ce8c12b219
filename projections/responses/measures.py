"""Medians over a window that moves by days, for all days at once."""

import numpy as np

from projections.timeline.history import Values
from projections.timeline.ranges import Ints


def moving_medians(day: Ints, values: Values, days: Ints, window: int) -> Values:
    """The median of the values of the window that ends on each of these days; NaN where it holds none.

    Args:
        day: of each value, ascending.
        values: one for each day given.
        days: the days asked about.
        window: in days.
    """
    low = np.searchsorted(day, days - window, side="right")
    high = np.searchsorted(day, days, side="right")
    held = high - low
    medians = np.full(len(days), np.nan)
    some = np.flatnonzero(held)
    if len(some):
        low, high, held = low[some], high[some], held[some]
        middles = [smallest(values, low, high, place) for place in ((held - 1) // 2, held // 2)]
        medians[some] = (middles[0] + middles[1]) / 2
    return medians


def smallest(values: Values, low: Ints, high: Ints, place: Ints) -> Values:
    """Of the values from `low` up to, not including, `high`, the one at this place in ascending order; for many ranges.

    Ranks are split by their bits, highest first, each range following its value: a wavelet matrix.
    Source: Claude, Navarro, Ordóñez: The wavelet matrix (2015).
    """
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values), np.int64)
    ranks[order] = np.arange(len(values))
    found = np.zeros(len(low), np.int64)
    for bit in reversed(range(len(values).bit_length())):
        is_one = (ranks >> bit & 1).astype(bool)
        zeros = np.concatenate(([0], np.cumsum(~is_one)))
        zeros_low, zeros_high = zeros[low], zeros[high]
        above = place >= zeros_high - zeros_low
        found |= above.astype(np.int64) << bit
        place = np.where(above, place - zeros_high + zeros_low, place)
        low = np.where(above, zeros[-1] + low - zeros_low, zeros_low)
        high = np.where(above, zeros[-1] + high - zeros_high, zeros_high)
        ranks = np.concatenate((ranks[~is_one], ranks[is_one]))
    picked: Values = values[order][found]
    return picked
