"""Fetches as the broker answers them, partition by partition, and one of a single batch."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from aiokafka import errors as kafka
from aiokafka.protocol.fetch import FetchRequest
from aiokafka.structs import TopicPartition

from streams.fetched import Aborted
from streams.record_batches import RecordBatch, batches

READ_UNCOMMITTED: Final = 0
ONE_BATCH_BYTES: Final = 1
"""The broker gives a batch whole, however little was asked for."""

RACK_VERSION: Final = 11
"""Of a fetch's answer, from which on another field stands between the aborted transactions and the records."""


class Answer(NamedTuple):
    """What a broker says of one partition.

    Attributes:
        error: aiokafka's class for it; `NoError` where there is none.
        end: behind the last record that all replicas have.
        aborted: transactions among the records that were given up.
        data: batches; the last one may be cut off.
    """

    place: TopicPartition
    error: type[kafka.KafkaError]
    end: int
    aborted: list[Aborted]
    data: bytes


def answers(response: Any) -> Iterator[Answer]:
    """Read the answer to a fetch."""
    for topic, partitions in response.topics:
        for partition, code, end, *more in partitions:
            aborted = more[2] if response.API_VERSION >= RACK_VERSION else more[-2]
            given_up = [Aborted(*each) for each in aborted or ()]
            yield Answer(TopicPartition(topic, partition), kafka.for_code(code), end, given_up, bytes(more[-1] or b""))


async def batch_at(client: Any, node: int, place: TopicPartition, offset: int) -> RecordBatch | None:
    """Read the batch that stands at an offset, or the next one; None where the broker has nothing to give.

    Raises:
        KafkaError: it could not be asked; `OffsetOutOfRangeError` where the log has no such offset.
    """
    wanted = [(place.topic, [(place.partition, offset, ONE_BATCH_BYTES)])]
    response = await client.send(node, FetchRequest(0, 0, ONE_BATCH_BYTES, READ_UNCOMMITTED, wanted))
    (answer,) = answers(response)
    if answer.error is not kafka.NoError:
        raise answer.error(f"{place.topic}[{place.partition}] at {offset}")
    return next(batches(answer.data), None)
