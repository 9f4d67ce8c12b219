"""Which artefact a contribution answers: through what it responds to, or through what both are about.

Source: docs/definitions.md, "Activity", Response; docs/decisions.md for who waits and what answers.
"""

from dataclasses import dataclass

import numpy as np

from projections.community.artefacts import OPENED, Rows
from projections.timeline.ranges import Flags, Ints

NOTHING = -1


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
    opens: Flags
    answers: Ints
    group: Ints

    @classmethod
    def of(cls, rows: Rows) -> "Threads":
        """Join rows, given in the order of time, to the artefacts that they answer."""
        group = grouped(rows)
        opens, about = opened(rows, group)
        parent = parents(rows, opens)
        found = nearest_to_the_root(np.where(opens, np.arange(len(rows)), about), np.where(opens, NOTHING, parent))
        answered = np.where(parent >= 0, found[parent], NOTHING)
        return cls(rows, opens, np.where(opens, answered, found), group)


def in_time(rows: Rows) -> Ints:
    """The order of time, then of keys; quick where rows come in long runs, as they do when few are new."""
    order = np.argsort(rows["time"], kind="stable")
    time = rows["time"][order]
    same = np.append(time[1:] == time[:-1], np.zeros(min(len(time), 1), bool))
    tied = np.flatnonzero(same | np.roll(same, 1))
    order[tied] = order[tied][np.lexsort((rows["key"][order[tied]], time[tied]))]
    return order


def grouped(rows: Rows) -> Ints:
    """A number for all rows about the same; the key of what they are about holds its source."""
    named = np.flatnonzero(rows["about"])
    group = np.full(len(rows), NOTHING)
    group[named] = np.unique(rows["about"][named], return_inverse=True)[1]
    return group


def opened(rows: Rows, group: Ints) -> tuple[Flags, Ints]:
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


def parents(rows: Rows, opens: Flags) -> Ints:
    """The row that each one responds to, where that came before; what opens something may bear the same moment."""
    order = np.argsort(rows["key"])
    key, row = rows["key"][order], np.flatnonzero(rows["responds_to"])
    row = row[np.argsort(rows["responds_to"][row])]  # sorted look-ups are several times as quick
    wanted = rows["responds_to"][row]
    at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
    row, found = row[key[at] == wanted], order[at][key[at] == wanted]
    time = rows["time"]
    earlier = (time[found] < time[row]) | (opens[found] & (time[found] == time[row]) & (found != row))
    parent = np.full(len(rows), NOTHING)
    parent[row[earlier]] = found[earlier]
    return parent


def nearest_to_the_root(own: Ints, parent: Ints) -> Ints:
    """For each row, of its own and its ancestors' values, the one nearest to the root; doubling the step each time."""
    while np.any(climbing := parent >= 0):
        above = np.where(climbing, own[parent], NOTHING)
        own, parent = np.where(above >= 0, above, own), np.where(climbing, parent[parent], NOTHING)
    return own
