"""What runs beside the requests: evaluating, publishing closed days, watching the lag.

What is away makes a loop wait and is said in /readyz; the last numbers stay. Anything else is a bug
and ends the process.
"""

import asyncio
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Protocol

import asyncpg

from events.authority import SERVER
from events.published import DayPublished, Publication, PublishedSample
from infra import rebuild
from infra.server import scrape
from infra.server.lag import LogEnds, lag, stopped
from infra.server.scrape import Operations
from infra.server.shown import Shown, shown
from infra.server.state import State
from projections.evaluator import READ_MODEL_VERSION, ClosedDay, Evaluator, Snapshot
from projections.policy import Policy
from streams.transient import is_transient, wait_seconds

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.25
"""A number is at most a second old: this, and what an evaluation takes."""
LOOK_SECONDS = 2.0
"""Lag is for alerts that wait minutes."""
FAR_BEHIND_RECORDS = 10_000
"""Records waiting beyond which the numbers stand still: a busy minute is below, an import is not."""
FIRST_LOOK_SECONDS = 5.0
"""How long the first evaluation waits to hear whether a worker is far behind."""
FACTS = "select pg_relation_filenode('contribution_fact')::bigint"
"""Changes when facts were emptied, to be read again from the log: what is in memory counts them twice."""
AROUND = f"select not pg_try_advisory_xact_lock_shared($1) as rebuilding, ({FACTS}) as facts"
DEAD_LETTERS = "select reason, count(*) as letters from dead_letter group by reason"

DATABASE, LOG = "PostgreSQL", "Kafka"


class Outlet(Protocol):
    """Where published days go: `streams.producer.Producer`."""

    async def send(self, event: DayPublished) -> None:
        """Sends an event soon."""

    async def flush(self) -> None:
        """Returns once the log has everything sent."""


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
        self._log, self._outlet, self._read_policy = log, outlet, policy
        self._policy = policy()
        self._evaluator = evaluator(self._policy)
        self._operations = Operations(build_info(self._policy))
        self._shown: Mapping[str, Shown] = {}
        self._numbers = b""
        self._facts = 0
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
        self._facts = await self._pool.fetchval(FACTS)
        await self._evaluator.restore()
        self._show()
        self._scrape()

    async def evaluate(self) -> None:
        """Evaluates what changed, and shows it."""
        started = time.monotonic()
        self._follow(self._read_policy())
        rebuilding, facts = await self._pool.fetchrow(AROUND, rebuild.ONE_REBUILD_LOCK)
        if facts != self._facts:
            self._facts, self._evaluator = facts, self._new_evaluator(self._policy)
            await self._evaluator.restore()
        done = await self._evaluator.tick(rebuilding or self._is_far_behind, self._show_now)
        if done and await self._pool.fetchval(FACTS) != facts:
            return
        if done:
            self._operations.evaluation_seconds = time.monotonic() - started
        if not (self._evaluator.catching_up or self._evaluator.failed):
            self._operations.evaluated_at = time.time()
            self._state.evaluated = True
        if done or self._is_stale:
            self._show()
        self._scrape()

    def _follow(self, policy: Policy) -> None:
        """Work everything out anew by another policy; the numbers of before are shown until then, and not published."""
        if policy is self._policy:
            return
        last = {name: replace(one, joined=None) for name, one in self._evaluator.snapshots.items()}
        self._policy, self._evaluator = policy, self._new_evaluator(policy)
        self._evaluator.snapshots = last
        self._operations.build = build_info(policy)

    async def publish(self) -> None:
        """Sends the numbers of days that have ended to the log, oldest first."""
        for closed in self._evaluator.days_to_close():
            await self._outlet.send(publication(closed, self._policy, datetime.now(UTC)))
            await self._outlet.flush()
            self._evaluator.closed(closed.community, closed.day)
            logger.info("Closed community=%s day=%s", closed.community, closed.day)

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
        catching_up = self._evaluator.catching_up
        return any(one.catching_up != catching_up for one in self._state.communities.values())

    def _show(self) -> None:
        self._shown = {name: self._current(name, snapshot) for name, snapshot in self._evaluator.snapshots.items()}
        self._state.communities = {name: one.known for name, one in self._shown.items()}
        self._numbers = scrape.together(one.lines for _, one in sorted(self._shown.items()))

    def _current(self, name: str, snapshot: Snapshot) -> Shown:
        before, catching_up = self._shown.get(name), self._evaluator.catching_up
        if before and before.is_of(snapshot, catching_up):
            return before
        return shown(name, snapshot, self._policy.community(name), catching_up)

    def _show_now(self) -> None:
        self._show()
        self._scrape()

    def _scrape(self) -> None:
        self._operations.policy_is_followed = self._state.policy_is_followed()
        catching_up = dict.fromkeys(self._state.communities, self._evaluator.catching_up)
        self._state.metrics = self._numbers + scrape.operations(self._operations, catching_up)


def build_info(policy: Policy) -> Mapping[str, str]:
    """What runs: the package, the read models it makes, and the policy's digest."""
    digest = hashlib.sha256(policy.model_dump_json().encode()).hexdigest()[:12]
    return {
        "version": version("tenfold"),
        "read_models": str(READ_MODEL_VERSION),
        "policy": digest,
    }


def publication(closed: ClosedDay, policy: Policy, now: datetime) -> DayPublished:
    """The event that says what was published when a day closed.

    Its id holds the moment, so that two servers that close the same day say two things: the first
    counts.
    """
    ended = datetime.combine(closed.day, datetime.max.time(), UTC) + timedelta(microseconds=1)
    moment = max(now, ended)  # clocks may differ, but a day is published after it has ended
    samples = tuple(PublishedSample(name=one.name, labels=dict(one.labels), value=one.value) for one in closed.samples)
    return DayPublished(
        id=f"{closed.day}/{moment.isoformat()}",
        source=SERVER,
        time=moment,
        community=closed.community,
        data=Publication(
            day=closed.day,
            samples=samples,
            read_model_version=READ_MODEL_VERSION,
            policy=policy.community(closed.community).digest,
        ),
    )


async def repeat(work: Callable[[], Awaitable[None]], seconds: float, needs: str, state: State | None = None) -> None:
    """Does something again and again, so many seconds apart."""
    while True:
        await once(work, needs, state)
        await asyncio.sleep(seconds)


async def once(work: Callable[[], Awaitable[None]], needs: str, state: State | None = None) -> None:
    """Tries until it succeeds; a state is told meanwhile that what it needs is away. Bugs are raised."""
    attempt = 0
    while True:
        try:
            await work()
        except Exception as error:
            if not is_transient(error):
                raise
            if state is not None:
                state.lost(needs)
            logger.warning("Waiting needs=%s error=%s", needs, type(error).__name__)
            await asyncio.sleep(wait_seconds(attempt))
            attempt += 1
        else:
            if state is not None:
                state.found(needs)
            return
