"""What a fetch returned, record by record: whatever a broker may hold, nothing ends reading and nothing vanishes."""

from hashlib import sha256
from types import SimpleNamespace

import pytest
from aiokafka.consumer.fetcher import FetchResult, PartitionRecords
from aiokafka.record.memory_records import MemoryRecords
from aiokafka.record.util import encode_varint
from aiokafka.structs import TopicPartition
from hypothesis import given, settings
from hypothesis import strategies as st

from events.errors import Reason
from streams.compression import MOST_DECOMPRESSED_BYTES
from streams.cut import CUT_BYTES, CUT_DIGEST, KEPT_BYTES, MOST_WHOLE_BYTES
from streams.fetched import MOST_BYTES, Aborted
from streams.record_batches import batches
from tests.support.raw_batches import (
    ATTRIBUTES_AT,
    ESCAPED,
    GZIP,
    NONE,
    RECORDS_AT,
    TRANSACTIONAL,
    UNKNOWN,
    ZSTD,
    end_of_transaction,
    raw_batch,
    sealed,
)
from tests.support.records import CONTENT
from tests.unit.streams.reading import read, values_of

PLACE = TopicPartition("tenfold.contributions", 0)
VALUES = [b"one", None, b"three"]
CODECS = range(NONE, UNKNOWN)


def by_aiokafka(data: bytes, position: int = 0, aborted: tuple[Aborted, ...] = ()) -> tuple[list[object], int]:
    records = PartitionRecords(PLACE, MemoryRecords(data), list(aborted), position, None, None, True, 1)
    state = SimpleNamespace(paused=False, position=position, consumed_to=lambda _: None)
    assignment = SimpleNamespace(active=True, state_value=lambda _: state)
    found = FetchResult(PLACE, assignment=assignment, partition_records=records, backoff=0).getall()
    return [(one.offset, one.timestamp, one.key, one.value, tuple(one.headers)) for one in found], (
        records.next_fetch_offset
    )


def by_us(data: bytes, position: int = 0, aborted: tuple[Aborted, ...] = ()) -> tuple[list[object], int]:
    records = read(data, position, aborted)
    found = [(one.offset, one.timestamp, one.key, one.value, tuple(one.headers)) for one in records]
    return list(found), records.next_fetch_offset


@pytest.mark.parametrize("codec", CODECS)
def test_every_codec_reads_as_aiokafka_reads_it(codec: int) -> None:
    data = raw_batch(VALUES, 7, codec=codec) + raw_batch([b"four"], 10, codec=codec, gap=3)
    assert by_us(data, 8) == by_aiokafka(data, 8)
    assert by_us(data, 8)[1] == 14


transactions = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(["batch", "plain", "commit", "abort"]), st.sampled_from(CODECS)),
    max_size=12,
)


@given(transactions, st.integers(0, 20))
def test_only_what_was_committed_is_given_as_aiokafka_gives_it(steps: list[tuple[int, str, int]], begin: int) -> None:
    data, at, open_since, aborted = b"", 0, dict[int, int](), dict[int, Aborted]()
    for producer, step, codec in steps:
        if step == "plain":
            data += raw_batch([b"plain"], at, codec=codec, producer=producer + 10)
        elif step == "batch":
            open_since.setdefault(producer, at)
            data += raw_batch([b"held"], at, codec=codec, producer=producer, attributes=TRANSACTIONAL)
        else:
            data += end_of_transaction(producer, at, aborted=step == "abort")
            since = open_since.pop(producer, None)
            if step == "abort" and since is not None:
                aborted[at] = Aborted(producer, since)
        at += 1
    position = min(begin, at)  # a broker gives no batch that ends before it, and names no transaction
    data = b"".join(bytes(one.data) for one in batches(data) if one.next_offset > position)
    named = tuple(one for end, one in aborted.items() if end >= position)
    assert by_us(data, position, named) == by_aiokafka(data, position, named)


@pytest.mark.parametrize("codec", CODECS)
def test_odd_header_keys_are_escaped_also_of_the_first_record(codec: int) -> None:
    records = list(read(raw_batch(VALUES, odd={0, 2}, codec=codec)))
    assert [one.value for one in records] == VALUES
    assert [tuple(one.headers) for one in records] == [
        (CONTENT, (ESCAPED, b"x")),
        (CONTENT, ("even", b"x")),
        (CONTENT, (ESCAPED, b"x")),
    ]


def said_to_have(count: int, batch: bytes) -> bytes:
    return sealed(batch[: RECORDS_AT - 4] + count.to_bytes(4, "big", signed=True) + batch[RECORDS_AT:])


def of_key_length(number: int) -> bytes:
    """A batch whose first record says of its key that it is so long."""
    said = bytearray()
    encode_varint(number, said.append)
    whole = raw_batch(VALUES, odd={0})
    at = whole.index(b"\x06key")
    return sealed(whole[:at] + bytes(said) + whole[at + len(said) :])


GOOD_AFTER = raw_batch([b"after"], 3)
BAD = {
    "damaged": raw_batch(VALUES)[:-1] + b"\x00",
    "unknown codec": raw_batch(VALUES, codec=UNKNOWN),
    "another codec's": sealed(raw_batch(VALUES)[:ATTRIBUTES_AT] + b"\x00\x04" + raw_batch(VALUES)[ATTRIBUTES_AT + 2 :]),
    "damaged records, checksum right": sealed(raw_batch(VALUES)[:62] + b"\xff" * 20 + raw_batch(VALUES)[82:]),
    "an old format": raw_batch(VALUES)[:16] + b"\x01" + raw_batch(VALUES)[17:],
    "no record, and much of it": said_to_have(0, raw_batch([bytes(MOST_WHOLE_BYTES), None, None])),
    "fewer than none": said_to_have(-1, raw_batch([bytes(MOST_WHOLE_BYTES), None, None])),
    "a key beyond all": of_key_length(2**62),
    "a key of gigabytes": of_key_length(2**31 - 1),
    "a key beyond the batch": of_key_length(20_000),
    "a bomb": raw_batch([bytes(MOST_DECOMPRESSED_BYTES), None, None], codec=ZSTD),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_a_batch_that_cannot_be_read_is_set_aside_by_its_offsets_and_reading_goes_on(bad: bytes) -> None:
    records = read(bad + GOOD_AFTER)
    assert values_of(records) == [b"after"]
    (aside,) = records.set_aside
    whole = bad if len(bad) <= MOST_WHOLE_BYTES else bad[:KEPT_BYTES]
    assert (aside.record.offset, aside.record.value, aside.reason) == (0, whole, Reason.UNREADABLE)
    assert aside.detail.startswith("offsets 0 to 2: ")
    assert records.next_fetch_offset == 4


def test_of_a_batch_that_breaks_off_what_could_be_read_is_given() -> None:
    whole = raw_batch([b"one", b"two", b"three"])
    at = whole.rindex(b"three") - 5
    records = read(sealed(whole[:at] + b"\xff" * (len(whole) - at)))
    assert values_of(records) == [b"one", b"two"]
    assert [aside.detail for aside in records.set_aside] == ["offsets 2 to 2: its records are damaged"]
    assert records.next_fetch_offset == 3


def test_a_damaged_batch_is_not_believed_where_it_says_that_it_ends() -> None:
    damaged = bytearray(raw_batch(VALUES))
    damaged[23:27] = b"\x7f\xff\xff\xff"
    records = read(bytes(damaged))
    assert values_of(records) == []
    assert records.next_fetch_offset == 1
    assert [aside.detail for aside in records.set_aside] == ["offsets 0 to 0: its checksum is wrong"]


@given(st.binary(min_size=1, max_size=60), st.integers(0, 200), st.sampled_from(range(UNKNOWN + 1)), st.booleans())
@settings(max_examples=500)
def test_whatever_stands_there_every_offset_is_given_or_set_aside(
    junk: bytes, at: int, codec: int, is_sealed: bool
) -> None:
    good = raw_batch([b"%d" % number * 20 for number in range(5)], codec=codec, odd={3})
    at = 17 + at % (len(good) - 17)
    mangled = good[:at] + junk + good[at + len(junk) :]
    data = (sealed(mangled) if is_sealed else mangled[: len(good)]) + raw_batch([b"after"], 5)
    position, given_, aside = 0, 0, 0
    while position < 6:
        records = read(data, position, end=6)
        given_ += len(list(records))
        aside += sum(int(one.detail.split()[3].rstrip(":")) - one.record.offset + 1 for one in records.set_aside)
        assert records.next_fetch_offset > position
        position = records.next_fetch_offset
    assert position == 6
    assert given_ + aside == 6 or is_sealed


@pytest.mark.parametrize("codec", [NONE, GZIP])
def test_a_record_that_is_too_large_to_carry_is_cut_and_says_what_it_was(codec: int) -> None:
    large = b"x" * (MOST_WHOLE_BYTES + 1)
    records = read(raw_batch([b"before", large, b"after"], codec=codec))
    assert values_of(records) == [b"before", b"after"]
    (aside,) = records.set_aside
    said = dict(aside.record.headers)
    assert (aside.record.offset, aside.reason, aside.record.value) == (1, Reason.TOO_LARGE, large[:KEPT_BYTES])
    assert said[CUT_BYTES] == str(len(large)).encode()
    assert said[CUT_DIGEST] == sha256(large).hexdigest().encode()


def test_more_than_is_carried_at_once_is_read_in_several_turns() -> None:
    values = [bytes([number]) * 1_000_000 for number in range(20)]
    data, position, found, turns = raw_batch(values, codec=GZIP), 0, list[bytes | None](), 0
    while position < len(values):
        records = read(data, position)
        taken = values_of(records)
        assert sum(len(one or b"") for one in taken) <= MOST_BYTES + 1_000_000
        found, position, turns = found + taken, records.next_fetch_offset, turns + 1
    assert found == values
    assert turns == 4


def test_control_batches_are_no_records() -> None:
    assert values_of(read(end_of_transaction(1, 0, aborted=False) + GOOD_AFTER)) == [b"after"]


def test_a_batch_is_set_aside_but_once_also_where_enough_was_given_before_it() -> None:
    given_before = raw_batch([bytes(MOST_BYTES // 4)] * 3 + [bytes(MOST_BYTES // 4 - 1_000)], codec=GZIP)
    bad = raw_batch([bytes(2_000)], 4)[:-1] + b"\x01"
    position, offsets = 0, list[int]()
    while position < 6:
        records = read(given_before + bad + raw_batch([b"after"], 5), position, end=6)
        list(records)
        offsets += [aside.record.offset for aside in records.set_aside]
        assert records.next_fetch_offset > position
        position = records.next_fetch_offset
    assert offsets == [4]
