"""What a fetch of some bytes gives."""

from streams.compression import Decompressor
from streams.fetched import Aborted, FetchedRecords

DECOMPRESSOR = Decompressor()


def read(data: bytes, position: int = 0, aborted: tuple[Aborted, ...] = (), end: int = 1_000) -> FetchedRecords:
    return FetchedRecords(data, aborted, position, end, DECOMPRESSOR)


def values_of(records: FetchedRecords) -> list[bytes | None]:
    return [one.value for one in records]
