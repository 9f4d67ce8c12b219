"""Records with header keys that are not UTF-8, which aiokafka cannot read, are read with these escaped."""

import inspect
from collections import defaultdict
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.consumer.fetcher import Fetcher, FetchResult, PartitionRecords
from aiokafka.errors import CorruptRecordException, KafkaConnectionError
from aiokafka.record.default_records import _DefaultRecordBatchPy
from aiokafka.record.memory_records import MemoryRecords
from aiokafka.structs import TopicPartition
from faust.types import TP

from streams import odd_headers
from streams.batch_transport import ConsumerThread
from tests.odd_batches import ESCAPED, odd_batch
from tests.records import CONTENT

PLACE, OTHER = TP("tenfold.contributions", 0), TP("tenfold.contributions", 1)
VALUES = [b"one", None, b"three"]


def fetched_by_aiokafka(data: bytes, position: int = 0) -> FetchResult:
    records = PartitionRecords(PLACE, MemoryRecords(data), [], position, None, None, True, 0)
    state = SimpleNamespace(paused=False, position=position, consumed_to=lambda _: None)
    assignment = SimpleNamespace(active=True, state_value=lambda _: state)
    return FetchResult(PLACE, assignment=assignment, partition_records=records, backoff=0)


@pytest.mark.parametrize("compressed", [False, True])
def test_every_record_is_read_and_odd_keys_are_escaped(compressed: bool) -> None:
    data = odd_batch(VALUES, {1}, 40, compressed=compressed) + odd_batch([b"four"], {0}, 43)
    records, position = odd_headers.records_in(data, PLACE, 41)
    assert position == 44
    assert [(one.offset, one.value) for one in records] == [(41, None), (42, b"three"), (43, b"four")]
    assert [one.headers for one in records] == [
        (CONTENT, (ESCAPED, b"x")),
        (CONTENT, ("even", b"x")),
        (CONTENT, (ESCAPED, b"x")),
    ]
    assert {(one.topic, one.partition, one.key) for one in records} == {(*PLACE, b"key")}


@pytest.mark.parametrize("compressed", [False, True])
def test_what_aiokafka_can_read_reads_the_same(compressed: bool) -> None:
    data = odd_batch(VALUES, (), 7, compressed=compressed)
    assert odd_headers.records_in(data, PLACE, 8)[0] == fetched_by_aiokafka(data, 8).getall()


def test_a_batch_that_was_cut_off_is_left_for_the_next_time() -> None:
    data = odd_batch(VALUES, {1}, 40) + odd_batch([b"four"], {0}, 43)[:-1]
    records, position = odd_headers.records_in(data, PLACE, 40)
    assert ([one.offset for one in records], position) == ([40, 41, 42], 43)
    assert odd_headers.records_in(b"", PLACE, 40) == ([], 40)


def test_bytes_that_nobody_wrote_are_no_records() -> None:
    data = bytearray(odd_batch(VALUES, {1}))
    data[-1] ^= 1
    with pytest.raises(CorruptRecordException):
        odd_headers.records_in(bytes(data), PLACE, 0)


def test_the_partition_that_could_not_be_read_on_is_found() -> None:
    stuck, well = fetched_by_aiokafka(odd_batch(VALUES, {1})), fetched_by_aiokafka(odd_batch(VALUES, ()))
    consumer = SimpleNamespace(_fetcher=SimpleNamespace(_records={OTHER: well, TopicPartition(*PLACE): stuck}))
    assert odd_headers.stuck(consumer) is None
    with pytest.raises(UnicodeDecodeError):
        stuck.getall()
    assert odd_headers.stuck(consumer) == PLACE


class FakeConsumer:
    """A consumer of two partitions whose reader meets an odd record; other partitions had moved on."""

    def __init__(self, data: bytes | Exception) -> None:
        self._data, self.positions = data, {PLACE: 0, OTHER: 9}
        stuck = fetched_by_aiokafka(odd_batch(VALUES, {1}))
        with pytest.raises(UnicodeDecodeError):
            stuck.getall()
        limits = {"_max_partition_fetch_bytes": 1, "_fetch_max_bytes": 1, "_isolation_level": 0}
        self._fetcher = SimpleNamespace(_records={TopicPartition(*PLACE): stuck}, **limits)
        self._client = SimpleNamespace(send=self._send, cluster=SimpleNamespace(leader_for_partition=lambda _: 0))

    async def _send(self, *_: object) -> Any:
        if isinstance(self._data, Exception):
            raise self._data
        return SimpleNamespace(topics=[(PLACE.topic, [(0, 0, 3, 3, 0, [], -1, self._data)])])

    def assignment(self) -> set[TopicPartition]:
        return {TopicPartition(*PLACE), TopicPartition(*OTHER)}

    def seek(self, tp: Any, offset: int) -> None:
        self.positions[TP(*tp)] = offset

    async def position(self, tp: Any) -> int:
        return self.positions[TP(*tp)]


def bare_thread() -> Any:
    thread: Any = object.__new__(ConsumerThread)
    thread._assignment, thread._positions = 3, {PLACE: 0, OTHER: 4}
    return thread


ERROR = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")


async def test_reading_goes_on_after_it_and_nothing_of_other_partitions_is_lost() -> None:
    thread, consumer = bare_thread(), FakeConsumer(odd_batch(VALUES, {1}))
    found = await thread._read_odd_headers(consumer, ERROR)
    assert [one.offset for one in found[PLACE]] == [0, 1, 2]
    assert consumer.positions == {PLACE: 3, OTHER: 4}
    batch = await thread._batch(consumer, PLACE, found[PLACE])
    assert (batch.first_offset, batch.next_offset, batch.assignment) == (0, 3, 3)


async def test_a_broker_that_is_away_is_asked_again() -> None:
    thread, consumer = bare_thread(), FakeConsumer(KafkaConnectionError())
    assert await thread._read_odd_headers(consumer, ERROR) == {}
    assert consumer.positions == {PLACE: 0, OTHER: 4}


async def test_an_error_that_is_not_of_a_header_is_not_kept_quiet() -> None:
    consumer = FakeConsumer(b"")
    consumer._fetcher._records = defaultdict(list)
    with pytest.raises(UnicodeDecodeError):
        await bare_thread()._read_odd_headers(consumer, ERROR)


def test_aiokafka_has_what_is_used_of_it() -> None:
    made = inspect.getsource(Fetcher.__init__)
    for name in ("_max_partition_fetch_bytes", "_fetch_max_bytes", "_isolation_level", "_records"):
        assert f"self.{name} = " in made
    assert "self._records_iterator = self._unpack_records()" in inspect.getsource(PartitionRecords.__init__)
    assert "records = MemoryRecords(part_data[-1])" in inspect.getsource(Fetcher._proc_fetch_request)
    assert 'buffer[pos : pos + h_key_len].decode("utf-8")' in inspect.getsource(_DefaultRecordBatchPy._read_msg)
    assert "self._maybe_uncompress()" in inspect.getsource(_DefaultRecordBatchPy.__iter__)
