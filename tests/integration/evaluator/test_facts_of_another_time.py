"""Facts that came without their numbers' sequence, or are older than the numbers stored of them, count all the same."""

from datetime import datetime, timedelta

import asyncpg
import pytest

from events.people import Classification, PersonClassified
from events.published import SERVER, DayPublished, Publication, PublishedSample
from projections.evaluation.evaluator import Evaluator
from projections.evaluation.read_models import newest
from projections.evaluation.reader import FactReader
from projections.facts.rows import horizon
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


async def test_what_a_later_version_wrote_is_counted_in_nothing_and_told(
    tell: Tell, database: asyncpg.Connection, pool: asyncpg.Pool, caplog: pytest.LogCaptureFixture
) -> None:
    await tell([contribution(number, f"github:{number}", 250) for number in range(3)])
    await tell([classified("github:0")])
    evaluator = Evaluator(pool, POLICY, lambda: NOW)
    await evaluator.tick()
    assert evaluator.snapshots["moss"].history.value(ACTIVE, NOW.date()) == 2
    await database.execute("update other_fact set type = 'tenfold.person.classified.v2'")
    evaluator = Evaluator(pool, POLICY, lambda: NOW)
    await evaluator.tick()
    assert evaluator.snapshots["moss"].history.value(ACTIVE, NOW.date()) == 3
    assert "community=moss facts={'tenfold.person.classified.v2 future_version': 1}" in caplog.text


async def test_of_what_was_published_the_numbers_that_are_read_again_are_read(
    tell: Tell, database: asyncpg.Connection
) -> None:
    told = published(NOW, ("active_contributors", 7.0), ("leaders", 4.0), ("condition", 1.0))
    await tell([told])
    number = await database.fetchval("select id from community")
    before = (await horizon(database)).before
    async with database.transaction(isolation="repeatable_read", readonly=True):
        change = await FactReader(number).read(database, before)
    samples = tuple(one for one in told.data.samples if one.name != "tenfold_leaders")
    assert change.facts == [told.model_copy(update={"data": told.data.model_copy(update={"samples": samples})})]


def classified(identity: str) -> PersonClassified:
    told = Classification(bot=True, reason="bot")
    return PersonClassified(id="bot", source="git", community="moss", time=NOW, subject=identity, data=told)


def published(at: datetime, *numbers: tuple[str, float]) -> DayPublished:
    samples = tuple(PublishedSample(name=f"tenfold_{name}", labels={"a": "b"}, value=value) for name, value in numbers)
    told = Publication(day=at.date() - timedelta(days=1), samples=samples, read_model_version=1, policy="p")
    return DayPublished(id="day", source=SERVER, community="moss", time=at, data=told)
