"""Hysteresis: entered on one set of days, left on another, and held in between. All arrays have one value per day.

A day on which nothing is known is in neither set, so what is held stays held. A condition is not left on a day on which
it would be entered. The state of a day is made of the days up to it: nothing is stored that a restart could lose.
"""

from collections.abc import Callable

import numpy as np

from projections.timeline.days import SECONDS_A_DAY
from projections.timeline.history import Values
from projections.timeline.ranges import Flags, Ints


def lasting(mask: Flags, days: int) -> Flags:
    """Where something has held for so many days in a row, this one included; days run along the last axis."""
    place = np.arange(mask.shape[-1])
    broken = np.maximum.accumulate(np.where(mask, -1, place), axis=-1)
    found: Flags = place - broken >= days
    return found


def lately(mask: Flags, days: int) -> Flags:
    """Where something held on one of the last so many days, this one included; days run along the last axis."""
    place = np.arange(mask.shape[-1])
    last = np.maximum.accumulate(np.where(mask, place, -days), axis=-1)
    found: Flags = place - last < days
    return found


def latched(enter: Flags, leave: Flags) -> Flags:
    """What holds from a day of entering up to, not including, the next of leaving; days run along the last axis."""
    turns = np.maximum.accumulate(np.where(enter | leave, np.arange(enter.shape[-1]), -1), axis=-1)
    found: Flags = (turns >= 0) & np.take_along_axis(enter, np.maximum(turns, 0), axis=-1)
    return found


def latched_since(enter: Flags, left_after: Callable[[int], Flags]) -> Flags:
    """The same where leaving depends on the day of entering; costs what is entered, not days.

    Args:
        enter: the days of entering.
        left_after: gives the days of leaving for the place of the day on which it was entered.
    """
    held = np.zeros(len(enter), bool)
    entered = np.flatnonzero(enter)
    end = 0
    while (at := int(np.searchsorted(entered, end))) < len(entered):
        begin = int(entered[at])
        ends = np.flatnonzero(left_after(begin)[begin:] & ~enter[begin:])
        end = begin + int(ends[0]) if len(ends) else len(enter)
        held[begin:end] = True
    return held


def since(held: Flags, days: Ints) -> Values:
    """When it last changed, as the first moment of that day; NaN before it ever did. At first nothing holds."""
    changed = held != np.concatenate((np.zeros(1, bool), held[:-1]))
    turned = np.maximum.accumulate(np.where(changed, np.arange(len(held)), -1))
    return np.where(turned >= 0, days[np.maximum(turned, 0)] * SECONDS_A_DAY, np.nan)


def up_to(values: Values, closed: int) -> Values:
    """Values of which only the first so many are of days that have ended: the others are as the last of those."""
    return np.where(np.arange(len(values)) < closed, values, values[closed - 1] if closed > 0 else np.nan)
