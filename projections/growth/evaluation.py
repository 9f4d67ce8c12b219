"""Whether a community grows: the verdict where it can be told, and the goal.

Source: docs/definitions.md, "Growth".
"""

from collections.abc import Iterator
from typing import ClassVar, Final

import numpy as np

from projections.activity.counts import ActivityCounts
from projections.community.context import EvaluationContext
from projections.growth.families import GROWTH_FAMILIES
from projections.growth.goal import Goals
from projections.growth.series import Activity, Weeks, goal_series, verdict_series
from projections.metrics.evaluation import Answer, Evaluation
from projections.timeline.days import SECONDS_A_DAY
from projections.timeline.history import Series, Values
from projections.timeline.ranges import Flags

HELD_BY_UNCHECKED: Final = 0.10


class EvaluateGrowth(Evaluation):
    """Are we growing, and towards the goal?"""

    families: ClassVar = GROWTH_FAMILIES
    finds = (Goals,)
    counts = (ActivityCounts,)

    def evaluate(self, context: EvaluationContext) -> Answer:
        """The goals, and all families."""
        goals = Goals.of(context.facts)
        return Answer(growth_series(context, goals), (goals,))


def growth_series(context: EvaluationContext, goals: Goals) -> Iterator[tuple[Series, Values]]:
    """All families about growth."""
    counts, present, first_day = context.counts.of(ActivityCounts), context.present, context.first_day
    if present.any():
        weekly, began = counts.days.counts("weekly"), first_day + int(np.argmax(present))
        yield from verdict_series(Weeks.of(weekly, counts.months, first_day, began), present, covered(context))
    active = {
        sources: np.where(present, counts.days.counts(("sources", sources)), np.nan)
        for sources in counts.coverage.source_sets
    }
    everywhere = np.where(present, counts.days.counts(("active", counts.windows.headline)), np.nan)
    yield from goal_series(goals.every, Activity(first_day, everywhere, active))


def covered(context: EvaluationContext) -> Flags:
    """On which days sources that are not checked held a tenth or more of the active people."""
    unchecked, place = context.sources.unchecked(context.first_day, len(context.days))
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
