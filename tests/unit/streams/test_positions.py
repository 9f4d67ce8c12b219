"""A position is only good for the log that it was stored of, and each way of parting is told apart."""

import pytest
from aiokafka.structs import TopicPartition

from projections.facts.store import Mark, Position
from streams.positions import Extent, Log, Parting, parted_of
from streams.record_batches import RecordBatch, batches
from tests.support.raw_batches import raw_batch
from tests.support.records import TOPIC

PLACE = TopicPartition(TOPIC, 0)


def stands_at(first: int, value: bytes = b"one") -> RecordBatch:
    return next(batches(raw_batch([value, b"two"], first)))


READ, OTHER = stands_at(96), stands_at(96, b"other")
LOG = Log("here", {PLACE: Extent(0, 100, READ)})


def stored(next_offset: int, mark: Mark | None = READ.mark, cluster: str = "here") -> Position:
    return Position(cluster, *PLACE, next_offset, mark)


@pytest.mark.parametrize("position", [stored(0, None), stored(98), stored(97), stored(100)])
def test_a_position_of_this_log_is_good(position: Position) -> None:
    assert parted_of(LOG, [position]) == []


def test_what_was_never_read_begins_at_the_start() -> None:
    assert parted_of(LOG, []) == []
    (parted,) = parted_of(Log("here", {PLACE: Extent(5, 100)}), [])
    assert parted.why == Parting.TRIMMED


@pytest.mark.parametrize(
    ("log", "position", "why", "said"),
    [
        (LOG, stored(0, None, "there"), Parting.OTHER_CLUSTER, "was read from cluster there"),
        (LOG, stored(101), Parting.WENT_BACK, "the log ends at 100"),
        (Log("here", {PLACE: Extent(0, 100, OTHER)}), stored(98), Parting.OTHER_RECORDS, "what stood last at 96"),
        (Log("here", {PLACE: Extent(0, 100, None)}), stored(98), Parting.OTHER_RECORDS, "what stood last at 96"),
        (Log("here", {PLACE: Extent(0, 100, stands_at(95))}), stored(98), Parting.OTHER_RECORDS, "what stood last"),
        (Log("here", {PLACE: Extent(99, 100)}), stored(98), Parting.TRIMMED, "the log begins at 99"),
    ],
)
def test_a_log_that_was_not_read_says_how(log: Log, position: Position, why: Parting, said: str) -> None:
    (parted,) = parted_of(log, [position])
    assert (parted.topic, parted.partition, parted.why) == (*PLACE, why)
    assert said in parted.sentence


def test_a_log_that_lost_only_what_was_read_goes_on() -> None:
    assert parted_of(Log("here", {PLACE: Extent(98, 100)}), [stored(98)]) == []


def test_a_log_whose_batch_was_compacted_away_goes_on() -> None:
    assert parted_of(Log("here", {PLACE: Extent(0, 200, stands_at(120))}), [stored(98)]) == []
