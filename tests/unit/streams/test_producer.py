"""The producer, with a broker that loses track: whatever is in doubt is sent again, and nothing else gives up."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from aiokafka import errors as kafka
from aiokafka.producer.message_accumulator import BatchBuilder
from hypothesis import given, settings
from hypothesis import strategies as st

from events.contributions import Contribution, ContributionRecorded
from events.errors import Reason, Transient
from streams.cut import KEPT_BYTES
from streams.dead_letters import DeadLetters
from streams.decode import Refused
from streams.producer import Outgoing, Producer
from tests.support.records import record


class Broker:
    """Answers each batch with the next of its answers, then with success."""

    def __init__(self, *answers: Exception, room: int = 1_000_000) -> None:
        self.answers, self.room = list(answers), room
        self.sizes: list[int] = []
        self.arrived: list[tuple[str, int, int]] = []
        self.connections = 0

    def producer(self) -> Producer:
        broker = self

        class Connected(Producer):
            async def _connected(self) -> Any:
                if self._producer is None:
                    broker.connections += 1
                    self._producer = cast("Any", broker)
                return broker

        return Connected("nowhere:9092", "tenfold.")

    async def partitions_for(self, _: str) -> set[int]:
        return set(range(8))

    def create_batch(self) -> BatchBuilder:
        return BatchBuilder(self.room, 0)

    async def send_batch(self, builder: BatchBuilder, topic: str, *, partition: int) -> "asyncio.Future[object]":
        answer = asyncio.get_running_loop().create_future()
        if self.answers:
            answer.set_exception(self.answers.pop(0))
        else:
            self.arrived.append((topic, partition, builder.record_count()))
            self.sizes.append(builder.size())
            answer.set_result(None)
        return answer

    async def stop(self) -> None:
        """Nothing to close."""


def events(count: int) -> Sequence[ContributionRecorded]:
    return [
        ContributionRecorded(
            id=f"commit/{number}",
            source="s",
            time=datetime(2026, 1, 1, tzinfo=UTC),
            subject=f"email:person{number % 40}@example.org",
            community="project",
            data=Contribution(kind="commit"),
        )
        for number in range(count)
    ]


async def sent(broker: Broker, count: int) -> None:
    async with broker.producer() as producer:
        for event in events(count):
            await producer.send(event)


async def test_events_of_one_person_meet_in_one_partition_of_their_topic() -> None:
    broker = Broker()
    await sent(broker, 400)
    assert {topic for topic, _, _ in broker.arrived} == {"tenfold.contributions"}
    assert sum(count for _, _, count in broker.arrived) == 400
    assert len({partition for _, partition, _ in broker.arrived}) == 8


@pytest.mark.parametrize(
    "error", [kafka.OutOfOrderSequenceNumber(), kafka.KafkaConnectionError(), kafka.KafkaTimeoutError()]
)
async def test_what_is_in_doubt_is_sent_again_by_a_new_producer(error: Exception) -> None:
    broker = Broker(error)
    await sent(broker, 400)
    assert sum(count for _, _, count in broker.arrived) >= 400
    assert {partition for _, partition, _ in broker.arrived} == set(range(8))
    assert broker.connections == 2


async def test_what_no_waiting_helps_against_is_raised() -> None:
    with pytest.raises(kafka.TopicAuthorizationFailedError):
        await sent(Broker(kafka.TopicAuthorizationFailedError()), 10)


async def test_publishing_says_that_it_is_to_be_tried_again() -> None:
    broker = Broker(kafka.OutOfOrderSequenceNumber())
    producer = broker.producer()
    with pytest.raises(Transient):
        await producer.publish("tenfold.dead-letters", [Outgoing(None, b"{", [])])
    await producer.publish("tenfold.dead-letters", [Outgoing(None, b"{", []), Outgoing(None, None, [])])
    assert [count for _, _, count in broker.arrived] == [2]
    assert broker.connections == 2


parts = st.one_of(st.none(), st.sampled_from([0, 1, 1_000, 126_000, 131_000, 900_000, 1_100_000]))


@given(st.lists(st.tuples(parts, parts, parts), min_size=1, max_size=12))
@settings(deadline=None, max_examples=20)
async def test_every_record_is_sent_whatever_their_sizes(
    sizes: list[tuple[int | None, int | None, int | None]],
) -> None:
    broker = Broker(room=1_000_000)
    records = [
        Outgoing(_bytes(key), _bytes(value), [("h", b"x" * header)] if header is not None else [])
        for key, value, header in sizes
    ]
    await broker.producer().publish("tenfold.dead-letters", records)
    assert sum(count for _, _, count in broker.arrived) == len(records)


def _bytes(size: int | None) -> bytes | None:
    return None if size is None else bytes(size)


async def test_a_dead_letter_that_its_topic_has_no_room_for_goes_there_cut() -> None:
    broker = Broker(kafka.MessageSizeTooLargeError())
    letters = DeadLetters(broker.producer(), "tenfold.dead-letters")
    refused = Refused(7, Reason.NOT_JSON, "")
    await letters.publish("tenfold.contributions", 3, [(record(7, b"{" + bytes(1_000_000)), refused)])
    assert [count for _, _, count in broker.arrived] == [1]
    assert broker.sizes[0] < KEPT_BYTES + 1_000
