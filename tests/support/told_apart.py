"""Which hidden numbers follow from what is shown: of everything that looks the same, whether it all is the same."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from projections.disclosure.view import Disclosure
from projections.timeline.history import Series, Values

FEW, HIDDEN = -1.0, -2.0


def looks(seen: Disclosure, keys: Mapping[str, Series]) -> Values:
    """What somebody sees of some series (rows), day by day; what is hidden as a number that no count has."""
    values = [[FEW if isinstance(one, str) else one for one in seen.values(key)] for key in keys.values()]
    return np.array([[HIDDEN if one is None else one for one in row] for row in values], np.float64)


def follows(shown: Values, people: Values) -> NDArray[np.bool_]:
    """For each count (rows) of each case (columns), whether all cases that look like it have the same count."""
    _, alike = np.unique(shown, axis=1, return_inverse=True)
    least = np.full((len(people), int(alike.max()) + 1), np.inf)
    most = -least
    for row, counts in enumerate(people):
        np.minimum.at(least[row], alike, counts)
        np.maximum.at(most[row], alike, counts)
    same: NDArray[np.bool_] = (least == most)[:, alike]
    return same
