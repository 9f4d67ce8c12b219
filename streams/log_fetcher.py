"""aiokafka's fetcher, reading what was committed alone, and only on in the log that was read so far.

A log can go back while a worker runs: an older folder was restored, an unclean leader was elected, a broker had
acknowledged what its disk had not. What is written then takes offsets that were read already, and a reader that only
counts offsets would never see it. So whenever a partition is read over another connection, or from another leader's
epoch, the newest batch that was read is looked up again first: the log goes on only where it is still there.

What is private to aiokafka 0.14 here has a contract test, as that of the batch transport.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from aiokafka import AIOKafkaConsumer
from aiokafka import errors as kafka
from aiokafka.client import ConnectionGroup
from aiokafka.consumer.fetcher import Fetcher, FetchResult
from aiokafka.structs import TopicPartition

from projections.facts.store import Mark
from streams.compression import Decompressor
from streams.fetched import FetchedRecords, SetAside
from streams.fetching import Answer, answers, batch_at
from streams.record_batches import batches

logger = logging.getLogger(__name__)

ELSEWHERE: Final = (kafka.NotLeaderForPartitionError, kafka.UnknownTopicOrPartitionError)
"""Somebody else leads the partition now."""

Parted = Callable[[TopicPartition], None]
"""Told of a partition whose log is not the one that was read."""


@dataclass(slots=True)
class Reading:
    """How far one partition is read.

    Attributes:
        mark: of the newest batch that was given, which the log must still hold.
        fetched: the newest fetch.
        connection: that the log was last known to be the same over.
        leader_epoch: of the batch that came last.
    """

    mark: Mark | None
    fetched: FetchedRecords | None = None
    connection: object = None
    leader_epoch: int | None = None

    @property
    def newest(self) -> Mark | None:
        """Of the newest batch that was begun."""
        return (self.fetched and self.fetched.mark) or self.mark


class LogFetcher(Fetcher):
    """Fetches for a consumer, in place of its own fetcher.

    Args:
        consumer: started, with nothing assigned yet.
        parted: called once for each partition that does not go on; nothing more of its topic is given then.
    """

    def __init__(self, consumer: AIOKafkaConsumer, parted: Parted) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            consumer._client,
            consumer._subscription,
            fetch_min_bytes=consumer._fetch_min_bytes,
            fetch_max_bytes=consumer._fetch_max_bytes,
            fetch_max_wait_ms=consumer._fetch_max_wait_ms,
            max_partition_fetch_bytes=consumer._max_partition_fetch_bytes,
            fetcher_timeout=consumer._consumer_timeout,
            retry_backoff_ms=consumer._retry_backoff_ms,
            auto_offset_reset="none",
            isolation_level="read_committed",
        )
        self._parted = parted
        self._decompressor = Decompressor()
        self._readings: dict[TopicPartition, Reading] = {}

    def start(self, marks: Mapping[TopicPartition, Mark | None]) -> None:
        """Read these partitions from where their position stands, and no others."""
        self._records.clear()  # what was fetched before belongs to readings that are over
        self._readings = {place: Reading(mark) for place, mark in marks.items()}
        for place in self._subscriptions.assigned_partitions():
            (self._subscriptions.resume if place in marks else self._subscriptions.pause)(place)

    def position(self, place: TopicPartition) -> int | None:
        """Where reading stands; None where the partition is not read now."""
        subscription = self._subscriptions.subscription
        assignment = subscription and subscription.assignment
        if place not in self._readings or not assignment or place not in assignment.tps:
            return None
        state = assignment.state_value(place)
        return int(state.position) if state.has_valid_position else None

    def taken(self, place: TopicPartition) -> tuple[Mark | None, list[SetAside]]:
        """What the records given last were the newest of, and what was set aside before them; each but once."""
        reading = self._readings[place]
        aside: list[SetAside] = []
        if reading.fetched:
            aside, reading.fetched.set_aside = reading.fetched.set_aside, aside
        return reading.newest, aside

    async def _proc_fetch_request(self, assignment: Any, node_id: int, request: Any) -> bool:
        asked = {TopicPartition(topic, number): at for topic, parts in request.topics for number, at, _ in parts}
        given: list[bool | None] = [None]
        with suppress(asyncio.CancelledError):  # nobody wants it any more
            try:
                response = await self._client.send(node_id, request)
                given = [await self._take(assignment, node_id, one, asked[one.place]) for one in answers(response)]
            except kafka.KafkaError as error:
                logger.warning("Not fetched error=%s node=%s", type(error).__name__, node_id)
            if None in given:
                await asyncio.sleep(self._retry_backoff)
        return any(given)

    async def _take(self, assignment: Any, node: int, answer: Answer, position: int) -> bool | None:
        """Whether there is something to give; None where the broker should not be asked again at once."""
        reading = self._readings.get(answer.place)
        if reading is None:
            return None  # where to start is not known yet
        if not _stands_at(assignment, answer.place, position):
            return False
        if answer.error is kafka.OffsetOutOfRangeError:
            return self._part(answer.place)
        if answer.error is not kafka.NoError:
            logger.warning("Not fetched error=%s topic=%s partition=%d", answer.error.__name__, *answer.place)
            if answer.error in ELSEWHERE:
                self._client.force_metadata_update()
            return None
        if not await self._goes_on(reading, node, answer):
            return None
        return _stands_at(assignment, answer.place, position) and self._give(reading, assignment, answer, position)

    def _give(self, reading: Reading, assignment: Any, answer: Answer, position: int) -> bool:
        if next(batches(answer.data), None) is None:
            return False  # nothing, or too large beside others: a fetch that begins with it gives it whole
        fetched = FetchedRecords(answer.data, answer.aborted, position, answer.end, self._decompressor)
        self._records[answer.place] = FetchResult(
            answer.place, partition_records=fetched, assignment=assignment, backoff=self._prefetch_backoff
        )
        if reading.fetched:
            fetched.set_aside = reading.fetched.set_aside  # a fetch without records may come before anybody takes it
        reading.mark, reading.fetched = reading.newest, fetched
        return True

    async def _goes_on(self, reading: Reading, node: int, answer: Answer) -> bool:
        """Whether what was read last is still there, as far as anything happened that could have changed it."""
        connection = self._client._conns.get((node, ConnectionGroup.DEFAULT))
        first = next(batches(answer.data), None)
        epoch = first.leader_epoch if first else reading.leader_epoch
        if reading.connection is not connection or reading.leader_epoch != epoch:
            if (mark := reading.newest) and not await self._holds(mark, node, answer.place):
                return False
            reading.connection, reading.leader_epoch = connection, epoch
        return True

    async def _holds(self, mark: Mark, node: int, place: TopicPartition) -> bool:
        """Whether a log that reaches to where reading stands still has what was read last."""
        try:
            found = await batch_at(self._client, node, place, mark.offset)
        except kafka.OffsetOutOfRangeError:
            return True  # it was deleted, as old records are: had the log gone back, it would not reach this far
        except kafka.KafkaError as error:  # here, so that what one partition lacks keeps no other from being read
            logger.warning("Not compared error=%s topic=%s partition=%d", type(error).__name__, *place)
            return False
        return found is not None and (found.continues(mark) or self._part(place))

    def _part(self, place: TopicPartition) -> bool:
        """Give nothing more of a topic; always False."""
        logger.error("The log is not the one that was read topic=%s partition=%d", *place)
        for each in [each for each in self._readings if each.topic == place.topic]:
            del self._readings[each]
            if self._subscriptions.is_assigned(each):
                self._subscriptions.pause(each)
        self._parted(place)
        return False


def _stands_at(assignment: Any, place: TopicPartition, position: int) -> bool:
    if not assignment.active:
        return False
    state = assignment.state_value(place)
    return bool(state.has_valid_position and state.position == position)
