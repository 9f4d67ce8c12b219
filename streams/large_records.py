"""Records of batches that became large when their compression came off, each read by itself.

A reader of whole batches makes objects of all that a record says of itself before anybody can ask how large it is:
some kilobytes of compressed headers without a name become gigabytes of memory. So what is too large to be carried is
never read whole: its key and value are, and of its headers as many as are kept.

Source: https://kafka.apache.org/documentation/#record
"""

from collections.abc import Iterator
from typing import Final, NamedTuple, cast

from aiokafka.record.util import decode_varint_py, encode_varint

from streams.cut import KEPT_BYTES, MOST_WHOLE_BYTES, Kept
from streams.record_batches import HEADER, OpenedBatch, Record, Unreadable

SMALLEST_BYTES: Final = 6
"""Of a record: each of its parts takes one at least."""

ONE: Final = (1).to_bytes(4, "big")
NO_HEADERS: Final = b"\x00"
PARTS_BEFORE_KEY: Final = 3
"""Attributes, and how far time and offset lie from the batch's."""


class Measured(NamedTuple):
    """A record, and about how many bytes it takes; one that is too large to be carried may lack headers."""

    record: Record
    size: int


def measured(opened: OpenedBatch) -> Iterator[Measured]:
    """Read the records of a batch, in log order.

    Raises:
        Unreadable: nothing more can be read of it; what came before is good.
    """
    data = bytes(opened.data)
    if _are_small(data, opened.count):
        share = len(data) // opened.count  # one by one they are small, so that only their sum counts
        yield from (Measured(record, share) for record in opened.records())
        return
    for at, start, end in _frames(data, opened.count):
        if end - start > MOST_WHOLE_BYTES:
            yield Measured(_large(opened.base_offset, data, start), end - start)
        else:
            yield Measured(_one(opened.base_offset, data, data[at:end]), end - start)


def _are_small(data: bytes, count: int) -> bool:
    """Whether each record ends where the next one begins, and none is too large to be carried."""
    try:
        return all(end - start <= MOST_WHOLE_BYTES for _, start, end in _frames(data, count))
    except Unreadable:
        return False


def _frames(data: bytes, count: int) -> Iterator[tuple[int, int, int]]:
    """Where each record begins, with its length before it and without, and where it ends."""
    at = HEADER.size
    for _ in range(count):
        size, start = _number(data, at)
        end = start + size
        if size < SMALLEST_BYTES or end > len(data):
            raise Unreadable("its records are damaged")
        yield at, start, end
        at = end
    if at != len(data):
        raise Unreadable("its records are damaged")


def _one(base_offset: int, data: bytes, framed: bytes) -> Record:
    """Read one record as a batch of its own."""
    head = data[: HEADER.size - len(ONE)] + ONE
    return next(OpenedBatch(base_offset, head + framed).records())


def _large(base_offset: int, data: bytes, start: int) -> Kept:
    at = start
    for _ in range(PARTS_BEFORE_KEY):
        _, at = _number(data, at)
    for _ in ("key", "value"):
        _, at = _bytes(data, at)
    body, framed = data[start:at] + NO_HEADERS, bytearray()
    encode_varint(len(body), framed.append)
    record = _one(base_offset, data, bytes(framed) + body)
    return Kept(record.offset, record.timestamp, record.key, record.value, tuple(_headers(data, at)))


def _headers(data: bytes, at: int) -> Iterator[tuple[str, bytes | None]]:
    """The headers of a record, as many as begin where there is room for them."""
    count, first = _number(data, at)
    at = first
    for _ in range(count):
        if at - first > KEPT_BYTES:
            return
        name, at = _bytes(data, at)
        value, at = _bytes(data, at)
        yield (name or b"").decode(errors="backslashreplace"), value


def _bytes(data: bytes, at: int) -> tuple[bytes | None, int]:
    size, start = _number(data, at)
    end = start + max(size, 0)
    if end > len(data):
        raise Unreadable("its records are damaged")
    return (data[start:end] if size >= 0 else None), end


def _number(data: bytes, at: int) -> tuple[int, int]:
    try:
        found, after = decode_varint_py(cast("bytearray", data), at)  # any bytes will do
    except (IndexError, ValueError):
        raise Unreadable("its records are damaged") from None
    return int(found), int(after)
