"""Bounds of the elephant factor, where too few affiliations are known to give the number itself.

Source: docs/definitions.md, "Activity", Elephant factor.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from projections.activity.measures import smallest_half
from projections.community.snapshot import CommunitySnapshot
from projections.people.index import ALONE, PeopleIndex
from projections.timeline.days import number_of
from projections.timeline.history import History, series
from projections.timeline.ranges import Work, spells


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number is if all unknown affiliations are one, and if they are all different."""

    together: int
    apart: int


def elephant_bounds(snapshot: CommunitySnapshot, history: History, as_of: date) -> Bounds | None:
    """Bounds of the elephant factor where too few affiliations are known to give the number itself."""
    known = history.value(series("affiliation_known_ratio"), as_of)
    few = np.isnan(history.value(series("core_contributors_by_volume"), as_of))
    if few or np.isnan(known) or known >= snapshot.policy.affiliation_known_min:
        return None
    work = snapshot.active_work()
    active = spells(work, snapshot.policy.headline_window_days, snapshot.policy.min_contributions)
    return bounds(work.within(active, number_of(as_of), snapshot.policy.headline_window_days), snapshot.who)


def bounds(work: Work, who: PeopleIndex) -> Bounds:
    """The elephant factor with all unknown people in one organisation, and with each in one of their own."""
    organisation, known = who.organisation_at(work), who.is_affiliated_at(work)
    named = np.bincount(organisation[organisation != ALONE])
    independent = np.bincount(work.who[known & (organisation == ALONE)])
    unknown = np.bincount(work.who[~known])
    together = smallest_half(np.concatenate((named, independent, [unknown.sum()])))
    return Bounds(together, smallest_half(np.concatenate((named, independent, unknown))))
