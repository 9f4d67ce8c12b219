"""The 95 % interval of the difference between two shares.

Source: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine
17 (1998) 873-890, method 10: the score intervals of E. B. Wilson (1927) of both shares, put together.
"""

from typing import NamedTuple

import numpy as np

from projections.timeline.history import Values

Z = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""


class Interval(NamedTuple):
    """Lower and upper end."""

    low: Values
    high: Values


def of_share(share: Values, people: Values) -> Interval:
    """Wilson's score interval of a share of so many people, at least one."""
    middle = share + Z * Z / (2 * people)
    half = Z * np.sqrt(share * (1 - share) / people + Z * Z / (4 * people * people))
    scale = 1 + Z * Z / people
    return Interval((middle - half) / scale, (middle + half) / scale)


def of_difference(share: Values, people: Values, other: Values, others: Values) -> Interval:
    """Newcombe's interval of `share − other`, each of so many people, at least one."""
    mine, theirs = of_share(share, people), of_share(other, others)
    return Interval(
        share - other - np.hypot(share - mine.low, theirs.high - other),
        share - other + np.hypot(mine.high - share, other - theirs.low),
    )
