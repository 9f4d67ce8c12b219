"""The topics of a broker: created as they must be, and compared with how they must be."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaConnectionError, TopicAlreadyExistsError, for_code
from aiokafka.structs import TopicPartition

from events.errors import TenfoldError, Transient
from events.topics import Topic

VISIBLE_SECONDS = 30.0
"""A broker says that a topic exists before it knows so itself; usually for some milliseconds."""


@dataclass(frozen=True, slots=True)
class FoundTopic:
    """A topic as the broker has it, with the configuration that holds for it."""

    partitions: int
    config: Mapping[str, str]


@asynccontextmanager
async def admin(bootstrap_servers: str) -> AsyncIterator[AIOKafkaAdminClient]:
    """An admin client for as long as the block lasts.

    Raises:
        Transient: No broker answers there.
    """
    client = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers)
    try:
        await client.start()
    except KafkaConnectionError:
        raise Transient(f"no Kafka broker answers at {bootstrap_servers}") from None
    try:
        yield client
    finally:
        await client.close()


async def create(client: AIOKafkaAdminClient, wanted: Iterable[Topic], replication_factor: int = 1) -> list[str]:
    """Creates the topics that are missing and waits until they can be used; leaves the others as they are.

    Args:
        client: An admin client that is started.
        wanted: Topics as they must be.
        replication_factor: How many brokers hold each partition: 1 on one machine, 3 in production.

    Returns:
        Names of those created.
    """
    new = [NewTopic(each.name, each.partitions, replication_factor, topic_configs=dict(each.config)) for each in wanted]
    created = []
    response: Any = await client.create_topics(new)
    for name, code, *message in response.topic_errors:
        if code == 0:
            created.append(name)
        elif code != TopicAlreadyExistsError.errno:
            raise TenfoldError(f"the broker did not create {name}: {message or for_code(code).__name__}")
    await asyncio.wait_for(_until_led(client, set(created)), VISIBLE_SECONDS)
    return created


async def compared(client: AIOKafkaAdminClient, wanted: Sequence[Topic]) -> list[str]:
    """Compares the broker's topics with how they must be.

    Returns:
        A line for each difference; empty where there is none.
    """
    return list(differences(wanted, await _found(client, wanted)))


async def partition_counts(client: AIOKafkaAdminClient, names: Iterable[str]) -> dict[str, int]:
    """How many partitions each of these topics has now; a topic that is missing is left out."""
    wanted = set(names)
    return {
        each["topic"]: len(each["partitions"])
        for each in await client.describe_topics()
        if each["topic"] in wanted and not each["error_code"]
    }


async def partitions(client: AIOKafkaAdminClient, names: Iterable[str]) -> list[TopicPartition]:
    """Every partition that these topics have now, in order."""
    counts = await partition_counts(client, names)
    return [TopicPartition(name, number) for name, count in sorted(counts.items()) for number in range(count)]


def differences(wanted: Iterable[Topic], found: Mapping[str, FoundTopic]) -> Iterator[str]:
    """A line for each topic that is missing or not as it must be."""
    for topic in wanted:
        if topic.name not in found:
            yield f"{topic.name}: missing"
            continue
        has = found[topic.name]
        if has.partitions != topic.partitions:
            yield f"{topic.name}: {has.partitions} partitions, not {topic.partitions}"
        for key, value in topic.config.items():
            if has.config.get(key) != value:
                yield f"{topic.name}: {key}={has.config.get(key)}, not {value}"


async def _until_led(client: AIOKafkaAdminClient, names: set[str]) -> None:
    while names - await _led(client):
        await asyncio.sleep(0.02)


async def _led(client: AIOKafkaAdminClient) -> set[str]:
    """Names of the topics whose partitions all have a leader."""
    described = await client.describe_topics()
    return {
        topic["topic"]
        for topic in described
        if not topic["error_code"] and not any(each["error_code"] for each in topic["partitions"])
    }


async def _found(client: AIOKafkaAdminClient, wanted: Iterable[Topic]) -> dict[str, FoundTopic]:
    partitions = await partition_counts(client, [topic.name for topic in wanted])
    if not partitions:
        return {}
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in partitions]
    responses: list[Any] = await client.describe_configs(resources)
    configs = {
        name: {key: value for key, value, *_ in entries}
        for response in responses
        for _, _, _, name, entries in response.resources
    }
    return {name: FoundTopic(count, configs[name]) for name, count in partitions.items()}
