"""The fetcher gives nothing of a log that is not the one that was read, and nothing that was set aside gets lost."""

import inspect
from collections import OrderedDict
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import errors as kafka
from aiokafka.client import AIOKafkaClient
from aiokafka.consumer.fetcher import Fetcher, FetchResult, PartitionRecords
from aiokafka.structs import TopicPartition

from projections.facts.store import Mark
from streams.compression import Decompressor
from streams.fetching import Answer
from streams.log_fetcher import LogFetcher, Reading
from streams.record_batches import batches
from tests.support.raw_batches import UNKNOWN, raw_batch

PLACE, SIBLING, OTHER = TopicPartition("t.a", 0), TopicPartition("t.a", 1), TopicPartition("t.b", 0)
READ = raw_batch([b"one", b"two"], 5)
NODE = 1


class Broker:
    """What is asked of a client: one connection, and one answer to whoever looks up a batch."""

    def __init__(self, data: bytes = b"", error: int = 0) -> None:
        self.data, self.error, self.asked = data, error, list[int]()
        self._conns = {(NODE, 0): object()}

    async def send(self, _node: int, request: Any) -> Any:
        [(topic, [(partition, offset, _)])] = request.topics
        self.asked.append(offset)
        return SimpleNamespace(
            API_VERSION=11, topics=[(topic, [(partition, self.error, 100, 100, 0, [], -1, self.data)])]
        )

    def reconnect(self) -> None:
        self._conns = {(NODE, 0): object()}


def fetcher(broker: Broker, mark: Mark | None = None, position: int = 7) -> Any:
    """A fetcher that reads three partitions of two topics from a position on."""
    made: Any = object.__new__(LogFetcher)
    state = SimpleNamespace(has_valid_position=True, position=position, paused=False, consumed_to=lambda _: None)
    assignment = SimpleNamespace(active=True, tps={PLACE, SIBLING, OTHER}, state_value=lambda _: state)
    paused = list[TopicPartition]()
    made._client, made._decompressor, made._prefetch_backoff = broker, Decompressor(), 0
    made._readings = {place: Reading(mark) for place in (PLACE, SIBLING, OTHER)}
    made._records, made.assignment, made.paused, made.told = OrderedDict(), assignment, paused, []
    made._parted = made.told.append
    made._subscriptions = SimpleNamespace(pause=paused.append, is_assigned=lambda _: True)
    return made


def mark_of(data: bytes) -> Mark:
    return next(batches(data)).mark


async def take(made: Any, data: bytes, error: type[kafka.KafkaError] = kafka.NoError) -> Any:
    return await made._take(made.assignment, NODE, Answer(PLACE, error, 100, [], data), 7)


async def test_the_same_log_is_looked_up_once_for_each_connection() -> None:
    broker = Broker(READ)
    made = fetcher(broker, mark_of(READ))
    for _ in range(3):
        assert await take(made, raw_batch([b"three"], 7))
    assert broker.asked == [5]
    broker.reconnect()
    assert await take(made, raw_batch([b"three"], 7))
    assert broker.asked == [5, 5]
    assert made.told == []


async def test_another_leaders_epoch_is_a_reason_to_look() -> None:
    broker, later = Broker(READ), bytearray(raw_batch([b"three"], 7))
    made = fetcher(broker, mark_of(READ))
    assert await take(made, bytes(later))
    later[12:16] = (9).to_bytes(4, "big")
    assert await take(made, bytes(later))
    assert broker.asked == [5, 5]


@pytest.mark.parametrize("there", [raw_batch([b"other", b"two"], 5), raw_batch([b"longer", b"two", b"three"], 4)])
async def test_another_batch_where_one_was_read_stops_the_whole_topic_and_no_other(there: bytes) -> None:
    made = fetcher(Broker(there), mark_of(READ))
    assert not await take(made, raw_batch([b"three"], 7))
    assert made.told == [PLACE]
    assert set(made.paused) == {PLACE, SIBLING}
    assert set(made._readings) == {OTHER}
    assert not made._records


async def test_a_position_beyond_the_end_stops_the_topic_also_where_nothing_is_fetched() -> None:
    made = fetcher(Broker(), mark_of(READ))
    assert not await take(made, b"", kafka.OffsetOutOfRangeError)
    assert made.told == [PLACE]


async def test_a_log_that_lost_what_was_read_goes_on() -> None:
    made = fetcher(Broker(error=kafka.OffsetOutOfRangeError.errno), mark_of(READ))
    assert await take(made, raw_batch([b"three"], 7))
    assert made.told == []


async def test_a_broker_that_cannot_say_yet_is_asked_again() -> None:
    made = fetcher(Broker(), mark_of(READ))
    assert await take(made, raw_batch([b"three"], 7)) is None
    assert made.told == []


async def test_what_was_set_aside_waits_for_whoever_takes_it_and_is_taken_once() -> None:
    made = fetcher(Broker())
    assert await take(made, raw_batch([b"three"], 7, codec=UNKNOWN))
    assert list(made._records.pop(PLACE)._partition_records) == []
    assert await take(made, raw_batch([b"three"], 7))
    mark, aside = made.taken(PLACE)
    assert [one.record.offset for one in aside] == [7]
    assert mark == mark_of(raw_batch([b"three"], 7, codec=UNKNOWN))
    assert made.taken(PLACE)[1] == []


def test_aiokafka_has_what_is_used_of_it() -> None:
    request = inspect.getsource(Fetcher._fetch_requests_routine)
    assert "self._proc_fetch_request(assignment, node_id, request)" in request
    assert "any(fut.result() for fut in done_pending)" in request
    made = inspect.getsource(Fetcher.__init__)
    for name in ("_client", "_records", "_subscriptions", "_prefetch_backoff", "_retry_backoff"):
        assert f"self.{name} = " in made
    assert "type(res_or_error) is FetchResult" in inspect.getsource(Fetcher.fetched_records)
    assert "for msg in self._partition_records:" in inspect.getsource(FetchResult.getall)
    assert "next_fetch_offset" in inspect.getsource(PartitionRecords)
    assert "self._conns[(node_id, group)].send(" in inspect.getsource(AIOKafkaClient.send)
