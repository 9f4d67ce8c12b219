"""Facts written the way the worker writes them, without a log in between."""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime

import asyncpg
import pytest

from events.codec import encode
from events.envelope import Event
from events.topics import topic_of
from infra.database.schemas import SEARCH_PATH
from infra.settings import Settings
from projections.facts import store
from projections.facts.migrations import migrate
from projections.facts.names import Names
from streams.apply import Place, apply
from streams.batch_transport import Batch
from streams.cut import Kept
from streams.dead_letters import DeadLetters
from streams.decode import Decoded, Decoder, pack

Tell = Callable[[Sequence[Event]], Awaitable[None]]


async def at_version(database: asyncpg.Connection, version: int) -> None:
    """Make facts anew and empty, as so many migrations leave them."""
    await database.execute("drop schema facts cascade")
    await database.execute("drop schema if exists private cascade")
    await migrate(database, version)


class NoLetters(DeadLetters):
    """Nothing is refused in these tests."""

    def __init__(self) -> None:
        """Needs no producer."""


def record(offset: int, event: Event) -> Kept:
    told = encode(event)
    milliseconds = int(datetime.now(UTC).timestamp() * 1000)
    headers = list(told.headers)
    return Kept(offset, milliseconds, told.key, told.value, headers)


def decoded(events: Sequence[Event], offset: int) -> Decoded:
    topic = f"t.{topic_of(events[0])}"
    records = [record(offset + at, event) for at, event in enumerate(events)]
    return Decoder(lambda _: True, "t.")([Batch(topic, 0, records, offset, offset + len(events), 1)])


@pytest.fixture
async def pool(stack: Settings) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(
        stack.database_url, min_size=1, max_size=2, server_settings={"search_path": SEARCH_PATH}
    ) as pool:
        yield pool


@pytest.fixture
async def tell(database: asyncpg.Connection) -> Tell:
    """Tells events to the database in one transaction per topic, in the order given."""
    return await teller(database)


async def teller(database: asyncpg.Connection, offset: int = 0) -> Tell:
    """What tells events to a database, each topic from an offset on."""
    await store.prepare(database)
    names = Names()
    positions: dict[str, int] = defaultdict(lambda: offset)

    async def tell_all(events: Sequence[Event]) -> None:
        for topic in sorted({topic_of(event) for event in events}):
            await tell_topic(topic, [event for event in events if topic_of(event) == topic])

    async def tell_topic(topic: str, events: Sequence[Event]) -> None:
        offset = positions[topic]
        batch = decoded(events, offset)
        place = Place("cluster", f"t.{topic}", 0)
        await store.register(database, place.cluster, [place[1:]])
        while (wanted := pack(batch, names)) is not None:
            await names.learn(database, wanted)
        outcome = await apply(database, batch, place, offset, names, NoLetters())
        assert not outcome.refused
        positions[topic] = outcome.position

    return tell_all
