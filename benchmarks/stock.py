"""What Tenfold is compared with: an ordinary Faust agent that does the same work, `python -m benchmarks.stock`.

Everything but the way of the records is Tenfold's own: the fast decoder, keys, digests, names, the probe, binary COPY,
so nothing slows it down but Faust. `take` hands on lists of up to 1000 values and acknowledges them afterwards; Faust
commits their offsets every few seconds. What was applied twice after a crash the probe finds.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import asyncpg
import faust

from events import fast_contribution
from events.contributions import ContributionRecorded
from events.fast_contribution import END_OF_TIME, FastContribution
from events.keys import contribution_digest, fact_key
from infra.settings import Settings
from projections.facts import copy_rows, store
from projections.facts.names import Names

APPLICATION = "benchmark-stock"
TAKE = 1000
WITHIN_SECONDS = 1.0


async def apply(pool: asyncpg.Pool, names: Names, values: Sequence[bytes]) -> None:
    """Write what of a batch is new, in one transaction."""
    events = [event for value in values if (event := fast_contribution.decode(value, END_OF_TIME))]
    by_key = {fact_key(event.community, event.source, event.id): event for event in events}
    async with pool.acquire() as connection:
        rows = await _rows(connection, names, by_key)
        async with connection.transaction():
            known = await store.known_digests(connection, list(by_key))
            new = [row for row in rows if copy_rows.key_of(row) not in known]
            txid = await connection.fetchval("select pg_current_xact_id()")
            await store.add_contributions(connection, new, txid)


async def _rows(connection: asyncpg.Connection, names: Names, by_key: dict[bytes, FastContribution]) -> list[bytes]:
    digests = [contribution_digest(event) for event in by_key.values()]
    try:
        return copy_rows.rows(names, by_key.values(), list(by_key), digests)
    except KeyError:
        await names.learn(connection, names.unknown(by_key.values(), ()))
        return copy_rows.rows(names, by_key.values(), list(by_key), digests)


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
        stream_wait_empty=False,
        consumer_auto_offset_reset="earliest",
    )
    names, topic = Names(), settings.topic_prefix + ContributionRecorded.topic

    @app.agent(app.topic(topic, value_type=bytes, value_serializer="raw"))  # type: ignore[untyped-decorator]
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
