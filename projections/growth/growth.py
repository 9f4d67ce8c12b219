"""Whether a community grows: the verdict where it can be told, and the goal.

Source: DEFINITIONS, "Growth".
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from projections.activity.ranges import Flags
from projections.community.known import Known
from projections.days import SECONDS_A_DAY
from projections.growth.metrics import Activity, Weeks, goal_series, verdict_series
from projections.history import Series, Values

HELD_BY_UNCHECKED: Final = 0.10


def growth_series(known: Known) -> Iterator[tuple[Series, Values]]:
    """All families about growth."""
    counts, present = known.counts, known.present
    if present.any():
        weekly, began = counts.tally.counts("weekly"), counts.first_day + int(np.argmax(present))
        yield from verdict_series(Weeks.of(weekly, counts.first_day, began), present, covered(known))
    active = {
        sources: np.where(present, counts.tally.counts(("sources", sources)), np.nan) for sources in counts.scopes
    }
    everywhere = np.where(present, counts.tally.counts(("active", counts.windows.headline)), np.nan)
    yield from goal_series(known.goals, Activity(counts.first_day, everywhere, active))


def covered(known: Known) -> Flags:
    """On which days sources that are not checked held a tenth or more of the active people."""
    unchecked, place = known.sources.unchecked(known.counts.first_day, known.counts.days)
    return np.array([held_by(known, sources) >= HELD_BY_UNCHECKED for sources in unchecked], bool)[place]


def held_by(known: Known, sources: frozenset[str]) -> float:
    """Share of the people active up to the oldest of these sources' last check who worked in one of them."""
    if not sources:
        return 0.0
    joined, policy = known.joined, known.policy
    through = min(known.sources.checks[name].through for name in sources)
    day = int(through // SECONDS_A_DAY)
    cells = joined.cells.within(day, policy.headline_window_days)
    work = joined.names.active(cells.where(joined.who.is_human[cells.identity]), policy)
    people, times = np.unique(joined.who.person[work.identity], return_inverse=True)
    often = np.bincount(times, work.count, len(people)) >= policy.min_contributions
    theirs = joined.who.person[joined.names.of_sources(work, sources).identity]
    return float(np.isin(people[often], theirs).mean()) if often.any() else 0.0
