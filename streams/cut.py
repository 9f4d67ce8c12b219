"""Records too large to be kept whole: cut, and marked so, with what their whole would be known by."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from streams.record_batches import Record

MOST_WHOLE_BYTES: Final = 3 * 512 * 1024
"""Of key, value and headers together. What came uncompressed has 1 MiB at most; a dead letter has room for 2 MiB."""

KEPT_BYTES: Final = 64 * 1024
"""Of a part that is cut: enough to see what it is."""

HEADER_BYTES: Final = 10
"""Around a header, its lengths: a million headers without a word in them are no small record."""

MOST_HEADERS: Final = 200
"""Of a record: no event has so many, and each takes thirty times the memory of what it may take in the log."""

CUT_BYTES: Final = "tenfold-cut-bytes"
"""How long the value was."""

CUT_DIGEST: Final = "tenfold-cut-sha256"
"""Of the whole value, in hexadecimal."""


class Kept(NamedTuple):
    """A record as it is kept."""

    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]


def size_of(record: Record) -> int:
    """How many bytes of key, value and headers a record has."""
    return len(record.key or b"") + len(record.value or b"") + sum(_size(*header) for header in record.headers)


def cut(record: Record, most: int = MOST_WHOLE_BYTES) -> Kept:
    """Return a record whole where it has at most so many bytes, and no more headers than any, else with its parts cut.

    Headers are kept as long as they have room; the marks of a cut come after all others.
    """
    headers, value = tuple(record.headers), record.value
    if size_of(record) <= most and len(headers) <= MOST_HEADERS:
        return Kept(record.offset, record.timestamp, record.key, value, headers)
    whole = value or b""
    marks = ((CUT_BYTES, str(len(whole)).encode()), (CUT_DIGEST, sha256(whole).hexdigest().encode()))
    key = record.key and record.key[:KEPT_BYTES]
    kept = value and value[:KEPT_BYTES]
    return Kept(record.offset, record.timestamp, key, kept, (*_with_room(headers), *marks))


def _with_room(headers: Sequence[tuple[str, bytes | None]]) -> list[tuple[str, bytes | None]]:
    kept, room = list[tuple[str, bytes | None]](), KEPT_BYTES
    for name, value in headers[:MOST_HEADERS]:
        room -= _size(name, value)
        if room < 0:
            break
        kept.append((name, value))
    return kept


def _size(name: str, value: bytes | None) -> int:
    return len(name.encode()) + len(value or b"") + HEADER_BYTES
