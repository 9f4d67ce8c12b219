"""What a batch of records was compressed with, taken off again: into a room of fixed size, however small it came.

Kafka's codecs by their numbers in a batch's attributes. cramjam, which aiokafka uses too, writes into memory that is
there already, so that a few kilobytes of zeros cannot become gigabytes.

Source: https://kafka.apache.org/documentation/#recordbatch
"""

from collections.abc import Callable
from typing import Any, Final

import cramjam
import numpy as np

MOST_DECOMPRESSED_BYTES: Final = 32 * 1024 * 1024
"""Of one batch. A producer's largest, 1 MiB compressed, holds 10 MiB of events; the room is touched only as far as
it is needed."""

XERIAL: Final = b"\x82SNAPPY\x00"
"""How snappy's framing begins in what Java sends: a header of sixteen bytes, then blocks, each after its size."""

XERIAL_HEADER_BYTES: Final = 16
SIZE_BYTES: Final = 4


class CannotDecompress(Exception):  # noqa: N818 - a fate, as Rejected is
    """Not what its codec says, more than there is room for, or of a codec that nobody knows here."""


class Decompressor:
    """Takes compression off batches, one after the other, in the same room."""

    def __init__(self) -> None:
        self._room = np.empty(MOST_DECOMPRESSED_BYTES, np.uint8)

    def __call__(self, codec: int, data: memoryview) -> bytes:
        """Return what was compressed.

        Raises:
            CannotDecompress: in words, without a byte of what was sent.
        """
        into = _CODECS.get(codec)
        if into is None:
            raise CannotDecompress(f"compressed with codec {codec}, which is unknown")
        try:
            size = into(data, self._room)
        except cramjam.DecompressionError as error:
            raise CannotDecompress(_said(error)) from None
        return self._room[:size].tobytes()


def _snappy(data: memoryview, room: Any) -> int:
    if bytes(data[: len(XERIAL)]) != XERIAL:
        return int(cramjam.snappy.decompress_raw_into(data, room))
    size, at = 0, XERIAL_HEADER_BYTES
    while at < len(data):
        end = at + SIZE_BYTES + int.from_bytes(data[at : at + SIZE_BYTES], "big")
        if end > len(data):
            raise CannotDecompress("a block of snappy is cut off")
        size += cramjam.snappy.decompress_raw_into(data[at + SIZE_BYTES : end], room[size:])
        at = end
    return size


_CODECS: Final[dict[int, Callable[[memoryview, Any], int]]] = {
    1: cramjam.gzip.decompress_into,
    2: _snappy,
    3: cramjam.lz4.decompress_into,
    4: cramjam.zstd.decompress_into,
}


def _said(error: cramjam.DecompressionError) -> str:
    if "whole buffer" in str(error) or "output buffer" in str(error):
        return f"more than {MOST_DECOMPRESSED_BYTES} bytes when decompressed"
    return "what was compressed is damaged"
