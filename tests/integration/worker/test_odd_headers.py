"""A record with a header key that is not UTF-8, in real Kafka, does not stop a real worker."""

from pathlib import Path

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.protocol.produce import ProduceRequest
from aiokafka.structs import TopicPartition

from infra.settings import Settings
from tests.odd_batches import ESCAPED, odd_batch
from tests.records import value
from tests.worker_process import applied, put, read_all, running


async def produced(settings: Settings, topic: str, data: bytes) -> None:
    """Hand a batch to the broker byte by byte."""
    async with AIOKafkaProducer(bootstrap_servers=settings.kafka_bootstrap_servers) as producer:
        await producer.partitions_for(topic)
        leader = producer.client.cluster.leader_for_partition(TopicPartition(topic, 0))
        request = ProduceRequest(None, -1, 10_000, [(topic, [(0, data)])])
        response = await producer.client.send(leader, request)
        [(_, [(_, error, *_)])] = response.topics
        assert error == 0


async def test_records_with_odd_header_keys_are_applied_or_set_aside_and_work_goes_on(
    stack: Settings, database: asyncpg.Connection, tmp_path: Path
) -> None:
    topic = f"{stack.topic_prefix}contributions"
    await put(stack, [value(number) for number in range(50)])
    await produced(stack, topic, odd_batch([value(100), b"{", value(101)], {0, 1}))
    async with running(stack, tmp_path / "worker.log"):
        await applied(database, 53)
        await put(stack, [value(number) for number in range(50, 90)])
        await produced(stack, topic, odd_batch([value(102)], {0}, compressed=True))
        await applied(database, 94)
    ids = {row["id"] for row in await database.fetch("select id from contribution_fact")}
    assert ids == {f"commit/{number}" for number in (*range(90), 100, 101, 102)}
    assert (tmp_path / "worker.log").read_text().count("are read escaped") >= 2
    [letter] = await read_all(stack, "dead-letters")
    assert (letter.value, dict(letter.headers)[ESCAPED]) == (b"{", b"x")
