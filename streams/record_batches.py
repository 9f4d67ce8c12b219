"""Batches of records as the log holds them: found in what a fetch returned, checked, and opened.

The broker hands on what lies on its disk, so a batch can be anything: damaged, of a codec or a format unknown here,
with header keys that are no text. Each is read by itself, and one that cannot be read says so and where it ends.

Source: https://kafka.apache.org/documentation/#recordbatch
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final, Protocol

from aiokafka.errors import CorruptRecordException
from aiokafka.record.default_records import DefaultRecordBatch
from aiokafka.record.default_records import _DefaultRecordBatchPy as SlowRecordBatch
from aiokafka.record.util import decode_varint_py

from projections.facts.store import Mark
from streams.compression import CannotDecompress, Decompressor

HEADER: Final = struct.Struct(">qiibIhiqqqhii")
"""Base offset, length, leader epoch, magic, checksum, attributes, last offset delta, first and newest timestamp,
producer's id, epoch and sequence, count of records."""

FRAME_BYTES: Final = 12
"""Base offset and length, which every format has; the length counts from here on."""

MAGIC_AT: Final = 16
CHECKSUM_AT: Final = 17
ATTRIBUTES_AT: Final = 21
MAGIC: Final = 2
CODEC_BITS, TRANSACTIONAL_BIT, CONTROL_BIT = 0x07, 0x10, 0x20


DAMAGED: Final = (CorruptRecordException, OverflowError, ValueError, IndexError, MemoryError)
"""What readers make of records that say of themselves what cannot be."""


class Record(Protocol):
    """A record of the log, as far as anybody here asks: of aiokafka's own reader, or made."""

    @property
    def offset(self) -> int: ...  # noqa: D102
    @property
    def timestamp(self) -> int: ...  # noqa: D102
    @property
    def key(self) -> bytes | None: ...  # noqa: D102
    @property
    def value(self) -> bytes | None: ...  # noqa: D102
    @property
    def headers(self) -> Any: ...  # noqa: D102


class Unreadable(Exception):  # noqa: N818 - a fate, as Rejected is
    """A batch of which nothing, or nothing more, can be read."""


@dataclass(frozen=True, slots=True)
class RecordBatch:
    """One batch; its records are read when asked for."""

    data: memoryview
    base_offset: int
    leader_epoch: int
    attributes: int
    last_offset_delta: int
    producer: int
    count: int

    @property
    def next_offset(self) -> int:
        """The offset after it, if what it says of itself is true."""
        return self.base_offset + self.last_offset_delta + 1

    @property
    def is_intact(self) -> bool:
        """Whether all of it is as it was written, its first twelve bytes and the leader's epoch excepted."""
        return self.data[MAGIC_AT] == MAGIC and bool(DefaultRecordBatch(self.data).validate_crc())

    @property
    def is_control(self) -> bool:
        """Whether it holds no events but the end of a transaction."""
        return bool(self.attributes & CONTROL_BIT)

    @property
    def is_transactional(self) -> bool:
        """Whether it counts only once its transaction was committed."""
        return bool(self.attributes & TRANSACTIONAL_BIT)

    @property
    def mark(self) -> Mark:
        """What it is known by: its checksum covers all that follows, the rest of the header says who wrote it when."""
        known_by = self.data[CHECKSUM_AT : HEADER.size]
        return Mark(self.base_offset, blake2b(known_by, digest_size=16).digest())

    def continues(self, mark: Mark) -> bool:
        """Whether a log that has this where a mark stands, or as the next after it, is the log of the mark.

        Compaction takes records out of a batch, or all of it, and nobody can tell what they were.
        """
        is_compacted = self.base_offset > mark.offset or self.count <= self.last_offset_delta
        return self.mark == mark or (is_compacted and self.base_offset >= mark.offset)

    def opened(self, decompressor: Decompressor) -> "OpenedBatch":
        """Check it, and take its compression off.

        Raises:
            Unreadable: nothing can be read of it.
        """
        if self.data[MAGIC_AT] != MAGIC:
            raise Unreadable(f"written in message format {self.data[MAGIC_AT]}")
        if not self.is_intact:
            raise Unreadable("its checksum is wrong")
        codec = self.attributes & CODEC_BITS
        if not codec:
            return OpenedBatch(self.base_offset, self.data)
        header = bytearray(self.data[: HEADER.size])
        header[ATTRIBUTES_AT + 1] &= ~CODEC_BITS
        try:
            return OpenedBatch(self.base_offset, bytes(header) + decompressor(codec, self.data[HEADER.size :]))
        except CannotDecompress as error:
            raise Unreadable(str(error)) from None


@dataclass(frozen=True, slots=True)
class OpenedBatch:
    """A batch that is not compressed, or no longer."""

    base_offset: int
    data: bytes | memoryview

    @property
    def count(self) -> int:
        """How many records it says that it has."""
        return int(HEADER.unpack_from(self.data)[-1])

    def records(self) -> Iterator[Record]:
        """Read its records, in log order; from its first again after one that needs another reader.

        Raises:
            Unreadable: nothing more can be read of it; what came before is good.
        """
        try:
            try:
                yield from DefaultRecordBatch(self.data)
            except UnicodeDecodeError:
                yield from _escaped(self.data)
        except DAMAGED:
            raise Unreadable("its records are damaged") from None


def batches(data: bytes) -> Iterator[RecordBatch]:
    """The whole batches of a fetch, in log order; the last one may be cut off, and is left."""
    view, start = memoryview(data), 0
    while start + HEADER.size <= len(view):
        base, length, epoch, _, _, attributes, last, _, _, producer, _, _, count = HEADER.unpack_from(view, start)
        end = start + FRAME_BYTES + length
        if length < HEADER.size - FRAME_BYTES or end > len(view):
            return
        yield RecordBatch(view[start:end], base, epoch, attributes, last, producer, count)
        start = end


class _Escaping(bytearray):
    """Bytes of which every part becomes text, with what is not UTF-8 escaped."""

    def __getitem__(self, index: Any) -> Any:
        found = super().__getitem__(index)
        return _Escaping(found) if isinstance(index, slice) else found

    def decode(self, encoding: str = "utf-8", _errors: str = "strict") -> str:
        return super().decode(encoding, "backslashreplace")


class _Checked(SlowRecordBatch):  # type: ignore[misc] # final by its decorator alone
    """Read with numbers that are looked up within its bytes: aiokafka's faster ones are read beyond, and end Python."""

    def _read_msg(self, decode_varint: Any = decode_varint_py) -> Any:
        return super()._read_msg(decode_varint)


def _escaped(whole: bytes | memoryview) -> Iterator[Record]:
    r"""The records of a batch with header keys that are not UTF-8, these escaped (`\xff`): no attribute has one."""
    batch = _Checked(whole)
    batch._buffer = _Escaping(batch._buffer)
    yield from batch
