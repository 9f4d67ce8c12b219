from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from events.catalog import AnyEvent
from events.codec import decode
from events.topics import topics
from infra.settings import Settings
from tests.integration.git import conftest as git_conftest

ReadLog = Callable[[str], Awaitable[list[AnyEvent]]]


@pytest.fixture(autouse=True)
def environment(stack: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """What commands read where the test's stack is."""
    for name in ("kafka_bootstrap_servers", "topic_prefix", "database_url"):
        monkeypatch.setenv(f"TENFOLD_{name.upper()}", str(getattr(stack, name)))
    return stack


@pytest.fixture
def read_log(environment: Settings) -> ReadLog:
    """Reads all events of a topic, as the worker would."""

    async def read(name: str) -> list[AnyEvent]:
        [topic] = [each for each in topics(environment.topic_prefix) if each.name == environment.topic_prefix + name]
        partitions = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
        async with AIOKafkaConsumer(bootstrap_servers=environment.kafka_bootstrap_servers) as consumer:
            consumer.assign(partitions)
            await consumer.seek_to_beginning(*partitions)
            left = sum((await consumer.end_offsets(partitions)).values())
            records: list[Any] = []
            while len(records) < left:
                for found in (await consumer.getmany(timeout_ms=1000)).values():
                    records += found
        return [
            decode(each.value, each.headers, datetime.fromtimestamp(each.timestamp / 1000, UTC)) for each in records
        ]

    return read


repository = git_conftest.repository
"""The fixture of a repository to be filled."""
