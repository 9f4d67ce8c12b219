"""Which team an event is of, by where it comes from: teams can be drawn anew without telling anything again.

Source: docs/definitions.md, "Activity", Team.
"""

from projections.policy.patterns import Patterns
from projections.policy.policy import CommunityPolicy


class SourceTeams:
    """The teams that a policy gives sources: a source's own entry goes before patterns, a longer one before a shorter.

    Args:
        policy: The community's.
    """

    def __init__(self, policy: CommunityPolicy) -> None:
        given = [(name, one.team) for name, one in policy.sources.items() if one.team is not None]
        self._known: dict[str, str | None] = dict(given)
        self._patterns = [(Patterns([name]), team) for name, team in sorted(given, key=lambda one: (-len(one[0]), one))]
        self.names = sorted({team for _, team in given})

    def of(self, source: str, team: str | None) -> str | None:
        """The policy's team of a source, else the event's own."""
        if not self._patterns:
            return team
        if source not in self._known:
            self._known[source] = next((given for pattern, given in self._patterns if pattern.fit(source)), None)
        return self._known[source] or team
