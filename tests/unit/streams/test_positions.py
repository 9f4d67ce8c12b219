"""A position is only good for the log that it was stored of."""

import pytest
from aiokafka.structs import TopicPartition

from events.errors import WrongLog
from projections.facts.store import Position
from streams.positions import Extent, Log, check, fingerprint
from tests.records import TOPIC, record, value

PLACE = TopicPartition(TOPIC, 0)
FIRST = fingerprint(record(0, value(1)))
LOG = Log("here", {PLACE: Extent(0, 100, FIRST)})


@pytest.mark.parametrize("stored", [Position("here", *PLACE, 0, None), Position("here", *PLACE, 100, FIRST)])
def test_a_position_of_this_log_is_good(stored: Position) -> None:
    check(LOG, stored)


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        (Position("there", *PLACE, 0, None), "was read from cluster there"),
        (Position("here", *PLACE, 101, FIRST), "the log ends at 100"),
        (Position("here", *PLACE, 5, fingerprint(record(0, value(2)))), "begins with another record"),
        (Position("here", *PLACE, 5, fingerprint(record(1, value(1)))), "begins with another record"),
    ],
)
def test_a_position_of_another_log_is_refused(stored: Position, said: str) -> None:
    with pytest.raises(WrongLog, match=said):
        check(LOG, stored)


def test_records_that_are_gone_before_they_were_read_are_missed() -> None:
    with pytest.raises(WrongLog, match="the log begins at 50"):
        check(Log("here", {PLACE: Extent(50, 100, FIRST)}), Position("here", *PLACE, 49, FIRST))
