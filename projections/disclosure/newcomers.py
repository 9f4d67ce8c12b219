"""How many people ever came, and within how many days, whichever windows are counted.

Source: DESIGN, "What always holds", 10.
"""

import numpy as np

from projections.disclosure.threshold import Denominators
from projections.timeline.history import Values, earlier, series


def ever(within: Values, window_days: int) -> Values:
    """How many there ever were up to each day, from how many there were within a window: those that tile it."""
    tiles = np.zeros(-(-len(within) // window_days) * window_days)
    tiles[: len(within)] = np.nan_to_num(within)
    found: Values = np.cumsum(tiles.reshape(-1, window_days), axis=0).reshape(-1)[: len(within)]
    return found


def newcomers_ever(over: Denominators) -> Values:
    """How many people contributed for the first time up to each day."""
    return ever(over.values(series("newcomers", window_days=over.window_days)), over.window_days)


def newcomers_within(over: Denominators, days: int) -> Values:
    """How many people came within so many days up to each day."""
    came = newcomers_ever(over)
    within: Values = came - np.nan_to_num(earlier(came, days))
    return within
