"""Bounds of the elephant factor, where too few affiliations are known to give the number itself.

Source: DEFINITIONS, "Activity", Elephant factor.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from projections.activity.measures import smallest_half
from projections.activity.ranges import Work, spells
from projections.community.joined import Joined
from projections.days import number_of
from projections.history import History, series
from projections.people.who import ALONE, Who


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number is if all unknown affiliations are one, and if they are all different."""

    together: int
    apart: int


def elephant_bounds(joined: Joined, history: History, as_of: date) -> Bounds | None:
    """Bounds of the elephant factor where too few affiliations are known to give the number itself."""
    known = history.value(series("affiliation_known_ratio"), as_of)
    few = np.isnan(history.value(series("core_contributors_by_volume"), as_of))
    if few or np.isnan(known) or known >= joined.policy.affiliation_known_min:
        return None
    work = joined.active_work()
    active = spells(work, joined.policy.headline_window_days, joined.policy.min_contributions)
    return bounds(work.within(active, number_of(as_of), joined.policy.headline_window_days), joined.who)


def bounds(work: Work, who: Who) -> Bounds:
    """The elephant factor with all unknown people in one organisation, and with each in one of their own."""
    organisation, known = who.organisation_at(work), who.is_affiliated_at(work)
    named = np.bincount(organisation[organisation != ALONE])
    independent = np.bincount(work.who[known & (organisation == ALONE)])
    unknown = np.bincount(work.who[~known])
    together = smallest_half(np.concatenate((named, independent, [unknown.sum()])))
    return Bounds(together, smallest_half(np.concatenate((named, independent, unknown))))
