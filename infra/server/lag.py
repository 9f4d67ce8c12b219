"""How far facts are behind the log: the ends of the log, less the positions in PostgreSQL.

The server measures it, so that a dead worker's lag is seen.
"""

from collections.abc import Mapping
from types import TracebackType
from typing import Self

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from events.topics import INPUT_TOPICS, topics
from projections.facts.read import Connection

POSITIONS = "select topic, partition, next_offset from log_position where cluster = $1"

Partition = tuple[str, int]


class LogEnds:
    """Reads where the log ends, over one connection that is made when needed.

    Args:
        bootstrap_servers: `host:port`, several joined by commas.
        topic_prefix: Of every topic's name.
    """

    def __init__(self, bootstrap_servers: str, topic_prefix: str) -> None:
        self._bootstrap_servers = bootstrap_servers
        inputs = {topic_prefix + name for name in INPUT_TOPICS}
        self._partitions = [
            TopicPartition(topic.name, number)
            for topic in topics(topic_prefix)
            if topic.name in inputs
            for number in range(topic.partitions)
        ]
        self._consumer: AIOKafkaConsumer | None = None
        self.cluster = ""

    async def __aenter__(self) -> Self:
        """Connects to nothing yet."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes the connection."""
        await self.disconnect()

    async def read(self) -> Mapping[Partition, int]:
        """The end of every partition; the connection is dropped where that fails."""
        try:
            consumer = self._consumer or await self._connect()
            ends = await consumer.end_offsets(self._partitions)
        except BaseException:
            await self.disconnect()
            raise
        return {(each.topic, each.partition): offset for each, offset in ends.items()}

    async def disconnect(self) -> None:
        """Lets go of the connection."""
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            await consumer.stop()

    async def _connect(self) -> AIOKafkaConsumer:
        self.cluster = await _cluster_id(self._bootstrap_servers)
        consumer = AIOKafkaConsumer(bootstrap_servers=self._bootstrap_servers, group_id=None, enable_auto_commit=False)
        self._consumer = consumer
        await consumer.start()
        return consumer


async def lag(
    database: "asyncpg.Pool | Connection", cluster: str, ends: Mapping[Partition, int]
) -> dict[Partition, int]:
    """Records of each partition that no committed transaction has taken in."""
    rows = await database.fetch(POSITIONS, cluster)
    positions = {(row["topic"], row["partition"]): row["next_offset"] for row in rows}
    return {place: max(0, end - positions.get(place, 0)) for place, end in ends.items()}


async def _cluster_id(bootstrap_servers: str) -> str:
    client = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers)
    await client.start()
    try:
        return str((await client.describe_cluster())["cluster_id"])
    finally:
        await client.close()
