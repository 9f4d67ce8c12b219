"""What Tenfold is compared with: an ordinary Faust agent that does the same work, `python -m benchmarks.stock`.

`take` hands on lists of up to 1000 values and acknowledges them afterwards; Faust commits their offsets every few
seconds, and what is then applied again the probe finds. Events are read with the same models, and the SQL is the same:
names as integers, kept in memory, one probe for a batch, COPY into the same table.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg
import faust

from events.codec import STRUCTURED_HEADERS, decode
from events.contributions import ContributionRecorded
from events.fast_contribution import flattened
from events.keys import content_digest, fact_key
from infra.settings import Settings
from projections.facts import store
from projections.facts.copy_rows import COLUMNS
from projections.facts.names import Names

APPLICATION: Final = "benchmark-stock"
TAKE: Final = 1000
WITHIN_SECONDS: Final = 1.0
NUMBER: Final = "select begin_batch()"

ByKey = Mapping[bytes, ContributionRecorded]


async def apply(pool: asyncpg.Pool, names: Names, values: Sequence[bytes]) -> None:
    """Write what of a batch is new, in one transaction."""
    now = datetime.now(UTC)
    events = [decode(value, STRUCTURED_HEADERS, now) for value in values]
    by_key = {fact_key(e.community, e.source, e.id): e for e in events if isinstance(e, ContributionRecorded)}
    async with pool.acquire() as connection:
        rows = await _rows(connection, names, by_key)
        async with connection.transaction():
            known = await store.known_digests(connection, list(by_key))
            number = await connection.fetchval(NUMBER)
            records = [(*row, number) for row in rows if row[0] not in known]
            await connection.copy_records_to_table("contribution_fact", records=records, columns=COLUMNS)


async def _rows(connection: asyncpg.Connection, names: Names, events: ByKey) -> list[tuple[object, ...]]:
    try:
        return [_row(names, key, event) for key, event in events.items()]
    except KeyError:
        await names.learn(connection, names.unknown(map(flattened, events.values()), ()))
        return [_row(names, key, event) for key, event in events.items()]


def _row(names: Names, key: bytes, event: ContributionRecorded) -> tuple[object, ...]:
    """A row in the order of `COLUMNS`, but for the batch."""
    known = names.communities[event.community]
    return (
        key,
        content_digest(event),
        event.time,
        known.identities[event.subject],
        known.sources[event.source],
        names.kinds[event.data.kind],
        known.teams[event.team] if event.team else None,
        event.id,
        event.data.url,
    )


def build_app(settings: Settings, pool: asyncpg.Pool) -> faust.App:
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
            await apply(pool, names, values)

    return app


async def main() -> None:
    """Run until killed."""
    settings = Settings.load()
    told = {"search_path": "facts", "application_name": APPLICATION}
    async with asyncpg.create_pool(
        settings.database_url, min_size=1, max_size=2, server_settings=told, init=store.prepare
    ) as pool:
        app = build_app(settings, pool)
        await app.start()
        await app.wait_until_stopped()


if __name__ == "__main__":
    asyncio.run(main())
