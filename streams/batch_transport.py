"""Faust's aiokafka transport, with everything that a fetch returned for a partition as one record.

Faust hands records on one by one, which costs more than the rest of the worker together. Here the list fetched from a
partition travels through Faust as one message whose value is a `Batch`, and reading starts where PostgreSQL says.

The hooks overridden here are private to Faust 0.15.3, which is why it is pinned:
`tests/unit/streams/test_batch_transport.py` fails when one of them changes.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, cast

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError, NoOffsetForPartitionError
from aiokafka.structs import OffsetAndMetadata, TopicPartition
from faust import Schema
from faust.transport.drivers import aiokafka as driver
from faust.types import TP, AppT, ConsumerMessage, Message

from projections.facts.store import Mark
from streams.fetched import SetAside
from streams.log_fetcher import LogFetcher
from streams.record_batches import Record

logger = logging.getLogger(__name__)

LOG_APPEND_TIME = 1
"""Kafka's number for it; Faust only hands it on."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one fetch returned for one partition.

    Attributes:
        records: in log order; their offsets may have gaps. None where all that was fetched was taken back or set aside.
        first_offset: where the fetch stood before: the end of the batch before this one, or where reading started.
        next_offset: where it stood after, beyond whatever carries no record.
        assignment: number of the assignment that it was fetched under. What was fetched under an earlier one is void,
            because reading has started anew since.
        mark: of the newest batch of the log that this is of; None where nothing was ever read.
        set_aside: what the log holds there and cannot be given as a record.
    """

    topic: str
    partition: int
    records: Sequence[Record]
    first_offset: int
    next_offset: int
    assignment: int
    mark: Mark | None = None
    set_aside: Sequence[SetAside] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """Where reading starts, under which assignment; partitions that are not named are not read.

    Attributes:
        marks: what was read last of those of which anything was.
    """

    assignment: int
    positions: Mapping[TP, int]
    marks: Mapping[TP, Mark]


class LogApp(Protocol):
    """What the transport asks of the app."""

    async def starting(self, assigned: set[TP]) -> Start:
        """Say where to start in the partitions just assigned; called after every assignment."""

    def parted(self, topic: str) -> None:
        """A topic's log is not the one that was read; called in the thread that talks to Kafka."""


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

    async def on_start(self) -> None:
        """Start the consumer, and let it fetch our way."""
        await super().on_start()
        consumer = self._ensure_consumer()
        await consumer._fetcher.close()
        consumer._fetcher = LogFetcher(consumer, lambda place: self.app.parted(place.topic))

    async def start_at(self, start: Start) -> None:
        """Seek, and stamp what is fetched from now on."""
        await self.call_thread(self._start_at, start)

    async def _start_at(self, start: Start) -> None:
        self._assignment, self._positions = start.assignment, dict(start.positions)
        consumer = self._ensure_consumer()
        await self._seek_wait(consumer, start.positions)
        consumer._fetcher.start({TopicPartition(*tp): start.marks.get(tp) for tp in start.positions})

    async def _fetch_records(
        self, consumer: AIOKafkaConsumer, active_partitions: set[TP], **limits: Any
    ) -> Mapping[TP, list[Any]]:
        try:
            fetched = await super()._fetch_records(consumer, active_partitions, **limits)
        except NoOffsetForPartitionError:
            return {}  # where to start is not known yet
        fetcher = cast("LogFetcher", consumer._fetcher)
        wanted = active_partitions & self._positions.keys() if active_partitions else self._positions.keys()
        batches = {tp: self._batch(fetcher, tp, fetched.get(tp, ())) for tp in wanted}
        return {tp: [batch] for tp, batch in batches.items() if batch}

    def _batch(self, fetcher: LogFetcher, tp: TP, records: Sequence[Record]) -> Batch | None:
        """What there is of a partition since the last time; taken-back records alone move the position, too."""
        # Nothing here suspends, so no seek can come between the fetch and the position after it.
        first, position = self._positions[tp], fetcher.position(TopicPartition(*tp))
        if position is None or position == first:
            return None
        self._positions[tp] = position
        mark, aside = fetcher.taken(TopicPartition(*tp))
        return Batch(tp.topic, tp.partition, records, first, position, self._assignment, mark, aside)

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
        newest = record.records[-1].timestamp if record.records else 0
        return ConsumerMessage(
            tp.topic,
            tp.partition,
            record.next_offset - 1,
            newest / 1000.0,
            LOG_APPEND_TIME,
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
