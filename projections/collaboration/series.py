"""The series about collaboration: their values on every day, from counts and facts.

Source: docs/definitions.md, "Other communities, communication, impact".
"""

from collections.abc import Iterator

import numpy as np

from projections.collaboration.counts import CrossTeamCounts
from projections.collaboration.relationships import WORDS, Relationships
from projections.community.context import EvaluationContext
from projections.timeline.history import Series, Values, series
from projections.timeline.ranges import DayCounts


def collaboration_series(context: EvaluationContext, related: Relationships) -> Iterator[tuple[Series, Values]]:
    """All families about work across teams; absent until a team, or a relationship, was recorded."""
    across = context.counts.of(CrossTeamCounts)
    if across.recorded.any():
        yield series("cross_team_contributors"), np.where(across.recorded, across.cross_team, np.nan)
        bridges = across.pairs.things("rests on one")
        yield series("bridges_single_person"), np.where(across.recorded, bridges, np.nan)
    recorded = context.since(*WORDS)
    if recorded.any():
        held = DayCounts(context.first_day, len(context.days))
        ranges = [one for each in related.every for one in each.active]
        start, end = np.array(ranges, np.int64).reshape(-1, 2).T
        held.add("active", start, end)
        yield series("relationships_active"), np.where(recorded, held.counts("active"), np.nan)
