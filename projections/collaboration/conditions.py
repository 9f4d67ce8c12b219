"""A condition about collaboration: nobody works across teams.

Source: docs/definitions.md, "Conditions".
"""

from typing import Final

import numpy as np

from projections.activity.arrivals import ArrivalCounts
from projections.community.context import EvaluationContext
from projections.metrics.condition import Condition
from projections.timeline.history import Values
from projections.timeline.hysteresis import lasting, latched
from projections.timeline.ranges import Flags

APART_DAYS, FEWEST_TEAMS, FEWEST_IN_A_TEAM, TOGETHER, TOGETHER_DAYS = 28, 2, 5, 2, 14


def no_cross_team(people: Values, teams: Values) -> Flags:
    """Nobody has worked across teams for 28 days, though two teams of five could; left when two do for 14 days."""
    apart = lasting(people == 0, APART_DAYS) & (teams >= FEWEST_TEAMS)
    return latched(apart, lasting(people >= TOGETHER, TOGETHER_DAYS))


def large_teams(context: EvaluationContext) -> Values:
    """How many teams are large enough to share people."""
    return context.counts.of(ArrivalCounts).teams(FEWEST_IN_A_TEAM).astype(np.float64)


COLLABORATION_CONDITIONS: Final[tuple[Condition, ...]] = (
    Condition(
        name="no_cross_team",
        title="Nobody works across teams",
        headline="Nobody works across the teams of {community}",
        meaning=(
            "For 28 days or more nobody has done active work in two teams, although two teams have five people or more."
        ),
        severity="digest",
        next_step="Find a piece of work that needs two teams.",
        rests_on=("cross_team_contributors", "team_active_contributors"),
        owner="synergy",
        rule=lambda context: no_cross_team(context.values("cross_team_contributors"), large_teams(context)),
    ),
)
