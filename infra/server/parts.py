"""Numbers of people that, added or subtracted, give a public number: which of them go with one that is hidden.

Who knows the sum must not find out which of 1 to 4 a hidden part is. So the first other part
is hidden, too, if it is large enough to make up for whatever the small ones are; else all are hidden, and none is said
to be from 1 to 4. Which it is follows from public numbers alone: a choice by hidden ones would give them away.

Source: DESIGN, "What always holds", 10.
"""

import numpy as np

from infra.server.over import FEWEST_PEOPLE
from projections.activity.ranges import Flags
from projections.history import Values

PARTS = (
    {"lapsed_contributors": -1, "new_contributors": 1, "returned_contributors": 1},
    {"casual_contributors_by_volume": 1, "regular_contributors_by_volume": 1, "core_contributors_by_volume": 1},
)
"""Families that, with the same labels and signs, add up to public numbers; those first in line are hidden first."""


def withheld(people: Values, few: Flags, signs: Values) -> tuple[Flags, Flags]:
    """Which parts (rows) are hidden on which days, and which of these may be said to be from 1 to 4.

    Args:
        people: The parts, in the order in which they are hidden.
        few: Which of them are from 1 to 4.
        signs: With which sign each goes into the sum.
    """
    any_few = few.any(axis=0)
    beside = ~few & (np.cumsum(~few, axis=0) == 1) & any_few
    enough = np.array([_makes_up(people, few, signs, part) for part in range(len(people))])
    alone = any_few & ~(beside & enough).any(axis=0)
    return few | beside | alone, few & ~alone


def _makes_up(people: Values, few: Flags, signs: Values, part: int) -> Flags:
    """Whether a part could still be 5 or more whatever from 1 to 4 the small ones are, by what their sum says."""
    relative = (signs * signs[part])[:, np.newaxis]
    known = people[part] + np.where(few, relative * people, 0.0).sum(axis=0)
    most = np.where(few, np.where(relative > 0, FEWEST_PEOPLE - 1, -1), 0).sum(axis=0)
    makes_up: Flags = known - most >= FEWEST_PEOPLE
    return makes_up
