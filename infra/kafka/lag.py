"""How far facts are behind the log: the ends of the log, less the positions in PostgreSQL.

The server measures it, so that a dead worker's lag is seen; and it says which partitions no worker reads on.
"""

import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from events.topics import INPUT_TOPICS
from infra.kafka import topics as broker
from projections.facts.rows import Connection

POSITIONS = "select topic, partition, next_offset from log_position where cluster = $1"
STOPPED = "select topic, partition, stopped from log_position where stopped is not null"
PARTITIONS_SECONDS = 20.0
"""A partition that was added is in the lag within that time."""

Partition = tuple[str, int]


class LogEnds:
    """Reads where the log ends, over connections that are made when needed.

    Args:
        bootstrap_servers: `host:port`, several joined by commas.
        topic_prefix: Of every topic's name.
    """

    def __init__(self, bootstrap_servers: str, topic_prefix: str) -> None:
        self._bootstrap_servers = bootstrap_servers
        self._topics = [topic_prefix + name for name in INPUT_TOPICS]
        self._partitions: list[TopicPartition] = []
        self._counted_at = -PARTITIONS_SECONDS
        self._consumer: AIOKafkaConsumer | None = None
        self._admin: AIOKafkaAdminClient | None = None
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
        """The end of every partition that there is; the connections are dropped where that fails."""
        try:
            consumer = self._consumer or await self._connect()
            if time.monotonic() - self._counted_at >= PARTITIONS_SECONDS:
                await self._count_partitions()
            ends = await consumer.end_offsets(self._partitions)
        except BaseException:
            await self.disconnect()
            raise
        return {(each.topic, each.partition): offset for each, offset in ends.items()}

    async def disconnect(self) -> None:
        """Lets go of the connections."""
        consumer, self._consumer, admin, self._admin = self._consumer, None, self._admin, None
        self._counted_at = -PARTITIONS_SECONDS
        if consumer is not None:
            await consumer.stop()
        if admin is not None:
            await admin.close()

    async def _connect(self) -> AIOKafkaConsumer:
        self._admin = AIOKafkaAdminClient(bootstrap_servers=self._bootstrap_servers)
        await self._admin.start()
        self.cluster = str((await self._admin.describe_cluster())["cluster_id"])
        self._consumer = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap_servers, group_id=None, enable_auto_commit=False
        )
        await self._consumer.start()
        return self._consumer

    async def _count_partitions(self) -> None:
        if self._admin:
            self._partitions = await broker.partitions(self._admin, self._topics)
            self._counted_at = time.monotonic()


async def lag(
    database: "asyncpg.Pool | Connection", cluster: str, ends: Mapping[Partition, int]
) -> dict[Partition, int]:
    """Records of each partition that no committed transaction has taken in."""
    rows = await database.fetch(POSITIONS, cluster)
    positions = {(row["topic"], row["partition"]): row["next_offset"] for row in rows}
    return {place: max(0, end - positions.get(place, 0)) for place, end in ends.items()}


async def stopped(database: "asyncpg.Pool | Connection") -> dict[Partition, str]:
    """The partitions that are not read on, since their log is not the one that was read: how it parts."""
    return {(row["topic"], row["partition"]): row["stopped"] for row in await database.fetch(STOPPED)}
