"""The way into the log: events in batches by partition, acknowledged by the broker, at least once.

Sending an event twice changes nothing, so whatever is in doubt is sent again.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from types import TracebackType
from typing import Final, NamedTuple, Self

from aiokafka import AIOKafkaProducer
from aiokafka import errors as kafka
from aiokafka.partitioner import murmur2

from events import bounds, codec
from events.envelope import Event
from events.errors import Transient
from events.topics import topic_of
from streams.transient import is_transient, until_done

BATCH_BYTES: Final = 128 * 1024
"""One request's worth: 300 events of 415 bytes. Larger batches are no faster."""

MOST_PENDING: Final = 32
"""Batches sent and not yet acknowledged: 4 MiB at most are held for sending again."""

MOST_REQUEST_BYTES: Final = 3 * 1024 * 1024
"""A dead letter has up to 2 MiB; the topic's own limit is what decides."""

REMEMBERED_BYTES: Final = 512
"""Of a key: identities are shorter, and what is refused may have any."""

RECORD_BYTES, HEADER_BYTES = 32, 10
"""Around a record, and around a header of it: lengths, offset, time."""

STARTED_ANEW: Final = (
    kafka.OutOfOrderSequenceNumber,
    kafka.UnknownProducerId,
    kafka.InvalidProducerEpoch,
    kafka.InvalidProducerIdMapping,
    kafka.ProducerFenced,
    kafka.ProducerClosed,
)
"""After these an idempotent producer sends nothing any more: aiokafka 0.14 wants a new one."""


class Outgoing(NamedTuple):
    """A record on its way out."""

    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]

    @property
    def size(self) -> int:
        """Bytes of key, value and headers, and about what the log needs around them."""
        named = sum(len(name.encode()) + len(value or b"") + HEADER_BYTES for name, value in self.headers)
        return len(self.key or b"") + len(self.value or b"") + named + RECORD_BYTES


@dataclass(slots=True)
class _Pending:
    topic: str
    partition: int
    records: list[Outgoing] = field(default_factory=list)
    size: int = 0
    acknowledged: "asyncio.Future[object] | None" = None

    def has_room_for(self, record: Outgoing) -> bool:
        """Whether it may be added; whatever its size, a record is sent, alone where it is large."""
        return not self.records or self.size + record.size <= BATCH_BYTES

    def add(self, record: Outgoing) -> None:
        """Add a record."""
        self.records.append(record)
        self.size += record.size


class Producer:
    """Sends events to their topics. Use it as an asynchronous context: what was sent is flushed at its end.

    Args:
        bootstrap_servers: `host:port`, several joined by commas.
        topic_prefix: of every topic's name.
    """

    def __init__(self, bootstrap_servers: str, topic_prefix: str) -> None:
        self._bootstrap_servers = bootstrap_servers
        self._prefix = topic_prefix
        self._producer: AIOKafkaProducer | None = None
        self._partitions: dict[str, int] = {}
        self._open: dict[tuple[str, int], _Pending] = {}
        self._pending: deque[_Pending] = deque()
        self._starting = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                await self.flush()
        finally:
            await self._stop()

    async def send(self, event: Event) -> None:
        """Send an event soon; `flush` says that it has arrived. Waits for the broker when too much is under way.

        Raises:
            Rejected: no reader would take it.
        """
        bounds.check(event, datetime.now(UTC))
        encoded = codec.encode(event)
        topic = self._prefix + topic_of(event)
        count = self._partitions.get(topic) or await self._partition_count(topic)
        place = topic, _partition(encoded.key, count)
        record = Outgoing(*encoded)
        if place in self._open and not self._open[place].has_room_for(record):
            await self._dispatch(self._open.pop(place))
        batch = self._open.get(place) or self._open.setdefault(place, _Pending(*place))
        batch.add(record)

    async def flush(self) -> None:
        """Return once the broker has everything sent so far; waits for a broker that is away."""
        while self._open:
            await self._dispatch(self._open.popitem()[1])
        await self._settle(0)

    async def publish(self, topic: str, records: Sequence[Outgoing]) -> None:
        """Send records as they are to a topic and return once the broker has them.

        Raises:
            Transient: it may not have them; send them again.
        """
        batches = await self._batches(topic, records)
        try:
            for batch in batches:
                await self._ship(batch)
            await asyncio.gather(*(batch.acknowledged for batch in batches if batch.acknowledged))
        except STARTED_ANEW as error:
            await self._stop()
            raise Transient("the producer has to start anew") from error

    async def _batches(self, topic: str, records: Sequence[Outgoing]) -> list[_Pending]:
        count = await self._partition_count(topic)
        batches: list[_Pending] = []
        newest: dict[int, _Pending] = {}
        for record in records:
            partition = _partition(record.key or b"", count)
            batch = newest.get(partition)
            if batch is None or not batch.has_room_for(record):
                batch = newest[partition] = _Pending(topic, partition)
                batches.append(batch)
            batch.add(record)
        return batches

    async def _dispatch(self, batch: _Pending) -> None:
        self._pending.append(batch)
        try:
            await self._ship(batch)
        except kafka.KafkaError as error:
            await self._recover(error)
        await self._settle(MOST_PENDING)

    async def _settle(self, most: int) -> None:
        while len(self._pending) > most:
            try:
                await asyncio.shield(self._pending[0].acknowledged or _never())
                self._pending.popleft()
            except kafka.KafkaError as error:
                await self._recover(error)

    async def _recover(self, error: kafka.KafkaError) -> None:
        if not is_transient(error) and not isinstance(error, STARTED_ANEW):
            raise error
        await until_done(self._send_again, "producer")

    async def _send_again(self) -> None:
        await self._stop()
        for batch in self._pending:
            await self._ship(batch)

    async def _ship(self, batch: _Pending) -> None:
        producer = await self._connected()
        builder = producer.create_batch()
        for key, value, headers in batch.records:
            if builder.append(timestamp=None, key=key, value=value, headers=list(headers)) is None:
                raise AssertionError("a batch has room for what was put into it")
        builder.close()
        batch.acknowledged = await producer.send_batch(builder, batch.topic, partition=batch.partition)

    async def _partition_count(self, topic: str) -> int:
        producer = await until_done(self._connected, "producer")
        self._partitions[topic] = len(await producer.partitions_for(topic))
        return self._partitions[topic]

    async def _connected(self) -> AIOKafkaProducer:
        async with self._starting:
            if self._producer is None:
                producer = AIOKafkaProducer(
                    bootstrap_servers=self._bootstrap_servers,
                    enable_idempotence=True,
                    max_batch_size=MOST_REQUEST_BYTES,  # of a builder; batches are closed at BATCH_BYTES
                    max_request_size=MOST_REQUEST_BYTES,
                )
                try:
                    await producer.start()
                except BaseException:
                    await producer.stop()
                    raise
                self._producer = producer
        return self._producer

    async def _stop(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            await producer.stop()


def _partition(key: bytes, count: int) -> int:
    """Return the partition that Kafka's own clients choose: equal keys meet, whoever sends them."""
    return _hash(key) % count if len(key) <= REMEMBERED_BYTES else (murmur2(key) & 0x7FFFFFFF) % count


@lru_cache(maxsize=65_536)
def _hash(key: bytes) -> int:
    return int(murmur2(key) & 0x7FFFFFFF)


def _never() -> "asyncio.Future[object]":
    raise AssertionError("a pending batch was shipped")
