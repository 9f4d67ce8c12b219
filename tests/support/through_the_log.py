"""From events through a real Kafka and a real worker into facts, and back as numbers."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import asyncpg

from events.envelope import Event
from infra.database.schemas import SEARCH_PATH
from infra.local.stack_status import look
from infra.settings import Settings
from projections.evaluation.evaluator import load_community
from projections.policy.policy import Policy
from projections.timeline.history import History
from streams.producer import Producer
from tests.support.patience import PATIENCE_SECONDS

SHARED = (
    "kafka_bootstrap_servers",
    "topic_prefix",
    "consumer_group",
    "database_url",
    "worker_metrics_port",
    "data_dir",
)


@asynccontextmanager
async def worker(settings: Settings, log: Path, *options: str) -> AsyncIterator[None]:
    """A worker of its own process for as long as the block lasts."""
    told = {f"TENFOLD_{name.upper()}": str(getattr(settings, name)) for name in SHARED}
    with log.open("ab") as written:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "infra", "--debug", "worker", *options),
            stdout=written,
            stderr=written,
            env=os.environ | told,
        )
    try:
        yield
        assert process.returncode is None, f"the worker ended by itself: {log}"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def send(settings: Settings, events: Iterable[Event]) -> None:
    """Put events into the log, in this order, whatever stands there already."""
    async with Producer(settings.kafka_bootstrap_servers, settings.topic_prefix) as producer:
        for event in events:
            await producer.send(event)


async def all_applied(settings: Settings) -> None:
    """Wait until facts rest on everything in the log, and nothing was set aside."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (status := await look(settings)).lag is None or any(each.records for each in status.lag):
            await asyncio.sleep(0.2)
    assert not status.dead_letters, status.dead_letters


async def history_of(settings: Settings, community: str, policy: Policy, last_day: date) -> History:
    """Every number of a community, read from the facts."""
    connection = await asyncpg.connect(settings.database_url, server_settings={"search_path": SEARCH_PATH})
    try:
        found = await load_community(connection, community, policy)
    finally:
        await connection.close()
    assert found is not None, f"no facts of {community}"
    return found.history(last_day)
