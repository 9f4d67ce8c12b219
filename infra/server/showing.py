"""Puts what was evaluated where requests and scrapes find it, each community by itself."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from infra.server import scrape
from infra.server.faults import Faults, earliest
from infra.server.rendered import Condition, Shown, shown
from infra.server.state import State
from projections.evaluation.evaluator import Evaluator, LastEvaluation
from projections.policy.policy import Policy


class Showing:
    """Shows communities.

    Attributes:
        faults: Communities whose numbers are there and cannot be shown.
        numbers: The first part of the text for /metrics.
    """

    def __init__(self, state: State) -> None:
        self.faults = Faults("Showing")
        self.numbers = b""
        self._state = state
        self._shown: Mapping[str, Shown] = {}

    async def show(self, evaluator: Evaluator, policy: Policy, failed: Mapping[str, datetime]) -> None:
        """Shows every community as last evaluated; one that cannot be shown stays as it was.

        Args:
            evaluator: Knows the communities.
            policy: Thresholds by community.
            failed: Community → since when something else of it fails.
        """
        found = {}
        for name, last in list(evaluator.snapshots.items()):
            how = Condition(evaluator.catching_up, failed.get(name))
            if made := await self._current(name, last, policy, how):
                found[name] = made
        self._shown = found
        self._state.communities = {name: one.known for name, one in found.items()}
        self._state.failed = earliest([failed, self.faults.since])
        self.numbers = await asyncio.to_thread(scrape.together, [one.lines for _, one in sorted(found.items())])

    async def _current(self, name: str, last: LastEvaluation, policy: Policy, how: Condition) -> Shown | None:
        before = self._shown.get(name)
        if (before and before.is_of(last, how)) or self.faults.is_of(name, last):
            return before
        try:
            made = await asyncio.to_thread(shown, name, last, policy.community(name), how)
        except Exception as error:  # noqa: BLE001 - logged there, and the community is shown as failed
            self.faults.found(name, last, error)
            return before and before.failed_since(self.faults.since[name])
        self.faults.settled(name)
        return made
