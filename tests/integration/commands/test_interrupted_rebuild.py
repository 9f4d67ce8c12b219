"""`tenfold rebuild` is killed at each of its steps: no half history ever takes the place of whole numbers."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from infra.database import schemas
from infra.local.stack_status import look
from infra.settings import Settings
from projections.evaluation.evaluator import Evaluator
from projections.evaluation.read_models import REBUILD_LOCK
from projections.policy.policy import Policy
from tests.integration.evaluator.conftest import teller
from tests.integration.server.test_loops import Clock, active, commits, looping
from tests.integration.server.test_loops import until as shown
from tests.support.patience import PATIENCE_SECONDS
from tests.support.through_the_log import all_applied, send, worker
from tests.support.worker_process import until

HISTORY = 'select community, family, labels, first_day, "values" from history order by 1, 2, 3'
EMPTIED = "select not exists (select from contribution_fact)"
NEXT = "select to_regclass('read_next.snapshot') is not null"
OTHERS = "select count(*) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()"
WAITS = f"{OTHERS} and wait_event_type = 'Lock'"
HOLD_SWAP = "select pg_advisory_xact_lock_shared($1)"
HOLD_STORING = "select pg_advisory_xact_lock(hashtextextended('test', $1))"


async def command(*words: str) -> Process:
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "infra", *words, stdout=PIPE, stderr=PIPE)


async def rebuilt() -> str:
    """What an undisturbed rebuild says."""
    process = await command("rebuild")
    said, complained = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    assert process.returncode == 0, complained.decode()
    return (said + complained).decode()


async def killed_once(step: Callable[[], Awaitable[object]], *words: str) -> None:
    process = await command("rebuild", *words)
    await until(step)
    process.kill()
    await process.communicate()


@asynccontextmanager
async def held(settings: Settings, lock: str) -> AsyncIterator[None]:
    """A step does not end as long as this holds what it needs."""
    holding = await asyncpg.connect(settings.database_url)
    async with holding.transaction():
        await holding.execute(lock, REBUILD_LOCK)
        yield
    await holding.close()


async def stored(environment: Settings, database: asyncpg.Connection) -> Sequence[asyncpg.Record]:
    """The numbers of the facts that there are, stored as a server does."""
    await schemas.prepare(environment.database_url)
    async with asyncpg.create_pool(
        environment.database_url, min_size=0, server_settings={"search_path": schemas.SEARCH_PATH}
    ) as pool:
        await Evaluator(pool, Policy()).tick()
    numbers: list[asyncpg.Record] = await database.fetch(HISTORY)
    assert numbers
    return numbers


@pytest.fixture
async def whole(environment: Settings, database: asyncpg.Connection, tmp_path: Path) -> Sequence[asyncpg.Record]:
    """The stored numbers of a small community, all of it in the log."""
    async with worker(environment, tmp_path / "worker.log"):
        await send(environment, commits(40, 6, Clock().now))
        await all_applied(environment)
    return await stored(environment, database)


async def test_killed_while_the_log_is_read_it_is_ended_by_the_next_one(
    environment: Settings, database: asyncpg.Connection, whole: Sequence[asyncpg.Record], tmp_path: Path
) -> None:
    await killed_once(lambda: database.fetchval(EMPTIED), "--from-log")
    assert (await look(environment)).problems == ["facts are being read again from the log: 40 records to go"]
    process = await command("report", "--community", "test")
    _, said = await process.communicate()
    assert b"40 records to go" in said

    async with looping(environment, Clock()) as state:
        await shown(state, 'tenfold_catching_up{community="test"} 1.0')
        assert active(6) in state.metrics.decode()
        assert await database.fetch(HISTORY) == whole
        rebuilding = asyncio.create_task(rebuilt())
        async with worker(environment, tmp_path / "again.log"):
            assert "interrupted" in await rebuilding
        await shown(state, 'tenfold_catching_up{community="test"} 0.0')
        assert active(6) in state.metrics.decode()
    assert await database.fetch(HISTORY) == whole


async def test_a_server_goes_on_by_itself_once_workers_have_read_what_was_emptied(
    environment: Settings, database: asyncpg.Connection, whole: Sequence[asyncpg.Record], tmp_path: Path
) -> None:
    await killed_once(lambda: database.fetchval(EMPTIED), "--from-log")
    async with looping(environment, Clock()) as state, worker(environment, tmp_path / "again.log"):
        await shown(state, 'tenfold_catching_up{community="test"} 1.0')
        await shown(state, 'tenfold_catching_up{community="test"} 0.0')
        assert active(6) in state.metrics.decode()
    assert await database.fetch(HISTORY) == whole


@pytest.mark.parametrize("lock", [HOLD_STORING, HOLD_SWAP])
async def test_killed_while_it_makes_or_swaps_numbers_it_leaves_the_old_ones(
    environment: Settings, database: asyncpg.Connection, lock: str
) -> None:
    await (await teller(database))(commits(40, 6, Clock().now))
    whole = await stored(environment, database)
    name = environment.database_url.rpartition("/")[2]
    async with held(environment, lock):
        await killed_once(lambda: database.fetchval(WAITS, name))
    assert await database.fetchval(NEXT)
    assert await database.fetch(HISTORY) == whole
    await until(lambda: nobody_else(database, name))
    await schemas.prepare(environment.database_url)
    assert not await database.fetchval(NEXT)
    await rebuilt()
    assert await database.fetch(HISTORY) == whole


async def nobody_else(database: asyncpg.Connection, name: str) -> bool:
    return not await database.fetchval(OTHERS, name)
