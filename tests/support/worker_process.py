"""Workers as processes of their own, and what a test does to them and to what they rest on."""

import asyncio
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import asyncpg
from aiokafka import AIOKafkaConsumer
from prometheus_client.parser import text_string_to_metric_families

from infra.local.child import Child
from infra.settings import Settings
from streams.producer import Outgoing, Producer
from streams.record_batches import Record
from tests.support.patience import PATIENCE_SECONDS
from tests.support.records import CONTENT
from tests.support.through_the_log import SHARED

POSITION = "select coalesce(sum(next_offset), 0)::bigint from log_position"


async def start(settings: Settings, log: Path, *options: str, **environment: str) -> Process:
    """Start a worker that does not outlive the test; its log goes to the end of a file."""
    told = {f"TENFOLD_{name.upper()}": str(getattr(settings, name)) for name in SHARED}
    command = (sys.executable, "-m", "infra", "--debug", "worker", *options)
    return await Child("worker", command, log, _ready, environment=told | environment).spawn()


@asynccontextmanager
async def running(settings: Settings, log: Path, *options: str, **environment: str) -> AsyncIterator[Process]:
    """A worker for as long as the block lasts, or until it ends by itself."""
    process = await start(settings, log, *options, **environment)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
            process.send_signal(signal.SIGCONT)  # one that a test froze could not end
        await process.wait()


async def put(settings: Settings, values: Sequence[bytes | None], topic: str = "contributions") -> None:
    """Put records as they are into a topic, in this order within each partition."""
    outgoing = [Outgoing(str(place % 97).encode(), value, [CONTENT]) for place, value in enumerate(values)]
    async with Producer(settings.kafka_bootstrap_servers, settings.topic_prefix) as producer:
        for first in range(0, len(outgoing), 20_000):
            await producer.publish(settings.topic_prefix + topic, outgoing[first : first + 20_000])


async def until(condition: Callable[[], Awaitable[object]], seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not await condition():
            await asyncio.sleep(0.05)


async def applied(connection: asyncpg.Connection, records: int, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until so many records of the log are behind the stored positions."""

    async def reached() -> bool:
        return int(await connection.fetchval(POSITION)) >= records

    await until(reached, seconds)


async def read_all(settings: Settings, topic: str) -> list[Record]:
    """Return every record of a topic."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers, group_id=None, auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        await consumer._client.add_topic(settings.topic_prefix + topic)
        consumer.subscribe([settings.topic_prefix + topic])
        await until(lambda: _assigned(consumer))
        ends = await consumer.end_offsets(consumer.assignment())
        found: list[Record] = []
        while len(found) < sum(ends.values()):
            for records in (await consumer.getmany(timeout_ms=1000)).values():
                found += records
        return found
    finally:
        await consumer.stop()


def metrics(settings: Settings) -> dict[str, float]:
    """Return a worker's samples; those with labels as `name{first value}`."""
    with urlopen(f"http://127.0.0.1:{settings.worker_metrics_port}/metrics") as response:
        families = text_string_to_metric_families(response.read().decode())
        return {
            sample.name + "".join(f"{{{value}}}" for value in sample.labels.values()): sample.value
            for family in families
            for sample in family.samples
        }


async def _ready() -> bool:
    return True


async def _assigned(consumer: AIOKafkaConsumer) -> bool:
    return bool(consumer.assignment())
