"""Whatever a broker may hold: a real worker applies it or sets it aside, in bounded memory, and goes on."""

import gzip
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import psutil
import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import NotLeaderForPartitionError
from aiokafka.protocol.produce import ProduceRequest
from aiokafka.structs import TopicPartition

from events.codec import encode
from events.contributions import ContributionRecorded
from infra.local.stack import LocalStack
from infra.settings import Settings
from streams.cut import CUT_BYTES, KEPT_BYTES
from streams.record_batches import batches
from tests.support.raw_batches import (
    ATTRIBUTES_AT,
    ESCAPED,
    GZIP,
    RECORDS_AT,
    UNKNOWN,
    of_many_headers,
    raw_batch,
    sealed,
)
from tests.support.records import CONTENT, POISON, value
from tests.support.worker_process import POSITION, applied, put, read_all, running, until

LETTERS = 'select topic, partition, "offset", reason, detail from dead_letter order by partition, "offset"'
MEBIBYTE = 1024 * 1024


@pytest.fixture
def topic(stack: Settings) -> str:
    return f"{stack.topic_prefix}contributions"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


async def produced(settings: Settings, data: bytes, partition: int = 0) -> None:
    """Hand a batch to the broker byte by byte."""
    topic = f"{settings.topic_prefix}contributions"
    async with AIOKafkaProducer(bootstrap_servers=settings.kafka_bootstrap_servers) as producer:
        await producer.partitions_for(topic)
        leader = producer.client.cluster.leader_for_partition(TopicPartition(topic, partition))

        async def is_taken() -> bool:
            request = ProduceRequest(None, -1, 10_000, [(topic, [(partition, data)])])
            response = await producer.client.send(leader, request)
            [(_, [(_, error, *_)])] = response.topics
            assert error in (0, NotLeaderForPartitionError.errno)  # a topic that was just made
            return bool(error == 0)

        await until(is_taken)


@asynccontextmanager
async def transactional(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    async with AIOKafkaProducer(
        bootstrap_servers=settings.kafka_bootstrap_servers, transactional_id=settings.topic_prefix
    ) as producer:
        yield producer


async def sent(producer: AIOKafkaProducer, topic: str, numbers: Sequence[int], *, aborted: bool = False) -> None:
    """One transaction in partition 0."""
    await producer.begin_transaction()
    for number in numbers:
        await producer.send(topic, value(number), key=b"k", partition=0, headers=[CONTENT])
    await (producer.abort_transaction() if aborted else producer.commit_transaction())


async def ids(database: asyncpg.Connection) -> set[str]:
    return {row["id"] for row in await database.fetch("select id from contribution_fact")}


def commits(*numbers: int) -> set[str]:
    return {f"commit/{number}" for number in numbers}


@pytest.mark.parametrize("codec", ["gzip", "snappy", "lz4", "zstd"])
async def test_every_codec_is_read(
    stack: Settings, database: asyncpg.Connection, log: Path, topic: str, codec: str
) -> None:
    async with AIOKafkaProducer(
        bootstrap_servers=stack.kafka_bootstrap_servers, compression_type=codec, linger_ms=50
    ) as producer:
        for number in range(300):
            await producer.send(topic, value(number), key=b"%d" % number, headers=[CONTENT])
    async with running(stack, log):
        await applied(database, 300)
    assert await ids(database) == commits(*range(300))


async def test_odd_header_keys_are_read_also_in_the_first_record(
    stack: Settings, database: asyncpg.Connection, log: Path
) -> None:
    await produced(stack, raw_batch([value(100), b"{", value(101)], odd={0, 1}))
    async with running(stack, log):
        await applied(database, 3)
    async with running(stack, log):  # which looks at what was read last
        await put(stack, [value(number) for number in range(90)])
        await produced(stack, raw_batch([value(102)], odd={0}, codec=GZIP))
        await applied(database, 94)
    assert await ids(database) == commits(*range(90), 100, 101, 102)
    [letter] = await read_all(stack, "dead-letters")
    assert (letter.value, dict(letter.headers)[ESCAPED]) == (b"{", b"x")


async def test_batches_that_cannot_be_read_are_set_aside_by_their_offsets(
    stack: Settings, local_stack: LocalStack, database: asyncpg.Connection, log: Path, topic: str
) -> None:
    parts = [raw_batch([value(first + each) for each in range(10)]) for first in (0, 10, 20, 30)]
    for part in parts:
        await produced(stack, part)
    spoil(local_stack, topic, [1, 2])
    async with running(stack, log):
        await applied(database, 40)
        await put(stack, [value(number) for number in range(100, 110)])
        await applied(database, 50)
    assert await ids(database) == commits(*range(10), *range(30, 40), *range(100, 110))
    rows = [tuple(row)[1:] for row in await database.fetch(LETTERS)]
    assert rows == [
        (0, 10, "unreadable", "offsets 10 to 19: its checksum is wrong"),
        (0, 20, "unreadable", f"offsets 20 to 29: compressed with codec {UNKNOWN}, which is unknown"),
    ]
    letters = await read_all(stack, "dead-letters")
    assert [letter.value for letter in letters if letter.value] == on_disk(local_stack, topic)[1:3]


def log_file(stack: LocalStack, topic: str) -> Path:
    (found,) = stack.settings.data_dir.glob(f"kafka/topics/{topic}-0/*.log")
    return found


def on_disk(stack: LocalStack, topic: str) -> list[bytes]:
    """The batches of a topic's first partition as they lie on the broker's disk."""
    return [bytes(batch.data) for batch in batches(log_file(stack, topic).read_bytes())]


def spoil(stack: LocalStack, topic: str, places: Sequence[int]) -> None:
    """Damage the first of these batches where they lie, and give the second a codec that nobody knows."""
    whole = on_disk(stack, topic)
    damaged, unknown = places
    whole[damaged] = whole[damaged][:-1] + b"\x00"
    changed = bytearray(whole[unknown])
    changed[ATTRIBUTES_AT + 1] |= UNKNOWN
    whole[unknown] = sealed(bytes(changed))
    with log_file(stack, topic).open("r+b") as file:
        file.write(b"".join(whole))


async def test_a_timestamp_that_is_no_time_is_refused_where_senders_set_it(
    stack: Settings, database: asyncpg.Connection, log: Path, topic: str
) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=stack.kafka_bootstrap_servers)
    await admin.start()
    config = {"message.timestamp.type": "CreateTime", "message.timestamp.after.max.ms": str(2**63 - 1)}
    await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, configs=config)])
    await admin.close()
    told = encode(ContributionRecorded.model_validate_json(value(1)))
    headers, sent_ = [("content-type", b"application/json"), *binary()], 0
    async with AIOKafkaProducer(bootstrap_servers=stack.kafka_bootstrap_servers) as producer:

        async def is_kept() -> bool:
            nonlocal sent_
            sent_ += 1
            there = await producer.send_and_wait(topic, told.value, headers=headers, timestamp_ms=2**62)
            return bool(there.timestamp_type == 0)

        await until(is_kept)  # the broker follows a topic's new configuration a moment later
    async with running(stack, log):
        await applied(database, sent_)
        await put(stack, [value(2)])
        await applied(database, sent_ + 1)
    assert {row["reason"] for row in await database.fetch(LETTERS)} >= {"no_timestamp"}
    assert "commit/2" in await ids(database)


def binary() -> list[tuple[str, bytes]]:
    """The attributes of an event as headers."""
    names = {"specversion": "1.0", "id": "1", "source": "s", "type": "tenfold.contribution.recorded.v1"}
    return [(f"ce_{name}", said.encode()) for name, said in names.items()]


async def test_a_record_that_grew_is_set_aside_cut_in_bounded_memory(
    stack: Settings, database: asyncpg.Connection, log: Path
) -> None:
    small, large = b"x" * (5 * MEBIBYTE // 2), bytes(100 * MEBIBYTE)
    async with running(stack, log) as process:
        await put(stack, [value(number) for number in range(100)])
        await applied(database, 100)
        worker = psutil.Process(process.pid)
        before = worker.memory_info().rss
        await produced(stack, raw_batch([value(1000), small, value(1001)], codec=GZIP))
        await produced(stack, raw_batch([large], codec=GZIP))
        await applied(database, 104)
        await put(stack, [value(number) for number in range(100, 200)])
        await applied(database, 204)
        assert worker.memory_info().rss - before < 120 * MEBIBYTE
    assert await ids(database) == commits(*range(200), 1000, 1001)
    assert [row["reason"] for row in await database.fetch(LETTERS)] == ["too_large", "unreadable"]
    cut, whole = await read_all(stack, "dead-letters")
    assert (cut.value, dict(cut.headers)[CUT_BYTES]) == (small[:KEPT_BYTES], str(len(small)).encode())
    assert len(gzip.decompress((whole.value or b"")[RECORDS_AT:])) > len(large)


async def test_a_record_of_millions_of_headers_is_set_aside_in_bounded_memory(
    stack: Settings, database: asyncpg.Connection, log: Path
) -> None:
    async with running(stack, log) as process:
        await put(stack, [value(number) for number in range(100)])
        await applied(database, 100)
        worker = psutil.Process(process.pid)
        before = worker.memory_info().rss
        await produced(stack, of_many_headers(700_000))
        await produced(stack, of_many_headers(8_000_000))
        await applied(database, 102)
        assert worker.memory_info().rss - before < 200 * MEBIBYTE
    assert [row["reason"] for row in await database.fetch(LETTERS)] == ["too_large", "too_large"]
    assert len(await read_all(stack, "dead-letters")) == 2


async def test_every_refused_record_is_in_the_topic_whatever_their_sizes(
    stack: Settings, database: asyncpg.Connection, log: Path
) -> None:
    chance = random.Random(11)  # noqa: S311 - the same in every run
    sizes = [chance.choice([0, 10, 1_000, 100_000, 127_000, 300_000, 1_000_000]) for _ in range(60)]
    poison = [POISON[0] + b"x" * size for size in sizes]
    async with running(stack, log):
        await put(stack, poison)
        await applied(database, len(poison))
    assert len(await database.fetch(LETTERS)) == len(poison)
    letters = await read_all(stack, "dead-letters")
    assert sorted(letter.value or b"" for letter in letters) == sorted(poison)


async def test_only_what_was_committed_is_applied(
    stack: Settings, database: asyncpg.Connection, log: Path, topic: str
) -> None:
    async with transactional(stack) as producer:
        await sent(producer, topic, range(50), aborted=True)
        async with running(stack, log):  # over a partition of records that were taken back alone
            await until(lambda: _reaches(database, 51))
            await sent(producer, topic, range(100, 150))
            await sent(producer, topic, range(200, 250), aborted=True)
            await put(stack, [value(number) for number in range(300, 310)])
            await sent(producer, topic, range(400, 410))
            await until(lambda: _reaches(database, 51 + 51 + 51 + 10 + 11))
    assert await ids(database) == commits(*range(100, 150), *range(300, 310), *range(400, 410))


async def _reaches(database: asyncpg.Connection, offset: int) -> bool:
    return int(await database.fetchval(POSITION)) == offset
