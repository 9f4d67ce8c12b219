"""How many people ever came, and within how many days, whichever windows are counted.

Source: DESIGN, "What always holds", 10.
"""

import numpy as np

from infra.server.over import Over
from projections.history import Values, earlier, series


def newcomers_ever(over: Over) -> Values:
    """How many people contributed for the first time up to each day: the newcomers of all windows that tile it."""
    newcomers = np.nan_to_num(over.values(series("newcomers", window_days=over.window_days)))
    tiles = np.zeros(-(-len(newcomers) // over.window_days) * over.window_days)
    tiles[: len(newcomers)] = newcomers
    ever: Values = np.cumsum(tiles.reshape(-1, over.window_days), axis=0).reshape(-1)[: len(newcomers)]
    return ever


def newcomers_within(over: Over, days: int) -> Values:
    """How many people came within so many days up to each day."""
    ever = newcomers_ever(over)
    within: Values = ever - np.nan_to_num(earlier(ever, days))
    return within
