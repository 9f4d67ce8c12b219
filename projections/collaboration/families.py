"""The families about work across teams: what each means, and its values on every day.

Source: DEFINITIONS, "Other communities, communication, impact".
"""

from collections.abc import Iterator

import numpy as np

from projections.collaboration.counts import CrossTeamCounts
from projections.collaboration.relationships import WORDS, Relationships
from projections.community.context import EvaluationContext
from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.privacy import PUBLIC, WITHHELD, Sum, count_in
from projections.metrics.unit import Unit
from projections.timeline.history import Series, Values, series
from projections.timeline.ranges import DayCounts

FAMILIES: tuple[Family, ...] = (
    Family(
        "cross_team_contributors",
        "People who work in two teams or more",
        "People with active work in two teams or more within 90 days.",
        group=Group.COLLABORATION,
        unit=Unit.PEOPLE,
        privacy=count_in(Sum.REST),
    ),
    Family(
        "bridges_single_person",
        "Pairs of teams that rest on one person",
        "Pairs of teams that rest on one person: exactly one has active work in both within 90 days.",
        group=Group.COLLABORATION,
        privacy=WITHHELD,
    ),
    Family(
        "relationships_active",
        "Active relationships",
        "Relationships with teams and other communities that have not ended and are not dormant: established, engaged "
        "with, or worked in by people of ours within 180 days.",
        group=Group.COLLABORATION,
        privacy=PUBLIC,
    ),
)


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
