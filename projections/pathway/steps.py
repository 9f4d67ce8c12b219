"""The steps of the contribution pathway, and the day on which people reach each.

Source: docs/definitions.md, "Contribution pathway", Steps.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from projections.people.index import FOREVER
from projections.timeline.ranges import Flags, Ints, Work, pack

STEPS: Final = ("arrived", "second_day", "sustained", "core", "leader")
CORE, LEADER = 3, 4
NEVER: Final = FOREVER
"""What stands for the day of a step that was not reached, or on no known day."""

SUSTAINED_DAYS, SUSTAINED_WITHIN = 4, 90
CORE_DAYS, CORE_WITHIN, CORE_MONTHS = 24, 183, 4


@dataclass(frozen=True, slots=True)
class Reached:
    """The days on which people reach the steps; a row for each person, a column for each step.

    Attributes:
        who: the numbers of the people, ascending.
        furthest: the day from which somebody is known to have come so far.
        alone: the same by contributions alone, whatever seats they hold.
        dated: the day on which they came so far, by seats too, `NEVER` where they had before records began.
    """

    who: Ints
    furthest: Ints
    alone: Ints
    dated: Ints

    def converting(self, step: int) -> tuple[Ints, Ints]:
        """The days of a step and of the next one, as its conversion has them: a seat is no second day."""
        days = self.dated if step >= CORE else self.alone
        return days[:, step], days[:, step + 1]


def by_work(work: Work, active_work: Work) -> Reached:
    """The steps that people reach by what they do.

    Args:
        work: contributions of any level.
        active_work: those that are active work, of the same people or fewer.
    """
    who, begins = np.unique(work.who, return_index=True)
    days = np.full((len(who), len(STEPS)), NEVER, np.int64)
    days[:, 0] = work.day[begins]
    days[:, 1] = _first(who, work, _reaches_back(work, 1))
    days[:, 2] = _first(who, work, _reaches_back(work, SUSTAINED_DAYS - 1, SUSTAINED_WITHIN))
    days[:, CORE] = _first(who, active_work, _core(active_work))
    days = by_then(days)
    return Reached(who, days, days, days)


def _reaches_back(work: Work, rows: int, within: int = NEVER) -> Flags:
    """The rows that end a window of days in which the same person has so many rows before them."""
    found = np.zeros(len(work.who), bool)
    found[rows:] = (work.who[rows:] == work.who[:-rows]) & (work.day[rows:] - work.day[:-rows] < within)
    return found


def _core(work: Work) -> Flags:
    """The rows that end a window with enough days of work in enough calendar months."""
    found = _reaches_back(work, CORE_DAYS - 1, CORE_WITHIN)
    at = np.flatnonzero(found)
    first = np.searchsorted(pack(work.who, work.day), pack(work.who[at], np.maximum(work.day[at] - CORE_WITHIN + 1, 0)))
    month = month_of(work.day)
    begins = np.cumsum((np.diff(month, prepend=-1) != 0) | (np.diff(work.who, prepend=-1) != 0))
    found[at] = begins[at] - begins[first] >= CORE_MONTHS - 1
    return found


def _first(who: Ints, work: Work, chosen: Flags) -> Ints:
    """The day of each person's first row among the chosen ones."""
    theirs, begins = np.unique(work.who[chosen], return_index=True)
    days = np.full(len(who), NEVER, np.int64)
    days[np.searchsorted(who, theirs)] = work.day[chosen][begins]
    return days


def by_then(days: Ints) -> Ints:
    """Who reaches a later step has reached the earlier ones by then."""
    found: Ints = np.minimum.accumulate(days[:, ::-1], axis=1)[:, ::-1]
    return found


def month_of(day: Ints) -> Ints:
    """Calendar months, counted from January 1970."""
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
