r"""Records that aiokafka's reader cannot give: a header key that is not UTF-8 ends it, and all that comes after waits.

Kafka itself takes such keys, and no attribute of an event has one. So the records are asked for again here and read
with their odd keys escaped (`\xff`); they are applied, or set aside, as any others.

What is private to aiokafka 0.14 here has a contract test, as that of the batch transport.
"""

import inspect
import logging
import struct
from collections.abc import Iterator, Sequence
from typing import Any, Final

from aiokafka import ConsumerRecord
from aiokafka.consumer.fetcher import FetchResult
from aiokafka.errors import CorruptRecordException, KafkaError
from aiokafka.protocol.fetch import FetchRequest
from aiokafka.record.default_records import _DefaultRecordBatchPy as RecordBatch
from faust.types import TP

logger = logging.getLogger(__name__)

FRAME: Final = struct.Struct(">qi")
"""What stands before every batch of records: its first offset, and how many bytes follow."""

MAX_WAIT_MILLISECONDS: Final = 500

Record = ConsumerRecord[bytes | None, bytes | None]


class Escaping(bytearray):
    """Bytes of which every part becomes text, with what is not UTF-8 escaped."""

    def __getitem__(self, index: Any) -> Any:
        """A part is escaping too."""
        found = super().__getitem__(index)
        return Escaping(found) if isinstance(index, slice) else found

    def decode(self, encoding: str = "utf-8", _errors: str = "strict") -> str:
        """The text."""
        return super().decode(encoding, "backslashreplace")


def stuck(consumer: Any) -> TP | None:
    """The partition whose fetched records could not be read on."""
    for tp, fetched in consumer._fetcher._records.items():
        records = fetched._partition_records if isinstance(fetched, FetchResult) else None
        if records is not None and inspect.getgeneratorstate(records._records_iterator) == inspect.GEN_CLOSED:
            return TP(tp.topic, tp.partition)
    return None


async def read(consumer: Any, tp: TP, position: int) -> tuple[Sequence[Record], int]:
    """Ask for the records from a position on.

    Returns:
        the records, and where reading goes on after them; none where the broker does not give them now.
    """
    fetcher, client = consumer._fetcher, consumer._client
    wanted = [(tp.topic, [(tp.partition, position, fetcher._max_partition_fetch_bytes)])]
    request = FetchRequest(MAX_WAIT_MILLISECONDS, 1, fetcher._fetch_max_bytes, fetcher._isolation_level, wanted)
    try:
        response = await client.send(client.cluster.leader_for_partition(tp), request)
    except KafkaError as error:
        logger.warning("Not read error=%s topic=%s partition=%d", type(error).__name__, tp.topic, tp.partition)
        return [], position
    [(_, [(_, _, _, *_, data)])] = response.topics
    return records_in(data or b"", tp, position)


def records_in(data: bytes, tp: TP, position: int) -> tuple[Sequence[Record], int]:
    """The records of a fetch from a position on, and the position after them."""
    found: list[Record] = []
    for batch in batches_in(data):
        if not batch.is_control_batch:
            found += [_record(tp, one) for one in batch if one.offset >= position]
        position = max(position, batch.next_offset)
    return found, position


def batches_in(data: bytes) -> Iterator[RecordBatch]:
    """The whole batches of a fetch; the last one may be cut off.

    Raises:
        CorruptRecordException: the bytes are not what was written.
    """
    start = 0
    while start + FRAME.size <= len(data):
        _, length = FRAME.unpack_from(data, start)
        end = start + FRAME.size + length
        if end > len(data):
            return
        batch = RecordBatch(data[start:end])
        if not batch.validate_crc():
            raise CorruptRecordException("Invalid CRC")
        batch._maybe_uncompress()
        batch._buffer = Escaping(batch._buffer)
        yield batch
        start = end


def _record(tp: TP, record: Any) -> Record:
    key_size, value_size = (-1 if part is None else len(part) for part in (record.key, record.value))
    return ConsumerRecord(
        tp.topic,
        tp.partition,
        record.offset,
        record.timestamp,
        record.timestamp_type,
        record.key,
        record.value,
        None,
        key_size,
        value_size,
        tuple(record.headers),
    )
