"""Which artefact a contribution answers: through what it responds to, or through what both are about.

Source: DEFINITIONS, "Activity", Response; docs/decisions.md for who waits and what answers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from projections.activity.ranges import Ints
from projections.responses.rows import OPENED, Rows

NOTHING = -1
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Threads:
    """Rows in the order of time, and what each has to do with which artefact.

    Attributes:
        rows: of two at one moment, the one with the smaller key first.
        opens: whether a row opens an artefact; the artefact is known by that row's place.
        answers: the artefact that a row answers, `NOTHING` if none.
        group: a number for all rows of one source about the same, `NOTHING` where a row says of nothing.
    """

    rows: Rows
    opens: Mask
    answers: Ints
    group: Ints

    @classmethod
    def of(cls, rows: Rows) -> "Threads":
        """Join rows to the artefacts that they answer."""
        rows = rows[np.lexsort((rows["key_low"], rows["key_high"], rows["time"]))]
        group = grouped(rows)
        opens, about = opened(rows, group)
        parent = parents(rows, opens)
        found = nearest_to_the_root(np.where(opens, np.arange(len(rows)), about), np.where(opens, NOTHING, parent))
        answered = np.where(parent >= 0, found[parent], NOTHING) if len(rows) else found
        return cls(rows, opens, np.where(opens, answered, found), group)


def grouped(rows: Rows) -> Ints:
    """A number for all rows about the same; the key of an artefact's name holds its source."""
    named = (rows["about_high"] != 0) | (rows["about_low"] != 0)
    order = np.lexsort((rows["about_low"], rows["about_high"]))
    sorted_ = rows[order]
    other = np.ones(len(rows), bool)
    other[1:] = np.any([sorted_[half][1:] != sorted_[half][:-1] for half in ("about_high", "about_low")], axis=0)
    group = np.empty(len(rows), np.int64)
    group[order] = np.cumsum(other)
    return np.where(named, group, NOTHING)


def opened(rows: Rows, group: Ints) -> tuple[Mask, Ints]:
    """Which rows open an artefact, and for each row the artefact that it is about, opened by then.

    What is opened again under one name is one artefact: the first opening counts.
    """
    opening = rows["outcome"] == OPENED
    named = np.flatnonzero(opening & (group >= 0))
    groups, first = np.unique(group[named], return_index=True)
    opener = np.full(len(rows) + 1, NOTHING)
    opener[groups] = named[first]
    about = opener[group]
    about[about == np.arange(len(rows))] = NOTHING
    about[(about >= 0) & (rows["time"][about] > rows["time"])] = NOTHING
    opens = opening & (group < 0)
    opens[named[first]] = True
    return opens, about


def parents(rows: Rows, opens: Mask) -> Ints:
    """The row that each one responds to, where that came before; what opens something may bear the same moment."""
    order = np.lexsort((rows["key_low"], rows["key_high"]))
    high, low = rows["key_high"][order], rows["key_low"][order]
    at = np.minimum(np.searchsorted(high, rows["responds_to_high"]), max(len(rows) - 1, 0))
    found = order[at]
    known = (high[at] == rows["responds_to_high"]) & (low[at] == rows["responds_to_low"])
    earlier = rows["time"][found] < rows["time"]
    earlier |= opens[found] & (rows["time"][found] == rows["time"]) & (found != np.arange(len(rows)))
    return np.where(known & earlier, found, NOTHING)


def nearest_to_the_root(own: Ints, parent: Ints) -> Ints:
    """For each row, of its own and its ancestors' values, the one nearest to the root; doubling the step each time."""
    while np.any(climbing := parent >= 0):
        above = np.where(climbing, own[parent], NOTHING)
        own, parent = np.where(above >= 0, above, own), np.where(climbing, parent[parent], NOTHING)
    return own
