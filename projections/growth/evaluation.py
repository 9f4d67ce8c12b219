"""Whether a community grows: the verdict where it can be told, and the goal.

Source: docs/definitions.md, "Growth".
"""

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from projections.activity.counts import ActivityCounts
from projections.community.context import EvaluationContext
from projections.growth.families import GROWTH_FAMILIES
from projections.growth.goal import Goals
from projections.growth.series import Activity, Weeks, goal_series, verdict_series
from projections.metrics.evaluation import Answer, Evaluation
from projections.timeline.history import Series, Values


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
        months = Weeks.of(weekly, counts.months, first_day, began)
        yield from verdict_series(months, present, ~context.covered.contributions)
    active = {
        sources: np.where(present, counts.days.counts(("sources", sources)), np.nan)
        for sources in counts.coverage.source_sets
    }
    everywhere = np.where(present, counts.days.counts(("active", counts.windows.headline)), np.nan)
    yield from goal_series(goals.every, Activity(first_day, everywhere, active))
