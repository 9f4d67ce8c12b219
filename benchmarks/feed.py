"""Events into the log, and waiting for what becomes of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count, islice

import asyncpg
from aiokafka.partitioner import murmur2

from benchmarks.ground import Ground
from benchmarks.waiting import until
from events.codec import Encoded, encode
from events.contributions import Contribution, ContributionRecorded
from events.keys import fact_key
from events.topics import topics
from infra.simulate.load import load
from streams.producer import Outgoing, Producer

COMMUNITY = "load"
CHUNK = 10_000
ARRIVED = "select count(*) from contribution_fact where key = any($1)"
NEWEST = "select max(batch)::text from contribution_fact"
CAUGHT_UP = """
select read_up_to > (select max(batch) from contribution_fact) from snapshot where community = $1
"""


def events(number: int, seed: int, community: str = COMMUNITY) -> Iterator[Encoded]:
    """Events of about 415 bytes with URLs, 1 % of them twice, of 20,000 identities over five years."""
    return load(number, seed, community, datetime.now(UTC))


def contribution(community: str, subject: str, event_id: str) -> ContributionRecorded:
    """Active work, done now."""
    return ContributionRecorded(
        id=event_id,
        source="benchmark",
        time=datetime.now(UTC),
        community=community,
        subject=subject,
        data=Contribution(kind="commit"),
    )


def last_of_each_partition(name: str) -> Sequence[ContributionRecorded]:
    """An event for each partition of contributions: when they have arrived, everything before them has."""
    partitions = topics()[0].partitions
    found: dict[int, ContributionRecorded] = {}
    for number in count():
        event = contribution(COMMUNITY, f"marker:{name}-{number}", f"{name}/{number}")
        found.setdefault((murmur2(encode(event).key) & 0x7FFFFFFF) % partitions, event)
        if len(found) == partitions:
            return list(found.values())
    raise AssertionError("unreachable")


def producer(ground: Ground) -> Producer:
    """To a ground's topics, once entered."""
    return Producer(ground.settings.kafka_bootstrap_servers, ground.settings.topic_prefix)


async def send(ground: Ground, records: Iterable[Encoded]) -> None:
    """Put records into the topic of contributions; returns once the broker has them."""
    records = iter(records)
    async with producer(ground) as opened:
        while chunk := list(islice(records, CHUNK)):
            await publish(ground, opened, chunk)


async def publish(ground: Ground, opened: Producer, records: Iterable[Encoded]) -> None:
    """Put a few records into that topic."""
    topic = ground.settings.topic_prefix + ContributionRecorded.topic
    await opened.publish(topic, [Outgoing(*record) for record in records])


async def facts_of(connection: asyncpg.Connection, told: Sequence[ContributionRecorded], seconds: float) -> float:
    """Wait until events are facts; when they were, on the event loop's clock."""
    keys = [fact_key(event.community, event.source, event.id) for event in told]

    async def arrived() -> bool:
        return bool(await connection.fetchval(ARRIVED, keys) == len(keys))

    return await until(arrived, seconds, f"{len(keys)} events to become facts")


async def another_fact(connection: asyncpg.Connection, seconds: float) -> float:
    """Wait until something more has become a fact."""
    before = await connection.fetchval(NEWEST)

    async def more() -> bool:
        return bool(await connection.fetchval(NEWEST) != before)

    return await until(more, seconds, "another fact")


async def numbers_of(connection: asyncpg.Connection, community: str, seconds: float) -> float:
    """Wait until a community's snapshot holds every fact."""

    async def caught_up() -> bool:
        return bool(await connection.fetchval(CAUGHT_UP, community))

    return await until(caught_up, seconds, f"the snapshot of {community}")
