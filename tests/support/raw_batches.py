"""Batches of records as no client of ours would write them, byte by byte: what a broker may hold."""

import struct
from collections.abc import Callable, Collection, Sequence

from aiokafka import codec as codecs
from aiokafka.record.default_records import DefaultRecordBatchBuilder
from aiokafka.record.util import calc_crc32c, encode_varint

from tests.support.records import CONTENT

LENGTH_AT, CRC_AT, ATTRIBUTES_AT, LAST_DELTA_AT, PRODUCER_AT, RECORDS_AT = 8, 17, 21, 23, 43, 61
"""Where these stand in a batch; the checksum covers all from the attributes on."""

NONE, GZIP, SNAPPY, LZ4, ZSTD, UNKNOWN = range(6)
TRANSACTIONAL, CONTROL = 0x10, 0x20
ABORT, COMMIT = 0, 1
WRITTEN_MILLISECONDS = 1_700_000_000_000
STAND_IN, ODD, ESCAPED = b"Zodd", b"\xffodd", "\\xffodd"

COMPRESS: dict[int, Callable[[bytes], bytes]] = {
    GZIP: codecs.gzip_encode,
    SNAPPY: codecs.snappy_encode,
    LZ4: codecs.lz4_encode,  # with independent blocks: Kafka knows no others
    ZSTD: codecs.zstd_encode,
    UNKNOWN: lambda data: data,
}


def raw_batch(
    values: Sequence[bytes | None],
    first: int = 0,
    *,
    odd: Collection[int] = (),
    codec: int = NONE,
    attributes: int = 0,
    producer: int = -1,
    gap: int = 0,
) -> bytes:
    """A batch as a broker keeps it.

    Args:
        values: of its records, which all have the same key, a content type and one header more.
        first: its offset.
        odd: places of the records whose other header has a key that is not UTF-8.
        codec: that it is compressed with.
        attributes: that it has beside the codec.
        producer: who wrote it.
        gap: how many records were taken out behind the last one.
    """
    builder = DefaultRecordBatchBuilder(2, 0, 0, -1, -1, 0, 1 << 30)
    for place, value in enumerate(values):
        name = (STAND_IN if place in odd else b"even").decode()
        builder.append(place, WRITTEN_MILLISECONDS, b"key", value, [CONTENT, (name, b"x")])
    whole = bytes(builder.build()).replace(STAND_IN, ODD)
    records = whole[RECORDS_AT:]
    head = bytearray(whole[:RECORDS_AT])
    head[:LENGTH_AT] = struct.pack(">q", first)
    head[ATTRIBUTES_AT : ATTRIBUTES_AT + 2] = struct.pack(">h", codec | attributes)
    head[LAST_DELTA_AT : LAST_DELTA_AT + 4] = struct.pack(">i", len(values) - 1 + gap)
    head[PRODUCER_AT : PRODUCER_AT + 8] = struct.pack(">q", producer)
    return sealed(bytes(head) + (COMPRESS[codec](records) if codec else records))


def of_many_headers(count: int, *, codec: int = ZSTD) -> bytes:
    """A batch of one record with headers that have neither name nor value: two bytes each."""
    parts = bytearray(b"\x00")
    for number in (0, 0, -1, -1, count):
        encode_varint(number, parts.append)
    parts += b"\x00\x01" * count
    framed = bytearray()
    encode_varint(len(parts), framed.append)
    records = bytes(framed + parts)
    head = bytearray(raw_batch([None])[:RECORDS_AT])
    head[ATTRIBUTES_AT : ATTRIBUTES_AT + 2] = struct.pack(">h", codec)
    return sealed(bytes(head) + (COMPRESS[codec](records) if codec else records))


def sealed(batch: bytes) -> bytes:
    """A batch with its length and its checksum made true."""
    length = struct.pack(">i", len(batch) - LENGTH_AT - 4)
    checksum = struct.pack(">I", calc_crc32c(batch[ATTRIBUTES_AT:]))
    return batch[:LENGTH_AT] + length + batch[LENGTH_AT + 4 : CRC_AT] + checksum + batch[ATTRIBUTES_AT:]


def end_of_transaction(producer: int, at: int, *, aborted: bool) -> bytes:
    """The record by which a broker ends a transaction."""
    marker = ABORT if aborted else COMMIT
    builder = DefaultRecordBatchBuilder(2, 0, 0, -1, -1, 0, 1 << 20)
    builder.append(0, WRITTEN_MILLISECONDS, struct.pack(">hh", 0, marker), struct.pack(">hi", 0, 0), [])
    head = bytearray(builder.build())
    head[:LENGTH_AT] = struct.pack(">q", at)
    head[ATTRIBUTES_AT : ATTRIBUTES_AT + 2] = struct.pack(">h", TRANSACTIONAL | CONTROL)
    head[PRODUCER_AT : PRODUCER_AT + 8] = struct.pack(">q", producer)
    return sealed(bytes(head))
