"""What Tenfold is compared with: an ordinary Faust agent that does the same work, `python -m benchmarks.stock`.

`take` hands on lists of up to 1000 values and acknowledges them afterwards; Faust commits their offsets every few
seconds, and what is applied again after a crash the probe finds. Events are read with the models; what follows is
Tenfold's own: keys, digests, names as integers, the probe, rows packed for COPY. With `--fast-decoder` it has that of
Tenfold, too, so that nothing is left of the difference but the way of the records.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg
import faust

from events import fast_contribution
from events.codec import STRUCTURED_HEADERS, decode
from events.contributions import ContributionRecorded
from events.fast_contribution import END_OF_TIME, FastContribution, flattened
from events.keys import contribution_digest, fact_key
from infra.settings import Settings
from projections.facts import copy_rows, store
from projections.facts.names import Names

APPLICATION: Final = "benchmark-stock"
FAST_DECODER: Final = "--fast-decoder"
TAKE: Final = 1000
WITHIN_SECONDS: Final = 1.0
TRANSACTION: Final = "select pg_current_xact_id()"

Read = Callable[[bytes], FastContribution]


def read_with_model(value: bytes) -> FastContribution:
    """As every event is read but for contributions in Tenfold."""
    event = decode(value, STRUCTURED_HEADERS, datetime.now(UTC))
    assert isinstance(event, ContributionRecorded)
    return flattened(event)


def read_fast(value: bytes) -> FastContribution:
    """As Tenfold reads contributions."""
    event = fast_contribution.decode(value, END_OF_TIME)
    assert event is not None
    return event


async def apply(pool: asyncpg.Pool, names: Names, read: Read, values: Sequence[bytes]) -> None:
    """Write what of a batch is new, in one transaction."""
    events = {fact_key(event.community, event.source, event.id): event for event in map(read, values)}
    async with pool.acquire() as connection:
        rows = await _rows(connection, names, events)
        async with connection.transaction():
            known = await store.known_digests(connection, list(events))
            new = [row for row in rows if copy_rows.key_of(row) not in known]
            await store.add_contributions(connection, new, await connection.fetchval(TRANSACTION))


async def _rows(connection: asyncpg.Connection, names: Names, events: dict[bytes, FastContribution]) -> list[bytes]:
    columns = events.values(), list(events), list(map(contribution_digest, events.values()))
    try:
        return copy_rows.rows(names, *columns)
    except KeyError:
        await names.learn(connection, names.unknown(events.values(), ()))
        return copy_rows.rows(names, *columns)


def build_app(settings: Settings, pool: asyncpg.Pool, read: Read) -> faust.App:
    """The agent as Faust's documentation writes it."""
    app = faust.App(
        settings.consumer_group,
        broker=f"kafka://{settings.kafka_bootstrap_servers}",
        store="memory://",
        datadir=settings.data_dir,
        web_enabled=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        consumer_auto_offset_reset="earliest",
    )
    names, topic = Names(), app.topic(settings.topic_prefix + ContributionRecorded.topic, value_serializer="raw")

    @app.agent(topic)  # type: ignore[untyped-decorator]
    async def contributions(stream: Any) -> None:
        batches: AsyncIterator[Sequence[bytes]] = stream.take(TAKE, within=WITHIN_SECONDS)
        async for values in batches:
            await apply(pool, names, read, values)

    return app


async def main(arguments: Sequence[str]) -> None:
    """Run until killed."""
    settings = Settings.load()
    read = read_fast if FAST_DECODER in arguments else read_with_model
    told = {"search_path": "facts", "application_name": APPLICATION}
    async with asyncpg.create_pool(
        settings.database_url, min_size=1, max_size=2, server_settings=told, init=store.prepare
    ) as pool:
        app = build_app(settings, pool, read)
        await app.start()
        await app.wait_until_stopped()


if __name__ == "__main__":
    asyncio.run(main(sys.argv))
