"""What may be told of people at all: how many are few, and how many are enough for a share.

Source: docs/privacy.md.
"""

import numpy as np

from projections.timeline.history import Values
from projections.timeline.ranges import Flags

FEWEST_PEOPLE = 5
FEWEST_IN_A_SHARE = 10


def is_few(people: Values) -> Flags:
    """Whether a count of people, or a change of one, is from 1 to 4."""
    few: Flags = (np.abs(people) >= 1) & (np.abs(people) < FEWEST_PEOPLE)
    return few


def few_is_sayable(whole: Values) -> Flags:
    """Whether a part may be said to be from 1 to 4: of a smaller number, what is not said to be would be known."""
    return ~(whole < 2 * FEWEST_PEOPLE - 1)


def sayable(people: Values) -> Values:
    """A number that may be said (0, or 5 and more) makes a ratio that may be said."""
    return np.where((people == 0) | (people >= FEWEST_PEOPLE), np.inf, 0.0)


def both_sayable(people: Values, share: Values) -> Values:
    """Infinite where both parts of a share, those in it and the others, may be said."""
    part = np.round(people * share)
    return np.minimum(sayable(part), sayable(people - part))
