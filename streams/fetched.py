"""What a fetch returned for one partition, as aiokafka's reader would give it: record by record, committed ones alone.

Where aiokafka ends at the first batch that it cannot read, here that batch is set aside, and reading goes on after it.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final, NamedTuple

from events.errors import Reason
from projections.facts.store import Mark
from streams.compression import Decompressor
from streams.cut import KEPT_BYTES, MOST_HEADERS, MOST_WHOLE_BYTES, Kept, cut
from streams.large_records import measured
from streams.record_batches import OpenedBatch, Record, RecordBatch, Unreadable, batches

MOST_BYTES: Final = 4 * 1024 * 1024
"""Of records handed on together: a batch that was compressed a hundredfold is read again for the rest, not held."""


class SetAside(NamedTuple):
    """What no decoder gets to see: a batch that cannot be read, or a record that is too large to be carried.

    Attributes:
        record: what goes to the dead letters for it, with its offset; of a batch the bytes as they lie in the log.
    """

    record: Record
    reason: Reason
    detail: str


class Aborted(NamedTuple):
    """A transaction that was given up: whose, and where it began."""

    producer: int
    first_offset: int


class FetchedRecords:
    """The records of a fetch from a position on.

    Args:
        data: as the broker gave it, with whole batches; read with isolation level `read_committed`.
        aborted: transactions among them that were given up.
        position: where reading stands; batches before and around it are read from there.
        end: of the partition, so that a damaged batch does not say that it ends beyond.
        decompressor: takes compression off.

    Attributes:
        next_fetch_offset: where reading goes on after what was given so far; aiokafka's name for it.
        mark: of the newest batch that was begun.
        set_aside: what was met that cannot be given; whoever takes records takes these too.
    """

    def __init__(
        self, data: bytes, aborted: Iterable[Aborted], position: int, end: int, decompressor: Decompressor
    ) -> None:
        self.next_fetch_offset = position
        self.mark: Mark | None = None
        self.set_aside: list[SetAside] = []
        self._aborted = deque(sorted(aborted, key=lambda one: one.first_offset))
        self._given_up: set[int] = set()
        self._end, self._decompressor = end, decompressor
        self._bytes = 0
        self._records = self._committed(data)

    def __iter__(self) -> Iterator[Record]:
        """Give the records; ends early where enough was given, to be asked for again."""
        return self._records

    def _committed(self, data: bytes) -> Iterator[Record]:
        whole = list(batches(data))
        for batch, following in zip_longest(whole, whole[1:]):
            if self._bytes >= MOST_BYTES:
                return
            end = self._end_of(batch, following)
            if not self._holds_no_events(batch):
                self.mark = batch.mark
                yield from self._readable(batch, end)
            if self._bytes < MOST_BYTES:
                self.next_fetch_offset = max(self.next_fetch_offset, end)

    def _holds_no_events(self, batch: RecordBatch) -> bool:
        """Whether nothing of it counts, and that is no damage of its header."""
        is_given_up = self._is_given_up(batch)
        return (is_given_up or batch.is_control) and batch.is_intact

    def _is_given_up(self, batch: RecordBatch) -> bool:
        while self._aborted and self._aborted[0].first_offset <= batch.base_offset:
            self._given_up.add(self._aborted.popleft().producer)
        if batch.is_control:
            self._given_up.discard(batch.producer)  # whatever came before is over, with either end
        return batch.is_transactional and batch.producer in self._given_up

    def _readable(self, batch: RecordBatch, end: int) -> Iterator[Record]:
        try:
            opened = batch.opened(self._decompressor)
            if len(opened.data) > MOST_WHOLE_BYTES:
                yield from self._large(opened, end)
                return
            self._bytes += len(opened.data)
            for record in opened.records():
                offset = record.offset
                if self.next_fetch_offset <= offset < end and len(record.headers) <= MOST_HEADERS:
                    self.next_fetch_offset = offset + 1
                    yield record
                elif self._continues(record, end):
                    self._is_carried(record, 0)
        except Unreadable as error:
            self._set_batch_aside(batch, end, str(error))

    def _continues(self, record: Record, end: int) -> bool:
        """Whether a record was not given before; then reading stands after it."""
        offset = record.offset
        if offset >= end:
            raise Unreadable("its records are damaged")
        if offset < self.next_fetch_offset:
            return False
        self.next_fetch_offset = offset + 1
        return True

    def _large(self, opened: OpenedBatch, end: int) -> Iterator[Record]:
        for record, size in measured(opened):
            if not self._continues(record, end):
                continue
            self._bytes += min(size, MOST_WHOLE_BYTES)
            if self._is_carried(record, size):
                yield record
            if self._bytes >= MOST_BYTES:
                return

    def _is_carried(self, record: Record, size: int) -> bool:
        """Whether a record is small enough to be carried; else it is set aside."""
        headers = len(record.headers)
        if size <= MOST_WHOLE_BYTES and headers <= MOST_HEADERS:
            return True
        why = f"{size} bytes" if size > MOST_WHOLE_BYTES else f"{headers} headers"
        self.set_aside.append(SetAside(cut(record, KEPT_BYTES), Reason.TOO_LARGE, why))
        return False

    def _set_batch_aside(self, batch: RecordBatch, end: int, why: str) -> None:
        first, last = self.next_fetch_offset, end - 1
        if first <= last:
            whole = Kept(first, 0, None, bytes(batch.data), ())
            detail = f"offsets {first} to {last}: {why}"
            self.set_aside.append(SetAside(cut(whole), Reason.UNREADABLE, detail))
            self._bytes += len(batch.data)
            self.next_fetch_offset = end  # also where enough was given: it is told but once

    def _end_of(self, batch: RecordBatch, following: RecordBatch | None) -> int:
        """Where a batch ends: as it says where that can be, else where the next one begins, else after one offset."""
        position = self.next_fetch_offset
        is_sound = batch.last_offset_delta + 1 == batch.count or batch.is_intact
        if is_sound and (position <= batch.next_offset <= self._end or batch.is_intact):
            return max(position, min(batch.next_offset, self._end))
        if following and position < following.base_offset <= self._end and following.is_intact:
            return following.base_offset
        return position + 1
