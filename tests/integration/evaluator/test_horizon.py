"""Whoever reads facts up to one horizon after another sees each of them once, however batches come in between."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from itertools import count
from random import Random

import asyncpg
import pytest

from infra.settings import Settings
from projections.facts import store
from projections.facts.rows import horizon

WRITERS = 4
PLACES = [("cluster", "t.contributions", number) for number in range(WRITERS)]
ADD = """
insert into contribution_fact (key, digest, identity, source, kind, time, batch, id)
values (gen_random_uuid(), 0, 0, 0, 0, now(), $1, $2)"""
READ = "select id from contribution_fact where batch >= $1 and batch < $2"
WRITTEN = "select id from contribution_fact"
NEXT_NUMBER = "select last_value + is_called::int from batch_number"
LOCK_NUMBER = "select pg_advisory_xact_lock_shared((x'6261'::bigint << 48) | $1)"
TAKE_NUMBER = "select nextval('batch_number')"

Steps = AsyncIterator[None]


class Consumer:
    """Reads what is new, as the evaluator does."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self._cursor = 0
        self.seen: list[str] = []

    async def steps(self) -> Steps:
        while True:
            before = max(self._cursor, (await horizon(self._connection)).before)
            yield
            async with self._connection.transaction(isolation="repeatable_read", readonly=True):
                self.seen += [row["id"] for row in await self._connection.fetch(READ, self._cursor, before)]
            self._cursor = before
            yield

    async def read(self) -> None:
        steps = self.steps()
        await anext(steps)
        await anext(steps)


class Writer:
    """Writes batches of one partition, one after the other; some are rolled back."""

    def __init__(self, connection: asyncpg.Connection, place: int, dice: Random) -> None:
        self._connection, self._place, self._dice = connection, place, dice
        self._facts = count()

    async def _number(self) -> AsyncIterator[int | None]:
        """As a batch has it; or the same in its parts, any of which may take its time."""
        if self._dice.random() < 0.5:
            locked = await store.lock_position(self._connection, *PLACES[self._place])
            assert locked
            yield locked.batch
        else:
            least = await self._connection.fetchval(NEXT_NUMBER)
            yield None
            await self._connection.execute(LOCK_NUMBER, least)
            yield None
            yield await self._connection.fetchval(TAKE_NUMBER)

    async def steps(self) -> Steps:
        while True:
            transaction = self._connection.transaction()
            await transaction.start()
            numbers = []
            async for number in self._number():
                numbers.append(number)
                yield
            for _ in range(self._dice.randint(0, 2)):
                await self._connection.execute(ADD, numbers[-1], f"{self._place}/{next(self._facts)}")
                yield
            await (transaction.rollback() if self._dice.random() < 0.2 else transaction.commit())
            yield


@pytest.fixture
async def connections(stack: Settings) -> AsyncIterator[list[asyncpg.Connection]]:
    async with AsyncExitStack() as opened:
        found = []
        for _ in range(WRITERS + 1):
            found.append(await asyncpg.connect(stack.database_url, server_settings={"search_path": "facts"}))
            opened.push_async_callback(found[-1].close)
        await store.register(found[0], PLACES[0][0], [place[1:] for place in PLACES])
        yield found


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_the_order_of_steps(connections: list[asyncpg.Connection], seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - the same in every run
    consumer = Consumer(connections[-1])
    writers = [Writer(each, place, dice) for place, each in enumerate(connections[:-1])]
    doing = [consumer.steps(), *(each.steps() for each in writers)]
    for _ in range(60):
        awake = dice.sample(doing, 3)  # the others stand still for a while, wherever they are
        for _ in range(12):
            await anext(dice.choice(awake))
    await ended(connections)
    await consumer.read()
    assert sorted(consumer.seen) == await written(connections[-1])
    assert len(consumer.seen) > 50


async def test_all_at_the_same_time(connections: list[asyncpg.Connection]) -> None:
    consumer = Consumer(connections[-1])
    writers = [Writer(each, place, Random(place)) for place, each in enumerate(connections[:-1])]  # noqa: S311

    async def go_on(steps: Steps, times: int) -> None:
        for _ in range(times):
            await anext(steps)

    await asyncio.gather(*(go_on(each.steps(), 400) for each in writers), go_on(consumer.steps(), 1000))
    await ended(connections)
    await consumer.read()
    assert sorted(consumer.seen) == await written(connections[-1])


async def ended(connections: list[asyncpg.Connection]) -> None:
    """What was under way is rolled back."""
    for each in connections:
        await each.execute("rollback")


async def written(connection: asyncpg.Connection) -> list[str]:
    return sorted(row["id"] for row in await connection.fetch(WRITTEN))
