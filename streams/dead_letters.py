"""The dead-letter topic: what was refused, verbatim, with where it came from and why.

What is too large for the topic goes there cut, and says how long it was and what it is known by.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

from aiokafka.errors import MessageSizeTooLargeError

from streams.cut import KEPT_BYTES, MOST_WHOLE_BYTES, cut
from streams.decode import Refused
from streams.producer import Outgoing, Producer
from streams.record_batches import Record

ACKNOWLEDGED_WITHIN_SECONDS: Final = 5.0
"""Longer means that the broker is away: the transaction that waits here should not stay open meanwhile."""

REASON: Final = "tenfold-reason"
DETAIL: Final = "tenfold-detail"
TOPIC: Final = "tenfold-topic"
PARTITION: Final = "tenfold-partition"
OFFSET: Final = "tenfold-offset"

Letter = tuple[Record, Refused]


class DeadLetters:
    """Publishes what was refused, at least once."""

    def __init__(self, producer: Producer, topic: str) -> None:
        self._producer = producer
        self._topic = topic

    async def publish(self, topic: str, partition: int, letters: Sequence[Letter]) -> None:
        """Return once every one of these, of one partition, is acknowledged.

        Raises:
            TimeoutError: the broker did not answer in time; what it got may come again.
        """
        async with asyncio.timeout(ACKNOWLEDGED_WITHIN_SECONDS):
            try:
                await self._publish(topic, partition, letters, MOST_WHOLE_BYTES)
            except MessageSizeTooLargeError:  # a topic that somebody made for less
                await self._publish(topic, partition, letters, KEPT_BYTES)

    async def _publish(self, topic: str, partition: int, letters: Sequence[Letter], most_bytes: int) -> None:
        origin = [(TOPIC, topic.encode()), (PARTITION, str(partition).encode())]
        outgoing = []
        for record, refused in letters:
            kept = cut(record, most_bytes)
            headers = [*kept.headers, *_why(refused), *origin, (OFFSET, str(record.offset).encode())]
            outgoing.append(Outgoing(kept.key, kept.value, headers))
        await self._producer.publish(self._topic, outgoing)


def _why(refused: Refused) -> list[tuple[str, bytes]]:
    """What a dead letter says of itself beside its own headers; the last of a name holds."""
    return [(REASON, refused.reason.encode()), (DETAIL, refused.detail.encode())]
