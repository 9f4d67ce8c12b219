"""A worker that stands still in the middle of a statement keeps nobody from going on for long."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import asyncpg
import pytest
from faust.types import TP

from infra.commands.worker import SERVER_SETTINGS
from infra.settings import Settings
from projections.facts import store
from streams.assignment import Assignment
from streams.transient import is_transient
from streams.writer import Stage
from tests.support.patience import PATIENCE_SECONDS

PLACE = ("cluster", "tenfold.contributions", 0)
AT_ONCE, LATER = timedelta(0), timedelta(minutes=1)
WAITED_FOR = "select count(*) from pg_stat_activity where pid = $1 and state = 'active' and wait_event = 'ClientRead'"


@asynccontextmanager
async def session(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """A connection as workers have it."""
    connection = await asyncpg.connect(settings.database_url, server_settings=SERVER_SETTINGS)
    try:
        yield connection
    finally:
        connection.terminate()


async def copies_without_end(connection: asyncpg.Connection) -> None:
    """Hold a position, and never say the rest of a COPY."""

    async def nothing() -> AsyncIterator[bytes]:
        await asyncio.get_running_loop().create_future()
        yield b""

    async with connection.transaction():
        await store.lock_position(connection, *PLACE)
        await connection.copy_to_table("contribution_fact", source=nothing(), format="binary")


async def stands_still(settings: Settings, connection: asyncpg.Connection) -> asyncio.Task[None]:
    """Wait until the server waits for the rest of a COPY."""
    copying = asyncio.create_task(copies_without_end(connection))
    async with session(settings) as looking, asyncio.timeout(PATIENCE_SECONDS):
        while not await looking.fetchval(WAITED_FOR, connection.get_server_pid()):
            await asyncio.sleep(0.05)
    return copying


async def test_whoever_takes_over_ends_a_copy_that_stands_still(stack: Settings) -> None:
    async with session(stack) as standing, session(stack) as taking:
        await store.register(taking, PLACE[0], [PLACE[1:]])
        copying = await stands_still(stack, standing)
        assert await store.end_standing_still(taking, LATER) == 0
        await taking.execute("set lock_timeout = '50ms'")
        with pytest.raises(asyncpg.LockNotAvailableError) as raised:
            await store.lock_position(taking, *PLACE)
        assert is_transient(raised.value)
        assert await store.end_standing_still(taking, AT_ONCE) == 1
        await taking.execute("set lock_timeout = '30s'")
        assert await store.lock_position(taking, *PLACE)
        copying.cancel()
        await asyncio.gather(copying, return_exceptions=True)


async def test_whoever_takes_over_waits_for_a_position_that_is_held_and_looks_again(stack: Settings) -> None:
    """Who stands still is seen after fifteen seconds, and a batch may have been in hand for eight."""
    async with (
        session(stack) as standing,
        session(stack) as first,
        asyncpg.create_pool(stack.database_url, server_settings=SERVER_SETTINGS, min_size=1) as pool,
    ):
        await store.register(first, PLACE[0], [PLACE[1:]])
        copying = await stands_still(stack, standing)
        stage = cast("Stage", SimpleNamespace(pool=pool))
        taking = Assignment(stage, stack.kafka_bootstrap_servers, lambda _: None)
        with pytest.raises(asyncpg.LockNotAvailableError):
            await taking._positions(PLACE[0], [TP(*PLACE[1:])], ())
        assert await store.end_standing_still(first, AT_ONCE) == 1
        assert await taking._positions(PLACE[0], [TP(*PLACE[1:])], ())
        copying.cancel()
        await asyncio.gather(copying, return_exceptions=True)


async def test_another_program_is_left_alone(stack: Settings, database: asyncpg.Connection) -> None:
    copying = await stands_still(stack, database)
    async with session(stack) as taking:
        assert await store.end_standing_still(taking, AT_ONCE) == 0
    copying.cancel()
    await asyncio.gather(copying, return_exceptions=True)
