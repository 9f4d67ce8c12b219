"""Whether a community grows: the verdict where it can be told, and the goal.

Source: DEFINITIONS, "Growth".
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from projections.community.context import EvaluationContext
from projections.growth.families import Activity, Weeks, goal_series, verdict_series
from projections.timeline.days import SECONDS_A_DAY
from projections.timeline.history import Series, Values
from projections.timeline.ranges import Flags

HELD_BY_UNCHECKED: Final = 0.10


def growth_series(context: EvaluationContext) -> Iterator[tuple[Series, Values]]:
    """All families about growth."""
    counts, present = context.counts, context.present
    if present.any():
        weekly, began = counts.tally.counts("weekly"), counts.first_day + int(np.argmax(present))
        yield from verdict_series(Weeks.of(weekly, counts.first_day, began), present, covered(context))
    active = {
        sources: np.where(present, counts.tally.counts(("sources", sources)), np.nan) for sources in counts.scopes
    }
    everywhere = np.where(present, counts.tally.counts(("active", counts.windows.headline)), np.nan)
    yield from goal_series(context.goals, Activity(counts.first_day, everywhere, active))


def covered(context: EvaluationContext) -> Flags:
    """On which days sources that are not checked held a tenth or more of the active people."""
    unchecked, place = context.sources.unchecked(context.counts.first_day, context.counts.days)
    return np.array([held_by(context, sources) >= HELD_BY_UNCHECKED for sources in unchecked], bool)[place]


def held_by(context: EvaluationContext, sources: frozenset[str]) -> float:
    """Share of the people active up to the oldest of these sources' last check who worked in one of them."""
    if not sources:
        return 0.0
    snapshot, policy = context.snapshot, context.policy
    through = min(context.sources.checks[name].through for name in sources)
    day = int(through // SECONDS_A_DAY)
    cells = snapshot.cells.within(day, policy.headline_window_days)
    work = snapshot.names.active(cells.where(snapshot.who.is_human[cells.identity]), policy)
    people, times = np.unique(snapshot.who.person[work.identity], return_inverse=True)
    often = np.bincount(times, work.count, len(people)) >= policy.min_contributions
    theirs = snapshot.who.person[snapshot.names.of_sources(work, sources).identity]
    return float(np.isin(people[often], theirs).mean()) if often.any() else 0.0
