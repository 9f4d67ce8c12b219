"""The loops over a real log and a real database."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import asyncpg
import pytest

from events.contributions import Contribution, ContributionRecorded
from infra.commands.serve import pool_of
from infra.database import schemas as database
from infra.database.rebuild import FORGET_FACTS, RebuildError, forget_facts, only_one, rebuild_read_models, replacing
from infra.database.schemas import ONE_REBUILD_LOCK
from infra.kafka.lag import LogEnds
from infra.server.loop import TICK_SECONDS, Loops
from infra.server.state import State
from infra.settings import Settings
from projections.evaluation.evaluator import Evaluator
from projections.facts import store
from projections.policy.policy import CommunityPolicy, Policy
from streams.producer import Producer
from tests.support.patience import PATIENCE_SECONDS
from tests.support.through_the_log import all_applied, send, worker

DAY = timedelta(days=1)
DEFAULTS = Policy()


class Clock:
    """Stands at a moment until it is moved."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


def commits(count: int, people: int, before: datetime) -> list[ContributionRecorded]:
    return [
        ContributionRecorded(
            id=f"commit-{number}",
            source="git:test",
            community="test",
            subject=f"email:person-{number % people}@example.org",
            time=before - timedelta(hours=number),
            data=Contribution(kind="commit"),
        )
        for number in range(count)
    ]


@asynccontextmanager
async def looping(
    settings: Settings, clock: Callable[[], datetime], policy: Callable[[], Policy] | None = None
) -> AsyncIterator[State]:
    state = State()
    bootstrap, prefix = settings.kafka_bootstrap_servers, settings.topic_prefix
    async with (
        pool_of(settings) as pool,
        Producer(bootstrap, prefix) as producer,
        LogEnds(bootstrap, prefix) as log,
    ):
        loops = Loops(
            state,
            evaluator=lambda policy: Evaluator(pool, policy, clock),
            pool=pool,
            prepare=partial(database.prepare, settings.database_url),
            log=log,
            outlet=producer,
            policy=policy or (lambda: DEFAULTS),
        )
        running = asyncio.create_task(loops.run())
        try:
            yield state
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def until(state: State, words: str) -> None:
    """Waits until a line is in the metrics."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while words not in state.metrics.decode():
            await asyncio.sleep(0.05)


def active(people: int) -> str:
    labels = 'community="test",window_days="90"'
    return f"tenfold_active_contributors{{{labels}}} {people:.1f}"


async def test_numbers_follow_events_and_closed_days_go_to_the_log(
    stack: Settings, database: asyncpg.Connection, tmp_path: Path
) -> None:
    clock = Clock()
    async with worker(stack, tmp_path / "worker.log"), looping(stack, clock) as state:
        await until(state, "tenfold_position_lag_records{")
        assert state.metrics.decode().count("tenfold_position_lag_records{") == 14
        await send(stack, commits(20, 7, clock.now))
        await until(state, active(7))
        assert state.evaluated
        assert not state.away
        await send(stack, commits(30, 9, clock.now)[20:])
        await until(state, active(9))
        clock.now += DAY
        query = "select data ->> 'day' from other_fact where type = 'tenfold.day.published.v1'"
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (days := [row[0] for row in await database.fetch(query)]):
                await asyncio.sleep(0.05)
        assert days == [str((clock.now - DAY).date())]


def seconds(state: State) -> float:
    """Up to when everything is counted, as /metrics has it."""
    found = re.search(r"^tenfold_evaluation_last_success_timestamp_seconds (.+)$", state.metrics.decode(), re.MULTILINE)
    return float(found[1]) if found else 0.0


async def test_the_time_of_the_numbers_stands_still_while_a_batch_that_does_not_end_holds_them_back(
    stack: Settings, database: asyncpg.Connection, tmp_path: Path
) -> None:
    clock = partial(datetime.now, UTC)
    async with worker(stack, tmp_path / "worker.log"), looping(stack, clock) as state:
        await send(stack, commits(20, 7, clock()))
        await until(state, active(7))
        place = await database.fetchrow("select cluster, topic, partition from log_position where topic like '%roles'")
        async with database.transaction():
            assert await store.lock_position(database, *place)
            await send(stack, commits(30, 9, clock())[20:])
            await all_applied(stack)
            applied = clock().timestamp()
            for _ in range(20):  # four looks at the facts
                await asyncio.sleep(TICK_SECONDS / 5)
                assert 0 < seconds(state) < applied
                assert active(7) in state.metrics.decode()
        await until(state, active(9))
        async with asyncio.timeout(PATIENCE_SECONDS):
            while seconds(state) < applied:
                await asyncio.sleep(0.05)


async def test_another_policy_is_followed_without_a_restart_and_numbers_stand_until_it_is(
    stack: Settings, tmp_path: Path
) -> None:
    clock, policies = Clock(), [DEFAULTS]
    async with worker(stack, tmp_path / "worker.log"), looping(stack, clock, lambda: policies[-1]) as state:
        await send(stack, commits(20, 7, clock.now))
        await until(state, active(7))
        before = re.findall('policy="[^"]*"', state.metrics.decode())
        policies.append(Policy(communities={"test": CommunityPolicy(windows_days=(45, 90))}))
        async with asyncio.timeout(PATIENCE_SECONDS):
            while 'window_days="45"' not in state.metrics.decode():
                assert active(7) in state.metrics.decode()
                await asyncio.sleep(0.01)
        assert re.findall('policy="[^"]*"', state.metrics.decode()) != before


async def test_a_rebuild_from_the_log_gives_the_same_and_numbers_stand_meanwhile(
    stack: Settings, database: asyncpg.Connection, tmp_path: Path
) -> None:
    clock = Clock()
    async with looping(stack, clock) as state:
        async with worker(stack, tmp_path / "worker.log"):
            await send(stack, commits(40, 6, clock.now))
            await until(state, active(6))
            await all_applied(stack)
        async with only_one(database):
            await until(state, 'tenfold_catching_up{community="test"} 1.0')
            await forget_facts(database, stack)
            assert await database.fetchval("select count(*) from contribution_fact") == 0
            async with worker(stack, tmp_path / "worker.log"):
                await all_applied(stack)
            assert active(6) in state.metrics.decode()
            assert await rebuild_read_models(database, stack, Policy()) == ["test"]
            await database.execute("select pg_advisory_unlock($1)", ONE_REBUILD_LOCK)
        await until(state, 'tenfold_catching_up{community="test"} 0.0')
        assert active(6) in state.metrics.decode()
        await send(stack, commits(41, 41, clock.now)[40:])
        async with worker(stack, tmp_path / "worker.log"):
            await until(state, active(7))


async def test_rebuilt_read_models_take_the_place_of_the_live_ones(
    stack: Settings, database: asyncpg.Connection, tmp_path: Path
) -> None:
    clock = Clock()
    async with worker(stack, tmp_path / "worker.log"), looping(stack, clock) as state:
        await send(stack, commits(40, 6, clock.now))
        await until(state, active(6))
    query = 'select family, labels, "values" from history order by 1, 2'
    before = await database.fetch(query)
    await database.execute('update history set "values" = array[1.0]; delete from snapshot')
    async with only_one(database):
        await rebuild_read_models(database, stack, Policy())
    assert await database.fetch(query) == before
    assert await database.fetchval("select count(*) from snapshot") == 1


async def test_what_would_be_replaced_stays_while_somebody_reads_it_and_does_not_end(
    stack: Settings, database: asyncpg.Connection
) -> None:
    reader = await asyncpg.connect(stack.database_url, server_settings={"search_path": "facts"})
    async with reader.transaction():
        await reader.fetch("select * from contribution_fact")
        with pytest.raises(RebuildError, match="somebody reads"):
            async with replacing(database, "100ms"):
                await database.execute(FORGET_FACTS)
    await reader.close()


async def test_a_second_rebuild_is_refused(stack: Settings, database: asyncpg.Connection) -> None:
    other = await asyncpg.connect(stack.database_url)
    async with only_one(database):
        with pytest.raises(Exception, match="another rebuild is running"):
            async with only_one(other):
                pass
    await other.close()
