"""Newcomers to a community, sent at fixed moments beside a stream of other events, and when each is counted."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import chain
from statistics import quantiles
from typing import Final

import asyncpg
from aiokafka import AIOKafkaProducer

from benchmarks import feed
from benchmarks.ground import Ground
from benchmarks.meter import PLACES, Amounts, Meter
from benchmarks.result import Table, Value
from events.codec import Encoded, encode
from events.contributions import ContributionRecorded

BUSY_EVENTS_A_SECOND: Final = 1_000
STEP_SECONDS: Final = 0.02
INTERVAL_SECONDS: Final = 0.31
"""No multiple of the evaluator's own interval, nor of a scrape's, so that markers come at all of their moments."""
GRACE_SECONDS: Final = 60.0
COLUMNS: Final = ("markers", "p50", "p90", "p99", "most")

Counted = Callable[[], Awaitable[int]]
"""How many people are counted, as somebody who looks from outside sees it now."""


@dataclass(frozen=True, slots=True)
class Markers:
    """Who is sent where, and how their arrival is seen.

    Attributes:
        name: in the handles and ids of these markers; another one in each race of a ground.
        poll_seconds: between two looks; a delay is found up to so much too long.
    """

    community: str
    name: str
    number: int
    counted: Counted
    poll_seconds: float


@dataclass(frozen=True, slots=True)
class Race:
    """How long each marker took in seconds, in their order, and what was used meanwhile."""

    delays: Sequence[float]
    seconds: float
    cores: Amounts
    peak: Amounts

    @property
    def percentiles(self) -> Sequence[float]:
        """From the first to the 99th."""
        return quantiles(self.delays, n=100, method="inclusive")

    @property
    def row(self) -> Sequence[Value]:
        """By `COLUMNS`."""
        found = self.percentiles
        return [len(self.delays), found[49], found[89], found[98], max(self.delays)]

    def use(self, *more: str) -> Table:
        """What each process used, those of every run and `more`."""
        rows = [[place, self.cores.get(place), self.peak.get(place)] for place in (*PLACES, *more)]
        return Table(f"Cores kept busy over {self.seconds:.0f} s, and the most megabytes", ("", "cores", "MB"), rows)


async def busy_past(ground: Ground, connection: asyncpg.Connection, events: int, seconds: float) -> None:
    """A past for the community whose events run beside, counted within so many seconds."""
    last = feed.last_of_each_partition("history")
    await feed.send(ground, chain(feed.events(events, 0), map(encode, last)))
    await feed.facts_of(connection, last, seconds)
    await feed.numbers_of(connection, feed.COMMUNITY, seconds)


async def race(ground: Ground, meter: Meter, markers: Markers, beside: Iterable[Encoded]) -> Race:
    """Send markers, and a thousand of other events a second, and see when each marker is counted.

    A marker's time runs from before it is sent until more people are counted than before by as many as were sent up
    to it. None waits for the one before it.
    """
    before = await meter.cpu()
    async with _producer(ground) as producer:
        busy = asyncio.create_task(_keep_busy(ground, producer, beside))
        watching = asyncio.create_task(_watch(markers, await markers.counted()))
        try:
            sent = await _send(ground, producer, markers)
            seen = await asyncio.wait_for(watching, GRACE_SECONDS)
        finally:
            busy.cancel()
            watching.cancel()
            await asyncio.wait({busy, watching})
    used, seconds = await meter.cpu(), max(seen) - sent[0]
    delays = [at - since for since, at in zip(sent, seen, strict=True)]
    cores = {place: (amount - before.get(place, 0.0)) / seconds for place, amount in used.items()}
    return Race(delays, seconds, cores, meter.peak())


async def _send(ground: Ground, producer: AIOKafkaProducer, markers: Markers) -> list[float]:
    start, sent = _now(), []
    topic = ground.settings.topic_prefix + ContributionRecorded.topic
    for number in range(1, markers.number + 1):
        await asyncio.sleep(start + number * INTERVAL_SECONDS - _now())
        sent.append(_now())
        name = f"{markers.name}-{number}"
        key, value, headers = encode(feed.contribution(markers.community, f"marker:{name}", name))
        await producer.send(topic, value, key, headers=list(headers))
    return sent


async def _watch(markers: Markers, before: int) -> list[float]:
    seen: list[float] = []
    while len(seen) < markers.number:
        more = await markers.counted() - before
        seen += [_now()] * (more - len(seen))
        await asyncio.sleep(markers.poll_seconds)
    return seen


async def _keep_busy(ground: Ground, producer: AIOKafkaProducer, beside: Iterable[Encoded]) -> None:
    topic = ground.settings.topic_prefix + ContributionRecorded.topic
    start = _now()
    for sent, record in enumerate(beside):
        while sent >= (_now() - start) * BUSY_EVENTS_A_SECOND:
            await asyncio.sleep(STEP_SECONDS)
        await producer.send(topic, record.value, record.key, headers=list(record.headers))


@asynccontextmanager
async def _producer(ground: Ground) -> AsyncIterator[AIOKafkaProducer]:
    producer = AIOKafkaProducer(bootstrap_servers=ground.settings.kafka_bootstrap_servers)
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


def _now() -> float:
    return asyncio.get_running_loop().time()
