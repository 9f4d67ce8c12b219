"""Faust's aiokafka transport, with everything that a fetch returned for a partition as one record.

Faust hands records on one by one, which costs more than the rest of the worker together. Here the list fetched from a
partition travels through Faust as one message whose value is a `Batch`, and reading starts where PostgreSQL says.

The hooks overridden here are private to Faust 0.15.3, which is why it is pinned: `tests/unit/test_batch_transport.py`
fails when one of them changes.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, cast

from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka.errors import KafkaError
from aiokafka.structs import OffsetAndMetadata
from faust import Schema
from faust.transport.drivers import aiokafka as driver
from faust.types import TP, AppT, ConsumerMessage, Message

from streams import odd_headers

logger = logging.getLogger(__name__)

Record = ConsumerRecord[bytes | None, bytes | None]


@dataclass(frozen=True, slots=True)
class Batch:
    """What one fetch returned for one partition.

    Attributes:
        records: in log order, never empty; their offsets may have gaps.
        first_offset: where the fetch stood before: the end of the batch before this one, or where reading started.
        next_offset: where it stood after, beyond whatever carries no record.
        assignment: number of the assignment that it was fetched under. What was fetched under an earlier one is void,
            because reading has started anew since.
    """

    topic: str
    partition: int
    records: Sequence[Record]
    first_offset: int
    next_offset: int
    assignment: int


@dataclass(frozen=True, slots=True)
class Start:
    """Where reading starts, under which assignment."""

    assignment: int
    positions: Mapping[TP, int]


class Starting(Protocol):
    """Called after every assignment."""

    async def __call__(self, assigned: set[TP]) -> Start:
        """Say where to start in the partitions just assigned."""


class BatchSchema(Schema[Any, Any]):
    """Nothing to deserialize: the value is the batch itself."""

    def loads_key(self, app: AppT[Any], message: Message, **_: Any) -> None:
        """A batch has no key."""

    def loads_value(self, app: AppT[Any], message: Message, **_: Any) -> Batch:  # noqa: ARG002 - Faust's signature
        """Return the batch as the consumer made it."""
        return cast("Batch", message.value)


class ConsumerThread(driver.AIOKafkaConsumerThread):
    """The thread that talks to Kafka. What happens in it happens in one event loop, so in a definite order."""

    _assignment = 0
    _positions: dict[TP, int]

    async def start_at(self, start: Start) -> None:
        """Seek, and stamp what is fetched from now on."""
        await self.call_thread(self._start_at, start)

    async def _start_at(self, start: Start) -> None:
        self._assignment, self._positions = start.assignment, dict(start.positions)
        await self._seek_wait(self._ensure_consumer(), start.positions)

    async def _fetch_records(
        self, consumer: AIOKafkaConsumer, active_partitions: set[TP], **limits: Any
    ) -> Mapping[TP, list[Any]]:
        try:
            fetched = await super()._fetch_records(consumer, active_partitions, **limits)
        except UnicodeDecodeError as error:
            fetched = await self._read_odd_headers(consumer, error)
        return {tp: [await self._batch(consumer, tp, records)] for tp, records in fetched.items()}

    async def _read_odd_headers(
        self, consumer: AIOKafkaConsumer, error: UnicodeDecodeError
    ) -> Mapping[TP, Sequence[Record]]:
        tp, assignment = odd_headers.stuck(consumer), self._assignment
        if tp is None:
            raise error
        for each in consumer.assignment() & self._positions.keys():
            consumer.seek(each, self._positions[each])  # what others gave before it is lost with the error
        records, position = await odd_headers.read(consumer, tp, self._positions[tp])
        if assignment != self._assignment or not records:
            return {}
        logger.warning("Header keys that are not UTF-8 are read escaped topic=%s partition=%d", tp.topic, tp.partition)
        consumer.seek(driver.ensure_aiokafka_TP(tp), position)
        return {tp: records}

    async def _batch(self, consumer: AIOKafkaConsumer, tp: TP, records: Sequence[Record]) -> Batch:
        # Nothing here suspends, so no seek can come between the fetch and the position after it.
        first, self._positions[tp] = self._positions.get(tp, -1), await consumer.position(tp)
        return Batch(tp.topic, tp.partition, records, first, self._positions[tp], self._assignment)

    async def _commit(self, offsets: Mapping[TP, int]) -> bool:
        # The group's offsets serve lag tools alone, so a failed commit waits for the next one; Faust would crash.
        try:
            await self._ensure_consumer().commit(
                {driver.ensure_aiokafka_TP(tp): OffsetAndMetadata(offset, "") for tp, offset in offsets.items()}
            )
        except KafkaError as error:
            logger.warning("Group offsets not committed error=%s", type(error).__name__)
            return False
        return True


class Consumer(driver.Consumer):
    """Delivers batches, from where PostgreSQL says."""

    _thread: ConsumerThread

    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    def _to_message(self, tp: TP, record: Batch) -> ConsumerMessage:
        # Faust acknowledges the offset of a message and commits the one after it.
        last, offset = record.records[-1], record.next_offset - 1
        return ConsumerMessage(
            tp.topic,
            tp.partition,
            offset,
            last.timestamp / 1000.0,
            last.timestamp_type,
            headers=None,
            key=None,
            value=cast("Any", record),
            checksum=None,
            serialized_key_size=0,
            serialized_value_size=0,
            tp=tp,
            generation_id=self.app.consumer_generation_id,
        )

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Offsets between the ends of two batches are not missing."""

    def _new_offset(self, tp: TP) -> int | None:
        # Batches of a partition are acknowledged in order, so the newest says it all.
        acked = self._acked[tp]
        if not acked:
            return None
        newest = int(max(acked))
        acked.clear()
        self._acked_index[tp].clear()
        return newest + 1

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Go to the positions stored in PostgreSQL: Faust calls this after every assignment and keeps its result."""
        start: Start = await self.app.starting(self.assignment())
        await self._thread.start_at(start)
        return start.positions


class Transport(driver.Transport):
    """Registered as `tenfold://` by the entry point group `faust.transports`."""

    Consumer: ClassVar[Any] = Consumer
