"""Of which team everything is, and which teams are called by name.

Source: docs/definitions.md, "Activity", Team.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from projections.community.change import Change
from projections.community.contributions import NO_TEAM, DailyContributions
from projections.community.names import ContributionNames
from projections.people.index import FOREVER
from projections.policy.policy import CommunityPolicy
from projections.policy.source_teams import SourceTeams
from projections.timeline.ranges import Ints


class Teams:
    """The teams that a policy gives sources, then those that events bear; numbers that were given stay.

    Args:
        policy: The community's.
    """

    def __init__(self, policy: CommunityPolicy) -> None:
        self._policy, self._given = policy, SourceTeams(policy)

    def placed(self, change: Change) -> Change:
        """A change in which everything is of the team that the policy says."""
        given = self._given.names
        if not given:
            return change
        facts = [
            one if (team := self._given.of(one.source, one.team)) == one.team else one.model_copy(update={"team": team})
            for one in change.facts
        ]
        names = replace(change.names, teams=(*given, *change.names.teams))
        return replace(change, names=names, facts=facts, cells=self._of_teams(change.cells, change.names))

    def _of_teams(self, cells: DailyContributions, names: ContributionNames) -> DailyContributions:
        numbers = {name: at for at, name in enumerate(self._given.names)}
        own = [numbers.get(name, len(numbers) + at) for at, name in enumerate(names.teams)]
        given = [self._given.of(source, None) for source in names.sources]
        by_source = np.array([NO_TEAM if one is None else numbers[one] for one in given], np.int64)
        theirs = np.array([*own, NO_TEAM], np.int64)[cells.team]  # no team is the last
        policys = by_source[cells.source]
        return replace(cells, team=np.where(policys == NO_TEAM, theirs, policys))

    def shown(self, teams: Sequence[str], cells: DailyContributions) -> frozenset[str]:
        """The teams that are called by name: those that the policy lists, else those that were there first."""
        if self._policy.teams or len(teams) <= self._policy.teams_shown_max:
            return frozenset(self._policy.teams or teams)
        first: Ints = np.full(len(teams), FOREVER, np.int64)
        in_teams = cells.where(cells.team != NO_TEAM)
        np.minimum.at(first, in_teams.team, in_teams.day)
        order = sorted((day, name) for day, name in zip(first.tolist(), teams, strict=True) if day < FOREVER)
        return frozenset(name for _, name in order[: self._policy.teams_shown_max])
