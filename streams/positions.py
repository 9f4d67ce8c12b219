"""Where reading starts: where PostgreSQL says, if this is still the log that it says it of."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

import asyncpg
from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.structs import TopicPartition

from events.errors import WrongLog
from projections.facts import store
from streams.batch_transport import Record


class Extent(NamedTuple):
    """A partition as it lies in the log; the fingerprint is of its first record, if it has one."""

    begin: int
    end: int
    fingerprint: bytes | None


@dataclass(frozen=True, slots=True)
class Log:
    """A log as it is now: which cluster's, and how far each of the partitions asked about reaches."""

    cluster: str
    extents: Mapping[TopicPartition, Extent]


def fingerprint(record: Record) -> bytes:
    """Return 16 bytes that another log's record will not have."""
    digest = blake2b(digest_size=16)
    for part in (record.offset, record.timestamp, record.key, record.value):
        digest.update(f"{part!r}\n".encode())
    return digest.digest()


async def look_at(bootstrap_servers: str, wanted: Iterable[tuple[str, int]]) -> Log:
    """Read what identifies a log: the cluster's id, and the first record of each partition."""
    partitions = [TopicPartition(*each) for each in wanted]
    async with _admin(bootstrap_servers) as admin, _reader(bootstrap_servers) as reader:
        cluster = str((await admin.describe_cluster())["cluster_id"])
        reader.assign(partitions)
        begins = await reader.beginning_offsets(partitions)
        ends = await reader.end_offsets(partitions)
        first = {tp: fingerprint(await reader.getone(tp)) for tp in partitions if begins[tp] < ends[tp]}
    return Log(cluster, {tp: Extent(begins[tp], ends[tp], first.get(tp)) for tp in partitions})


def check(log: Log, stored: store.Position) -> None:
    """Make sure that a stored position belongs to a log.

    Raises:
        WrongLog: it does not; starting there would lose or mix up events.
    """
    extent = log.extents[TopicPartition(stored.topic, stored.partition)]
    place = f"{stored.topic}[{stored.partition}]"
    if stored.cluster != log.cluster:
        raise WrongLog(f"{place} was read from cluster {stored.cluster}, and this is cluster {log.cluster}")
    if stored.next_offset > extent.end:
        raise WrongLog(f"{place} was read up to {stored.next_offset}, and the log ends at {extent.end}")
    if stored.next_offset < extent.begin:
        raise WrongLog(f"{place} was read up to {stored.next_offset}, and the log begins at {extent.begin}")
    if stored.fingerprint is not None and stored.fingerprint != extent.fingerprint:
        raise WrongLog(f"{place} begins with another record than the one that was read")


async def starting_positions(connection: asyncpg.Connection, log: Log) -> Mapping[TopicPartition, int]:
    """Return the checked position of every partition of a log; those never read before start at 0.

    Raises:
        WrongLog: a stored position belongs to another log.
    """
    await store.register(
        connection,
        [store.Position(log.cluster, *tp, 0, extent.fingerprint) for tp, extent in sorted(log.extents.items())],
    )
    positions = await store.positions(connection, sorted(log.extents))
    for position in positions:
        check(log, position)
    return {TopicPartition(position.topic, position.partition): position.next_offset for position in positions}


@asynccontextmanager
async def _admin(bootstrap_servers: str) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers)
    try:
        await admin.start()
        yield admin
    finally:
        await admin.close()


@asynccontextmanager
async def _reader(bootstrap_servers: str) -> AsyncIterator[AIOKafkaConsumer]:
    reader = AIOKafkaConsumer(
        bootstrap_servers=bootstrap_servers,
        group_id=None,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=10,  # an empty partition should not hold back the others
    )
    try:
        await reader.start()
        yield reader
    finally:
        await reader.stop()
