from events.topics import Topic, topics
from infra.kafka import topics as broker
from infra.settings import Settings


async def test_created_topics_are_as_they_must_be(stack: Settings) -> None:
    async with broker.admin(stack.kafka_bootstrap_servers) as client:
        assert await broker.compared(client, topics(stack.topic_prefix)) == []


async def test_creating_again_changes_nothing(stack: Settings) -> None:
    async with broker.admin(stack.kafka_bootstrap_servers) as client:
        assert await broker.create(client, topics(stack.topic_prefix)) == []


async def test_check_names_what_differs(stack: Settings) -> None:
    name = f"{stack.topic_prefix}odd"
    async with broker.admin(stack.kafka_bootstrap_servers) as client:
        await broker.create(client, [Topic(name, 2, {"retention.ms": "1000"})])
        try:
            wanted = [Topic(name, 3, {"retention.ms": "-1"}), Topic(f"{name}.absent", 1, {})]
            assert await broker.compared(client, wanted) == [
                f"{name}: 2 partitions, not 3",
                f"{name}: retention.ms=1000, not -1",
                f"{name}.absent: missing",
            ]
        finally:
            await client.delete_topics([name])
