"""Records that are large once their compression is off, or by their headers: in bounded memory, and nothing is lost."""

import tracemalloc

import pytest

from events.errors import Reason
from streams.cut import KEPT_BYTES, MOST_HEADERS, MOST_WHOLE_BYTES, cut, size_of
from streams.fetched import MOST_BYTES
from streams.record_batches import OpenedBatch
from tests.support.raw_batches import ESCAPED, GZIP, NONE, WRITTEN_MILLISECONDS, of_many_headers, raw_batch
from tests.support.records import CONTENT
from tests.unit.streams.reading import read, values_of


def test_of_a_record_of_millions_of_headers_those_are_read_that_are_kept() -> None:
    records = read(of_many_headers(4_000_000) + raw_batch([b"after"], 1))
    tracemalloc.start()
    assert values_of(records) == [b"after"]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10 * MOST_BYTES
    (aside,) = records.set_aside
    assert (aside.record.offset, aside.reason) == (0, Reason.TOO_LARGE)
    assert size_of(aside.record) < 2 * KEPT_BYTES


def test_headers_without_a_word_are_not_without_size() -> None:
    records = read(of_many_headers(700_000))
    assert values_of(records) == []
    (aside,) = records.set_aside
    assert (aside.detail, size_of(aside.record) < 2 * KEPT_BYTES) == ("700000 headers", True)
    (whole,) = OpenedBatch(0, of_many_headers(700_000, codec=NONE)).records()
    assert size_of(cut(whole)) < 2 * KEPT_BYTES


@pytest.mark.parametrize(("count", "given_"), [(MOST_HEADERS, 1), (MOST_HEADERS + 1, 0)])
def test_of_headers_no_record_has_more_than_it_can_need(count: int, given_: int) -> None:
    records = read(of_many_headers(count))
    assert len(values_of(records)) == given_
    assert [len(aside.record.headers) for aside in records.set_aside] == [MOST_HEADERS + 2] * (1 - given_)


def test_records_around_one_that_is_too_large_are_whole() -> None:
    values = [b"before", b"x" * (MOST_WHOLE_BYTES + 1), b"after"]
    records = read(raw_batch(values, codec=GZIP, odd={0, 1}))
    assert [(one.offset, one.value, tuple(one.headers)) for one in records] == [
        (0, b"before", (CONTENT, (ESCAPED, b"x"))),
        (2, b"after", (CONTENT, ("even", b"x"))),
    ]
    (aside,) = records.set_aside
    assert (aside.record.timestamp, aside.record.key) == (WRITTEN_MILLISECONDS, b"key")
    assert tuple(aside.record.headers)[:2] == (CONTENT, (ESCAPED, b"x"))
