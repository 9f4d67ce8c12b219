"""Batches of records as no client of ours would write them: with header keys that are not UTF-8."""

import gzip
import struct
from collections.abc import Collection, Sequence

from aiokafka.record.default_records import DefaultRecordBatchBuilder
from aiokafka.record.util import calc_crc32c

from tests.records import CONTENT

LENGTH_AT, CRC_AT, ATTRIBUTES_AT, RECORDS_AT = 8, 17, 21, 61
"""Where these stand in a batch; the checksum covers all from the attributes on."""

GZIP = 1
WRITTEN_MILLISECONDS = 1_700_000_000_000
STAND_IN, ODD, ESCAPED = b"Zodd", b"\xffodd", "\\xffodd"


def odd_batch(
    values: Sequence[bytes | None], odd: Collection[int], first: int = 0, *, compressed: bool = False
) -> bytes:
    """Records with one header more, whose key is not UTF-8 in those at the odd places, as a broker keeps them."""
    builder = DefaultRecordBatchBuilder(2, 0, 0, -1, -1, 0, 1 << 20)
    for place, value in enumerate(values):
        name = (STAND_IN if place in odd else b"even").decode()
        builder.append(place, WRITTEN_MILLISECONDS, b"key", value, [CONTENT, (name, b"x")])
    whole = bytes(builder.build()).replace(STAND_IN, ODD)
    head, records = bytearray(whole[:RECORDS_AT]), whole[RECORDS_AT:]
    if compressed:
        records = gzip.compress(records)
        head[ATTRIBUTES_AT + 1] |= GZIP
    head[:LENGTH_AT] = struct.pack(">q", first)
    head[LENGTH_AT : LENGTH_AT + 4] = struct.pack(">i", RECORDS_AT + len(records) - LENGTH_AT - 4)
    head[CRC_AT:ATTRIBUTES_AT] = struct.pack(">I", calc_crc32c(bytes(head[ATTRIBUTES_AT:]) + records))
    return bytes(head) + records
