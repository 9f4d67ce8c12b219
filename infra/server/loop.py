"""What runs beside the requests: evaluating, publishing closed days, watching the lag.

What is away makes a loop wait and is said in /readyz; the last numbers stay. What is wrong with one community is shown
there, and stops nothing for the others. Anything else is a bug and ends the process.
"""

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version

import asyncpg

from infra.kafka.lag import LogEnds, lag, stopped
from infra.server import scrape
from infra.server.again import once, repeat
from infra.server.closing import Closing, Outlet
from infra.server.faults import earliest
from infra.server.scrape import Operations
from infra.server.showing import Showing
from infra.server.state import State
from infra.server.whole import Watch
from projections.evaluation.evaluator import Evaluator
from projections.evaluation.version import read_model_version
from projections.policy.policy import Policy

TICK_SECONDS = 0.25
"""A number is at most a second old: this, and what an evaluation takes."""
LOOK_SECONDS = 2.0
"""Lag is for alerts that wait minutes."""
FAR_BEHIND_RECORDS = 10_000
"""Records waiting beyond which the numbers stand still: a busy minute is below, an import is not."""
FIRST_LOOK_SECONDS = 5.0
"""How long the first evaluation waits to hear whether a worker is far behind."""
DEAD_LETTERS = "select reason, count(*) as letters from dead_letter group by reason"

DATABASE, LOG = "PostgreSQL", "Kafka"


class Loops:
    """The loops over one state.

    Args:
        state: What requests read.
        evaluator: Makes what works the numbers out by a policy, holding nothing yet.
        pool: Connections to facts and read models.
        prepare: Brings the database to what the code needs; run before the first evaluation.
        log: Where the log ends.
        outlet: Where published days go.
        policy: Says the thresholds by community; the same object for as long as they are the same.
    """

    def __init__(
        self,
        state: State,
        *,
        evaluator: Callable[[Policy], Evaluator],
        pool: asyncpg.Pool,
        prepare: Callable[[], Awaitable[None]],
        log: LogEnds,
        outlet: Outlet,
        policy: Callable[[], Policy],
    ) -> None:
        self._state, self._new_evaluator, self._pool, self._prepare = state, evaluator, pool, prepare
        self._log, self._read_policy = log, policy
        self._policy = policy()
        self._evaluator = evaluator(self._policy)
        self._operations = Operations(build_info(self._policy))
        self._showing, self._closing = Showing(state), Closing(outlet)
        self._watch, self._facts = Watch(pool), ""
        self._ends: Mapping[tuple[str, int], int] = {}
        self._looked = asyncio.Event()
        self._scrape()

    async def run(self) -> None:
        """Runs until cancelled, or until a bug."""
        async with asyncio.TaskGroup() as group:
            group.create_task(repeat(self.look_at_log, LOOK_SECONDS, LOG, self._state))
            await once(self.begin, DATABASE, self._state)
            group.create_task(repeat(self.look_at_tables, LOOK_SECONDS, "lag"))
            group.create_task(repeat(self.publish, TICK_SECONDS, "publishing"))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._looked.wait(), FIRST_LOOK_SECONDS)
            await repeat(self.evaluate, TICK_SECONDS, DATABASE, self._state)

    async def begin(self) -> None:
        """Shows what was stored by whoever evaluated last."""
        await self._prepare()
        self._facts = (await self._watch.look()).identity
        await self._evaluator.restore()
        await self._show()

    async def evaluate(self) -> None:
        """Evaluates what changed, and shows it."""
        started = time.monotonic()
        self._follow(self._read_policy())
        facts = await self._watch.look()
        if facts.identity != self._facts:
            self._facts, self._evaluator = facts.identity, self._new_evaluator(self._policy)
            await self._evaluator.restore()
        done = await self._evaluator.tick(not facts.are_whole or self._is_far_behind, self._show)
        if done and (await self._watch.look()).identity != self._facts:
            return
        if done:
            self._operations.evaluation_seconds = time.monotonic() - started
        if self._evaluator.counted_at:
            self._operations.evaluated_at = self._evaluator.counted_at.timestamp()
        if not self._evaluator.catching_up:
            self._state.evaluated = True
        if done or self._is_stale:
            await self._show()
        else:
            self._scrape()

    def _follow(self, policy: Policy) -> None:
        """Work everything out anew by another policy; the numbers of before are shown until then, and not published."""
        if policy is self._policy:
            return
        last = {name: replace(one, snapshot=None) for name, one in self._evaluator.snapshots.items()}
        self._policy, self._evaluator = policy, self._new_evaluator(policy)
        self._evaluator.snapshots = last
        self._operations.build = build_info(policy)

    async def publish(self) -> None:
        """Sends the numbers of days that have ended to the log."""
        await self._closing.close(self._evaluator, self._policy)

    async def look_at_log(self) -> None:
        """Reads where the log ends."""
        self._ends = await self._log.read()

    async def look_at_tables(self) -> None:
        """Works out the lag, and counts what was set aside."""
        if self._ends:
            self._operations.lag_records = await lag(self._pool, self._log.cluster, self._ends)
            self._looked.set()
        self._operations.stopped = await stopped(self._pool)
        letters = await self._pool.fetch(DEAD_LETTERS)
        self._operations.dead_letters = {row["reason"]: row["letters"] for row in letters}

    @property
    def _is_far_behind(self) -> bool:
        return sum(self._operations.lag_records.values()) > FAR_BEHIND_RECORDS

    @property
    def _is_stale(self) -> bool:
        """Whether what is shown says otherwise of how communities are than what is known now."""
        catching_up = self._evaluator.catching_up
        others = {**self._failed, **self._showing.faults.since}
        return others.keys() != self._state.failed.keys() or any(
            one.catching_up != catching_up for one in self._state.communities.values()
        )

    @property
    def _failed(self) -> Mapping[str, datetime]:
        """Communities that could not be evaluated, or whose days could not be closed → since when."""
        failures = {name: one.since for name, one in self._evaluator.failed.items()}
        return earliest([failures, self._closing.faults.since])

    async def _show(self) -> None:
        await self._showing.show(self._evaluator, self._policy, self._failed)
        self._scrape()

    def _scrape(self) -> None:
        state = self._state
        self._operations.policy_is_followed = state.policy_is_followed()
        catching_up = dict.fromkeys(state.communities, self._evaluator.catching_up)
        failed = dict.fromkeys(state.communities, False) | dict.fromkeys(state.failed, True)
        state.metrics = self._showing.numbers + scrape.operations(self._operations, catching_up, failed)


def build_info(policy: Policy) -> Mapping[str, str]:
    """What runs: the package, the read models it makes, and the policy's digest."""
    digest = hashlib.sha256(policy.model_dump_json().encode()).hexdigest()[:12]
    return {
        "version": version("tenfold"),
        "read_models": str(read_model_version()),
        "policy": digest,
    }
