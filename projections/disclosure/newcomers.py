"""How many people ever came, and within how many days, whichever windows are counted.

Source: docs/privacy.md.
"""

import numpy as np

from projections.disclosure.true_numbers import TrueNumbers
from projections.timeline.history import Values, earlier, series


def ever(within: Values, window_days: int) -> Values:
    """How many there ever were up to each day, from how many there were within a window: those that tile it."""
    tiles = np.zeros(-(-len(within) // window_days) * window_days)
    tiles[: len(within)] = np.nan_to_num(within)
    found: Values = np.cumsum(tiles.reshape(-1, window_days), axis=0).reshape(-1)[: len(within)]
    return found


def newcomers_ever(numbers: TrueNumbers) -> Values:
    """How many people contributed for the first time up to each day."""
    window = numbers.policy.headline_window_days
    return ever(numbers.values(series("newcomers", window_days=window)), window)


def newcomers_within(numbers: TrueNumbers, days: int) -> Values:
    """How many people came within so many days up to each day."""
    came = newcomers_ever(numbers)
    within: Values = came - np.nan_to_num(earlier(came, days))
    return within
