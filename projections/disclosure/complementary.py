"""Numbers of people that, added or subtracted, give a public number: which of them go with one that is hidden.

Who knows the sum must not find out which of 1 to 4 a hidden part is. So the first other part
is hidden, too, if it is large enough to make up for whatever the small ones are; else all are hidden, and none is said
to be from 1 to 4. Which it is follows from public numbers alone: a choice by hidden ones would give them away.

Source: docs/privacy.md.
"""

import numpy as np

from projections.disclosure.threshold import FEWEST_PEOPLE, few_is_sayable, is_few
from projections.timeline.history import Values
from projections.timeline.ranges import Flags


def withheld(people: Values, few: Flags, signs: Values) -> tuple[Flags, Flags]:
    """Which parts (rows) are hidden on which days, and which of these may be said to be from 1 to 4.

    Args:
        people: The parts, in the order in which they are hidden.
        few: Which of them are from 1 to 4.
        signs: With which sign each goes into the sum, by part, or by part and day.
    """
    every_day = np.arange(people.shape[1])
    first = np.argmax(~few, axis=0)
    beside = np.zeros(few.shape, bool)
    beside[first, every_day] = few.any(axis=0) & ~few.all(axis=0)
    relative = np.broadcast_to(signs if signs.ndim == people.ndim else signs[:, np.newaxis], people.shape)
    enough = _makes_up(people[first, every_day], people, few, relative * relative[first, every_day])
    alone = few.any(axis=0) & ~(beside.any(axis=0) & enough)
    return few | beside | alone, few & ~alone


def _makes_up(part: Values, people: Values, few: Flags, relative: Values) -> Flags:
    """Whether a part could still be 5 or more whatever from 1 to 4 the small ones are, by what their sum says."""
    known = part + np.where(few, relative * people, 0.0).sum(axis=0)
    most = np.where(few, np.where(relative > 0, FEWEST_PEOPLE - 1, -1), 0).sum(axis=0)
    makes_up: Flags = known - most >= FEWEST_PEOPLE
    return makes_up


def covering(groups: Values, outside: Values, rest: Values, overlap_is_few: Flags) -> tuple[Flags, Flags]:
    """Likewise of groups that overlap and together cover a public number of people.

    Their sum is that number and the rest: who is counted more than once, less who is in no group.

    Args:
        groups: The people in each group (rows), in the order in which groups are hidden.
        outside: Those of a public number who are not in the group: 1 to 4 of them are hidden with the group.
        rest: By how much the groups add up to more people than there are.
        overlap_is_few: Where the people who are in several groups are from 1 to 4.
    """
    few = is_few(groups)
    of_outside = ~few & is_few(outside)
    rest_is_few = is_few(rest) | overlap_is_few
    hidden, said = withheld(
        np.vstack((np.where(of_outside, outside, groups), np.abs(rest))),
        np.vstack((few | of_outside, rest_is_few)),
        np.vstack((np.where(of_outside, -1.0, 1.0), np.where(rest < 0, 1.0, -1.0))),
    )
    return hidden[:-1], said[:-1] & few & few_is_sayable(groups + outside)
