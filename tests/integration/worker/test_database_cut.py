"""The database goes away at each moment at which a worker waits for it: every event has effect once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import asyncpg
import pytest
from prometheus_client import CollectorRegistry

from infra.commands.worker import _pool
from infra.settings import Settings
from projections.facts import store
from projections.facts.names import Names
from streams.apply import Place
from streams.decode import Decoder
from streams.metrics import WorkerMetrics
from streams.writer import Stage, Writer
from tests.integration.worker.test_apply import Letters
from tests.support.cutting import Cut, cutting
from tests.support.patience import PATIENCE_SECONDS
from tests.support.records import POISON, TOPIC, batch, facts_of, value
from tests.support.worker_process import until

PLACE = Place("cluster", TOPIC, 0)
A_BATCH = 5
"""Records, the last of which is refused."""


def acknowledge() -> None:
    """Nobody asks."""


def stage(pool: asyncpg.Pool, executor: ThreadPoolExecutor) -> Stage:
    letters: Any = Letters()
    decoder, metrics = Decoder(lambda _: True, "tenfold."), WorkerMetrics(CollectorRegistry(), "0")
    return Stage(pool, decoder, Names(), letters, metrics, executor)


async def write(writer: Writer, at: int) -> None:
    """Have a batch applied whose names nobody knows yet."""
    first = at * A_BATCH
    values = [value(number, source=f"git:{at}") for number in range(first, first + A_BATCH - 1)]
    await writer.put(batch(first, [*values, POISON[0]]), acknowledge)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await writer.idle()


async def batches_until_none_is_cut(pool: asyncpg.Pool, cut: Cut) -> int:
    """Apply a batch for every piece that passes on the way meanwhile, each cut one piece later; returns how many."""
    at = 0
    with ThreadPoolExecutor(1) as executor:
        writer = Writer(stage(pool, executor), PLACE, 0)
        running = asyncio.create_task(writer.run())
        while not at or cut.was_cut:
            cut.after(at)
            await write(writer, at)
            assert not running.done(), running.exception()
            at += 1
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    cut.after(None)
    return at


async def test_a_worker_waits_wherever_its_database_goes_away(stack: Settings, database: asyncpg.Connection) -> None:
    await store.register(database, PLACE.cluster, [PLACE[1:]])
    async with cutting(stack.database_url) as (url, cut), _pool(url) as pool:
        batches = await batches_until_none_is_cut(pool, cut)
    assert batches > 20
    assert len(await facts_of(database)) == batches * (A_BATCH - 1)
    assert await database.fetchval("select count(*) from dead_letter") == batches
    assert await database.fetchval("select next_offset from log_position") == batches * A_BATCH


@pytest.mark.parametrize("state", ["53100", "57P01", "57P02", "57P03", "58030", "08006", "40P01"])
async def test_what_the_server_says_when_it_cannot_go_on_is_waited_for(
    stack: Settings, database: asyncpg.Connection, state: str
) -> None:
    await store.register(database, PLACE.cluster, [PLACE[1:]])
    await database.execute(f"""
        create sequence facts.failed;
        create function facts.fails() returns trigger language plpgsql as $$
        begin perform nextval('facts.failed'); raise exception 'away' using errcode = '{state}'; end $$;
        create trigger fails before insert on facts.contribution_fact execute function facts.fails()""")
    async with _pool(stack.database_url) as pool:
        with ThreadPoolExecutor(1) as executor:
            writer = Writer(stage(pool, executor), PLACE, 0)
            running = asyncio.create_task(writer.run())
            writing = asyncio.create_task(write(writer, 0))
            await until(lambda: _tried_again(database))
            assert not running.done()
            await database.execute("drop trigger fails on facts.contribution_fact")
            await writing
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
    assert len(await facts_of(database)) == A_BATCH - 1


async def _tried_again(database: asyncpg.Connection) -> bool:
    return bool(await database.fetchval("select last_value > 1 from facts.failed"))
