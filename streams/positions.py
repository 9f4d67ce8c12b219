"""Where reading starts: where PostgreSQL says, if this is still the log that it says it of.

A position says how far a log was read, and its mark which batch was read last. Where the log still holds that batch,
all before it was read from this log. Where it does not, the log is another one, or went back and goes on differently;
where it begins only after the position, something was deleted before it was read. These are told apart, since what to
do differs.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import OffsetOutOfRangeError
from aiokafka.structs import TopicPartition

from events.errors import Transient
from projections.facts import store
from projections.facts.store import Mark
from streams.fetching import batch_at
from streams.record_batches import RecordBatch


class Parting(StrEnum):
    """How a log is not the one that was read; also the `why` label of `tenfold_log_stopped`."""

    OTHER_CLUSTER = "other_cluster"
    WENT_BACK = "went_back"
    OTHER_RECORDS = "other_records"
    TRIMMED = "trimmed"


class Parted(NamedTuple):
    """A partition whose log cannot be read on, and why in words."""

    topic: str
    partition: int
    why: Parting
    sentence: str


class Extent(NamedTuple):
    """A partition as it lies in the log.

    Attributes:
        end: behind its last record, of a committed transaction or not.
        at_mark: the batch that stands where the one that was read last stood, if that was asked for.
    """

    begin: int
    end: int
    at_mark: RecordBatch | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """A log as it is now: which cluster's, and how far each of the partitions asked about reaches."""

    cluster: str
    extents: Mapping[TopicPartition, Extent]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A log as it is now, what is stored of it, and where the two part."""

    log: Log
    stored: Sequence[store.Position]
    parted: Sequence[Parted]


async def compare(
    bootstrap_servers: str, wanted: Iterable[tuple[str, int]], stored: Sequence[store.Position]
) -> Comparison:
    """Compare what is stored of partitions with their log as it is now.

    Raises:
        Transient: the broker cannot say yet.
    """
    log = await look_at(bootstrap_servers, wanted, marks_of(stored))
    return Comparison(log, stored, parted_of(log, stored))


async def look_at(
    bootstrap_servers: str, wanted: Iterable[tuple[str, int]], marks: Mapping[tuple[str, int], Mark] | None = None
) -> Log:
    """Read what identifies a log: the cluster's id, its extents, and what stands where something was read last.

    Raises:
        Transient: the broker cannot say yet.
    """
    partitions = [TopicPartition(*each) for each in wanted]
    async with _admin(bootstrap_servers) as admin, _reader(bootstrap_servers) as reader:
        cluster = str((await admin.describe_cluster())["cluster_id"])
        begins = await reader.beginning_offsets(partitions)
        ends = await reader.end_offsets(partitions)
        read = {TopicPartition(*place): mark for place, mark in (marks or {}).items()}
        there = {tp: mark for tp, mark in read.items() if begins[tp] <= mark.offset < ends[tp]}
        found = {tp: await _at(reader, tp, mark) for tp, mark in there.items()}
    return Log(cluster, {tp: Extent(begins[tp], ends[tp], found.get(tp)) for tp in partitions})


def parting(log: Log, stored: store.Position) -> Parted | None:
    """Say how a log is not the one that a position was stored of; None where it goes on there."""
    extent = log.extents[TopicPartition(stored.topic, stored.partition)]
    place, read_to, mark = f"{stored.topic}[{stored.partition}]", stored.next_offset, stored.mark
    found = extent.at_mark

    def parted(why: Parting, sentence: str) -> Parted:
        return Parted(stored.topic, stored.partition, why, f"{place} {sentence}")

    if stored.cluster != log.cluster:
        return parted(
            Parting.OTHER_CLUSTER, f"was read from cluster {stored.cluster}, and this is cluster {log.cluster}"
        )
    if read_to > extent.end:
        return parted(Parting.WENT_BACK, f"was read up to {read_to}, and the log ends at {extent.end}")
    if mark and extent.begin <= mark.offset and (found is None or not found.continues(mark)):
        return parted(Parting.OTHER_RECORDS, f"was read up to {read_to}, and what stood last at {mark.offset} is gone")
    if read_to < extent.begin:
        return parted(Parting.TRIMMED, f"was read up to {read_to}, and the log begins at {extent.begin}")
    return None


def marks_of(stored: Iterable[store.Position]) -> Mapping[tuple[str, int], Mark]:
    """What was read last, by partition."""
    return {(one.topic, one.partition): one.mark for one in stored if one.mark}


def parted_of(log: Log, stored: Sequence[store.Position]) -> list[Parted]:
    """Say which partitions of a log are not what was read; what was never read begins at 0."""
    known = {(one.topic, one.partition) for one in stored}
    unread = [store.Position(log.cluster, *place, 0, None) for place in log.extents if tuple(place) not in known]
    return [parted for one in (*stored, *unread) if (parted := parting(log, one))]


async def _at(reader: AIOKafkaConsumer, tp: TopicPartition, mark: Mark) -> RecordBatch | None:
    client = reader._client
    leader = client.cluster.leader_for_partition(tp)
    if leader is None or leader < 0:
        raise Transient(f"nobody leads {tp.topic}[{tp.partition}] yet")
    try:
        found = await batch_at(client, leader, tp, mark.offset)
    except OffsetOutOfRangeError:
        return None
    if found is None:
        raise Transient(f"the broker does not give what it has of {tp.topic}[{tp.partition}] yet")
    return found


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
    reader = AIOKafkaConsumer(bootstrap_servers=bootstrap_servers, group_id=None)
    try:
        await reader.start()
        yield reader
    finally:
        await reader.stop()
