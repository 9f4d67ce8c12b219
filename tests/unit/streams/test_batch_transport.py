"""Contract of each private hook of Faust and aiokafka that the batch transport overrides or calls.

When one of these fails after an upgrade, the transport has to be looked at before anything runs on it.
"""

import asyncio
import inspect
from collections import defaultdict
from importlib.metadata import entry_points, version
from types import SimpleNamespace
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.consumer.fetcher import Fetcher, FetchResult
from faust.transport import consumer as faust_consumer
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from projections.facts.store import Mark
from streams.batch_transport import BatchSchema, Consumer, ConsumerThread, Start, Transport
from tests.support.records import batch, value

PLACE = TP("tenfold.contributions", 0)
MARK = Mark(0, b"known")


def parameters(function: Any) -> list[str]:
    return list(inspect.signature(function).parameters)


def source(function: Any) -> str:
    return inspect.getsource(function)


def bare_consumer() -> Any:
    """A consumer without an app, a loop or a broker."""
    consumer = object.__new__(Consumer)
    consumer._acked = defaultdict(list)
    consumer._acked_index = defaultdict(set)
    consumer._committed_offset = defaultdict(lambda: None)
    consumer._read_offset = defaultdict(lambda: None)
    consumer._gap = defaultdict(list)
    return consumer


def test_the_versions_are_those_that_the_hooks_were_written_for() -> None:
    assert version("faust-streaming") == "0.15.3"
    assert version("aiokafka").startswith("0.14.")


def test_the_transport_is_registered() -> None:
    (found,) = (each for each in entry_points(group="faust.transports") if each.name == "tenfold")
    assert found.load() is Transport
    assert Transport.Consumer is Consumer


def test_the_consumer_makes_its_thread_by_the_hook() -> None:
    assert "self._new_consumer_thread()" in source(faust_consumer.ThreadDelegateConsumer.__init__)
    assert parameters(driver.Consumer._new_consumer_thread) == ["self"]
    assert "AIOKafkaConsumerThread(self, loop=self.loop, beacon=self.beacon)" in source(
        driver.Consumer._new_consumer_thread
    )


def test_fetching_goes_through_fetch_records_in_the_thread() -> None:
    thread = driver.AIOKafkaConsumerThread
    assert parameters(thread._fetch_records) == [
        "self", "consumer", "active_partitions", "timeout", "max_records",
    ]  # fmt: skip
    assert "self.call_thread(\n            self._fetch_records,\n" in source(thread.getmany)
    assert "max_records=_consumer._max_poll_records" in source(thread.getmany)


def test_a_fetch_takes_only_what_continues_the_position_and_moves_it_without_suspending() -> None:
    # `ConsumerThread._batch` rests on this: the position before a fetch is where the records begin.
    assert "if position != self._partition_records.next_fetch_offset:" in source(FetchResult.check_assignment)
    assert "self._update_position()" in source(FetchResult.getall)
    assert not inspect.iscoroutinefunction(FetchResult.getall)
    assert "records = res_or_error.getall(max_records)" in source(Fetcher.fetched_records)


def test_a_batch_is_stamped_with_where_it_began_and_ended_and_its_assignment() -> None:
    thread: Any = object.__new__(ConsumerThread)
    fetcher = SimpleNamespace(position=lambda _: 12, taken=lambda _: (MARK, []))
    thread._assignment, thread._positions = 3, {PLACE: 5}
    made = thread._batch(fetcher, PLACE, batch(7, [value(1), value(2)]).records)
    assert (made.first_offset, made.next_offset, made.assignment, made.mark) == (5, 12, 3, MARK)
    assert thread._positions == {PLACE: 12}
    assert thread._batch(fetcher, PLACE, []) is None


def test_what_was_taken_back_moves_the_position_alone() -> None:
    thread: Any = object.__new__(ConsumerThread)
    thread._assignment, thread._positions = 3, {PLACE: 5}
    made = thread._batch(SimpleNamespace(position=lambda _: 9, taken=lambda _: (None, [])), PLACE, [])
    assert (made.records, made.first_offset, made.next_offset) == ([], 5, 9)


def test_the_consumer_fetches_our_way() -> None:
    assert "await self._consumer.start()" in source(driver.AIOKafkaConsumerThread.on_start)
    assert "self._fetcher = Fetcher(" in source(AIOKafkaConsumer.start)
    assert "consumer._fetcher" in source(driver.AIOKafkaConsumerThread._fetch_records)
    assert "fetcher.fetched_records(" in source(driver.AIOKafkaConsumerThread._fetch_records)


def test_seeking_moves_kafkas_position_in_the_thread() -> None:
    assert parameters(driver.AIOKafkaConsumerThread._seek_wait) == ["self", "consumer", "partitions"]
    assert "consumer.seek(tp, offset)" in source(driver.AIOKafkaConsumerThread._seek_wait)
    assert "await self.call_thread(self._seek_wait, consumer, partitions)" in source(
        driver.AIOKafkaConsumerThread.seek_wait
    )


async def test_faust_keeps_the_positions_that_seek_to_committed_returns() -> None:
    consumer = bare_consumer()
    begun: list[Start] = []
    start = Start(1, {PLACE: 40}, {})
    consumer.app = SimpleNamespace(starting=lambda _: _done(start))
    consumer._thread = SimpleNamespace(assignment=lambda: {PLACE}, start_at=lambda to: _noted(begun, to))
    await consumer.perform_seek()
    assert begun == [start]
    assert dict(consumer._read_offset) == {PLACE: 40}
    assert dict(consumer._committed_offset) == {PLACE: 40}


def test_faust_seeks_after_every_assignment_and_fails_when_that_fails() -> None:
    from faust.tables.recovery import Recovery

    resume = source(Recovery._resume_streams)
    assert "consumer.perform_seek(), timeout=self.app.conf.broker_request_timeout" in resume
    assert resume.index("perform_seek") < resume.index("consumer.resume_flow()")


def test_records_become_messages_by_the_hook() -> None:
    assert "yield tp, to_message(tp, record)" in source(faust_consumer.Consumer.getmany)
    consumer = bare_consumer()
    consumer.app = SimpleNamespace(consumer_generation_id=4)
    whole = batch(7, [value(1), value(2)])
    message = consumer._to_message(PLACE, whole)
    assert (message.tp, message.offset, message.generation_id) == (PLACE, 8, 4)
    assert BatchSchema().loads_value(consumer.app, message) is whole


def test_messages_are_compared_with_the_read_position_by_their_offset() -> None:
    assert "if r_offset is None or offset >= r_offset:" in source(faust_consumer.Consumer._drain_messages)


async def test_gaps_between_batches_are_not_tracked() -> None:
    assert "await self._add_gap(tp, r_offset + 1, offset)" in source(faust_consumer.Consumer._drain_messages)
    consumer = bare_consumer()
    await consumer._add_gap(PLACE, 1, 1000)
    assert not consumer._gap


def test_the_newest_batch_acknowledged_is_what_is_committed() -> None:
    consumer = bare_consumer()
    consumer._acked[PLACE] = [99, 249]
    consumer._acked_index[PLACE] = {99, 249}
    assert consumer._filter_committable_offsets([PLACE]) == {PLACE: 250}
    assert consumer._filter_committable_offsets([PLACE]) == {}


async def test_a_commit_that_fails_is_left_to_the_next_one() -> None:
    from aiokafka.errors import KafkaConnectionError

    assert "await self.call_thread(self._commit, offsets)" in source(driver.AIOKafkaConsumerThread.commit)
    thread: Any = object.__new__(ConsumerThread)
    thread._ensure_consumer = lambda: SimpleNamespace(commit=lambda _: _failed(KafkaConnectionError()))
    assert await thread._commit({PLACE: 1}) is False


async def _noted(noted: list[Start], start: Start) -> None:
    noted.append(start)


def _done(result: Any) -> "asyncio.Future[Any]":
    future = asyncio.get_running_loop().create_future()
    future.set_result(result)
    return future


async def _failed(error: Exception) -> None:
    raise error
