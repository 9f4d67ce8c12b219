"""No transaction but a batch of a worker holds back a number, wherever in the cluster it stands open."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from infra.settings import Settings
from projections.evaluation.evaluator import Evaluator
from projections.facts import store
from tests.integration.evaluator.conftest import Tell
from tests.integration.evaluator.test_evaluator import ACTIVE, POLICY, contribution

MORNING = datetime(2024, 3, 1, 12, tzinfo=UTC)
HELD = ("cluster", "t.roles", 0)


class Clock:
    """A second later each time that it is asked."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@asynccontextmanager
async def left_open(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A transaction with an id, of somebody who went to lunch."""
    connection = await asyncpg.connect(url)
    transaction = connection.transaction(isolation="repeatable_read")
    await transaction.start()
    await connection.fetchval("select pg_current_xact_id()")
    try:
        yield connection
    finally:
        await transaction.rollback()
        await connection.close()


@pytest.mark.parametrize("where", ["postgres", ""])
async def test_numbers_go_on_while_somebody_leaves_a_transaction_open(
    stack: Settings, tell: Tell, pool: asyncpg.Pool, where: str
) -> None:
    evaluator = Evaluator(pool, POLICY, Clock())
    server, _, name = stack.database_url.rpartition("/")
    async with left_open(f"{server}/{where or name}"):
        await tell([contribution(number, f"github:{number}", 250) for number in range(3)])
        assert await evaluator.tick() == ["moss"]
        assert evaluator.snapshots["moss"].history.value(ACTIVE, MORNING.date()) == 3
        before = moment(evaluator)
        await tell([contribution(3, "github:3", 251)])
        assert await evaluator.tick() == ["moss"]
        assert moment(evaluator) > before


async def test_a_batch_that_does_not_end_holds_back_the_moment_up_to_which_all_is_counted(
    stack: Settings, database: asyncpg.Connection, tell: Tell, pool: asyncpg.Pool
) -> None:
    clock = Clock()
    evaluator = Evaluator(pool, POLICY, clock)
    await tell([contribution(0, "github:0", 250)])
    await store.register(database, HELD[0], [HELD[1:]])
    writing = await asyncpg.connect(stack.database_url, server_settings={"search_path": "facts"})
    async with writing.transaction():
        await store.lock_position(writing, *HELD)
        assert await evaluator.tick() == ["moss"]
        nothing_is_missing = clock.now
        assert moment(evaluator) < nothing_is_missing
        await tell([contribution(1, "github:1", 251)])
        for _ in range(3):
            assert await evaluator.tick() == []
            assert moment(evaluator) < nothing_is_missing
    await writing.close()
    assert await evaluator.tick() == ["moss"]
    assert moment(evaluator) > nothing_is_missing
    assert evaluator.snapshots["moss"].history.value(ACTIVE, MORNING.date()) == 2


def moment(evaluator: Evaluator) -> datetime:
    assert evaluator.counted_at
    return evaluator.counted_at
