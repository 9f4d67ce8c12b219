"""Events in files: one CloudEvent a line, gzipped; the same events give the same bytes."""

import gzip
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from events import codec
from events.catalog import AnyEvent
from events.codec import STRUCTURED_HEADERS
from events.envelope import Event
from events.errors import Rejected, TenfoldError


def write(path: Path, events: Iterable[Event]) -> int:
    """Writes events in the order given and returns how many they are."""
    return write_lines(path, (codec.encode(event).value for event in events))


def write_lines(path: Path, values: Iterable[bytes]) -> int:
    """Writes what is encoded already."""
    count = 0
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        for count, value in enumerate(values, start=1):  # noqa: B007 - counts
            file.write(value + b"\n")
    return count


def read(path: Path) -> Iterator[AnyEvent]:
    """Reads events in the order that they were written in.

    Raises:
        TenfoldError: a line is none; the message says which.
    """
    with gzip.open(path, "rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield codec.decode(line.rstrip(b"\n"), STRUCTURED_HEADERS, datetime.now(UTC))
            except Rejected as error:
                raise TenfoldError(f"{path}, line {number}: {error}") from error
