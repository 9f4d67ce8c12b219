"""Facts that came without their numbers' sequence, or are older than the numbers stored of them, count all the same."""

import asyncpg

from projections.evaluation.evaluator import Evaluator
from projections.evaluation.read_models import newest
from tests.integration.evaluator.conftest import Tell, teller
from tests.integration.evaluator.test_evaluator import ACTIVE, NOW, POLICY, contribution


async def test_numbers_go_on_after_those_of_the_facts(
    tell: Tell, database: asyncpg.Connection, pool: asyncpg.Pool
) -> None:
    await tell([contribution(number, f"github:{number}", 250) for number in range(3)])
    evaluator = Evaluator(pool, POLICY, lambda: NOW)
    await evaluator.tick()
    await database.execute("update contribution_fact set batch = 1000; alter sequence batch_number restart")
    await (await teller(database, offset=3))([contribution(3, "github:3", 251)])
    evaluator = Evaluator(pool, POLICY, lambda: NOW)
    await evaluator.tick()
    await (await teller(database, offset=4))([contribution(4, "github:4", 251)])
    await evaluator.tick()
    assert evaluator.snapshots["moss"].history.value(ACTIVE, NOW.date()) == 5


async def test_stored_numbers_that_rest_on_more_facts_than_there_are_are_written_over(
    tell: Tell, database: asyncpg.Connection, pool: asyncpg.Pool
) -> None:
    await tell([contribution(number, f"github:{number}", 250) for number in range(3)])
    await Evaluator(pool, POLICY, lambda: NOW).tick()
    await database.execute("update snapshot set read_up_to = 1000000, samples = '[]'")
    await Evaluator(pool, POLICY, lambda: NOW).tick()
    stored = await newest(database, "moss")
    assert stored
    assert stored.value(ACTIVE, NOW.date()) == 3
