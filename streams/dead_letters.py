"""The dead-letter topic: what was refused, verbatim, with where it came from and why."""

import asyncio
from collections.abc import Iterable
from typing import Final

from streams.batch_transport import Record
from streams.decode import Refused
from streams.producer import Outgoing, Producer

ACKNOWLEDGED_WITHIN_SECONDS: Final = 5.0
"""Longer means that the broker is away: the transaction that waits here should not stay open meanwhile."""

REASON: Final = "tenfold-reason"
DETAIL: Final = "tenfold-detail"
TOPIC: Final = "tenfold-topic"
PARTITION: Final = "tenfold-partition"
OFFSET: Final = "tenfold-offset"


class DeadLetters:
    """Publishes what was refused, at least once."""

    def __init__(self, producer: Producer, topic: str) -> None:
        self._producer = producer
        self._topic = topic

    async def publish(self, letters: Iterable[tuple[Record, Refused]]) -> None:
        """Return once every one of these is acknowledged.

        Raises:
            TimeoutError: the broker did not answer in time; what it got may come again.
        """
        outgoing = [
            Outgoing(record.key, record.value, [*record.headers, *headers_of(record, refused)])
            for record, refused in letters
        ]
        async with asyncio.timeout(ACKNOWLEDGED_WITHIN_SECONDS):
            await self._producer.publish(self._topic, outgoing)


def headers_of(record: Record, refused: Refused) -> list[tuple[str, bytes]]:
    """Return the headers that a dead letter has beside its own; the last of a name holds."""
    return [
        (REASON, refused.reason.encode()),
        (DETAIL, refused.detail.encode()),
        (TOPIC, record.topic.encode()),
        (PARTITION, str(record.partition).encode()),
        (OFFSET, str(record.offset).encode()),
    ]
