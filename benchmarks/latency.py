"""From an event sent to a number that anybody can scrape: newcomers to one community while another is busy."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import chain
from statistics import median, quantiles
from typing import Final

import asyncpg
import httpx
from aiokafka import AIOKafkaProducer

from benchmarks import feed
from benchmarks.ground import Ground, empty_ground
from benchmarks.meter import PLACES, SERVER, WORKER, Amounts, Meter
from benchmarks.processes import running
from benchmarks.result import Section, Table, Target
from benchmarks.scale import Scale, tell
from events.codec import encode
from events.contributions import ContributionRecorded
from infra.local.stack import LocalStack

BUSY_EVENTS_A_SECOND: Final = 1_000
STEP_SECONDS: Final = 0.02
MARKER_INTERVAL_SECONDS: Final = 0.31
"""No multiple of the evaluator's own interval, so that markers come at all of its moments."""
POLL_SECONDS: Final = 0.015
GRACE_SECONDS: Final = 30.0
IDLE: Final = "idle"
ACTIVE: Final = re.compile(
    rf'^tenfold_active_contributors{{community="{IDLE}",window_days="90"}} ([0-9.]+)$', re.MULTILINE
)
REMARKS: Final = (
    "Each marker is a contribution by somebody new to an otherwise idle community; time runs from before it is sent",
    "until the text of /metrics, polled every 15 ms, counts that many people. They are sent at fixed moments, whether",
    f"the one before has been seen or not. Meanwhile another community takes {BUSY_EVENTS_A_SECOND:,} events a second.",
)


async def measure(stack: LocalStack, scale: Scale) -> Section:
    """Send markers at fixed moments and see when each is counted."""
    async with (
        empty_ground(stack) as ground,
        running(ground.server()) as server,
        running(ground.worker()) as worker,
        ground.connection() as connection,
        _producer(ground) as producer,
    ):
        meter = Meter(connection, {SERVER: server, WORKER: worker})
        await _prepare(ground, connection, scale.history)
        before = await meter.cpu()
        sent, seen = await _race(ground, producer, scale.markers)
        used, seconds = await meter.cpu(), max(seen) - sent[0]
        delays = [at - since for since, at in zip(sent, seen, strict=True)]
        tell(f"latency: median {median(delays):.2f} s, most {max(delays):.2f} s")
        return _section(delays, seconds, _cores(before, used, seconds), meter.peak())


async def _prepare(ground: Ground, connection: asyncpg.Connection, history: int) -> None:
    """A past for the busy community, and one person in the idle one."""
    last = feed.last_of_each_partition("history")
    await feed.send(ground, chain(feed.events(history, 0), map(encode, last)))
    await feed.facts_of(connection, last, GRACE_SECONDS)
    await feed.numbers_of(connection, feed.COMMUNITY, GRACE_SECONDS)
    first = feed.contribution(IDLE, "marker:0", "0")
    await feed.send(ground, [encode(first)])
    await feed.facts_of(connection, [first], GRACE_SECONDS)
    await feed.numbers_of(connection, IDLE, GRACE_SECONDS)


async def _race(ground: Ground, producer: AIOKafkaProducer, markers: int) -> tuple[list[float], list[float]]:
    """When each marker was sent, and when it was first counted."""
    busy = asyncio.create_task(_keep_busy(ground, producer))
    watching = asyncio.create_task(_watch(ground, markers))
    try:
        sent = await _send_markers(ground, producer, markers)
        return sent, await asyncio.wait_for(watching, GRACE_SECONDS)
    finally:
        busy.cancel()
        watching.cancel()
        await asyncio.wait({busy, watching})


async def _send_markers(ground: Ground, producer: AIOKafkaProducer, markers: int) -> list[float]:
    start, sent = _now(), []
    for number in range(1, markers + 1):
        await asyncio.sleep(start + number * MARKER_INTERVAL_SECONDS - _now())
        sent.append(_now())
        await _send(producer, ground, feed.contribution(IDLE, f"marker:{number}", f"{number}"))
    return sent


async def _watch(ground: Ground, markers: int) -> list[float]:
    seen: list[float] = []
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{ground.settings.server_port}") as client:
        while len(seen) < markers:
            found = ACTIVE.search((await client.get("/metrics")).text)
            counted = int(float(found.group(1))) - 1 if found else 0
            seen += [_now()] * (counted - len(seen))
            await asyncio.sleep(POLL_SECONDS)
    return seen


async def _keep_busy(ground: Ground, producer: AIOKafkaProducer) -> None:
    topic = ground.settings.topic_prefix + ContributionRecorded.topic
    start = _now()
    for sent, record in enumerate(feed.events(10**9, 1)):
        while sent >= (_now() - start) * BUSY_EVENTS_A_SECOND:
            await asyncio.sleep(STEP_SECONDS)
        await producer.send(topic, record.value, record.key, headers=list(record.headers))


async def _send(producer: AIOKafkaProducer, ground: Ground, event: ContributionRecorded) -> None:
    key, value, headers = encode(event)
    await producer.send(ground.settings.topic_prefix + event.topic, value, key, headers=list(headers))


@asynccontextmanager
async def _producer(ground: Ground) -> AsyncIterator[AIOKafkaProducer]:
    producer = AIOKafkaProducer(bootstrap_servers=ground.settings.kafka_bootstrap_servers)
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


def _cores(before: Amounts, after: Amounts, seconds: float) -> Amounts:
    return {place: (used - before.get(place, 0.0)) / seconds for place, used in after.items()}


def _section(delays: Sequence[float], seconds: float, cores: Amounts, peak: Amounts) -> Section:
    percentiles = quantiles(delays, n=100, method="inclusive")
    delay = [len(delays), percentiles[49], percentiles[89], percentiles[98], max(delays)]
    tables = [
        Table("Seconds from sent to scraped", ("markers", "p50", "p90", "p99", "most"), [delay]),
        Table(
            f"Cores kept busy over {seconds:.0f} s, and the most megabytes",
            ("", "cores", "MB"),
            [[place, cores.get(place), peak.get(place)] for place in PLACES],
        ),
    ]
    return Section("latency", tables, [Target("p99 to /metrics, s", percentiles[98], at_most=2)], REMARKS)


def _now() -> float:
    return asyncio.get_running_loop().time()
