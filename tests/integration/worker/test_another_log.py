"""A log that is not the one that was read: its topic stands still and says so, all others go on; there is a way on."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, RecordsToDelete
from aiokafka.structs import TopicPartition

from events.topics import topics
from infra.kafka import topics as broker
from infra.kafka.lag import LogEnds, lag, stopped
from infra.settings import Settings
from tests.support.broker import Broker, own_broker
from tests.support.records import value
from tests.support.through_the_log import SHARED
from tests.support.worker_process import applied, put, running, until

WITHIN_A_MINUTE = 60.0


@pytest.fixture
async def own(stack: Settings) -> AsyncIterator[tuple[Broker, Settings]]:
    async with own_broker(stack) as found:
        yield found


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


async def tenfold(settings: Settings, *arguments: str) -> tuple[int, str]:
    """Run a command as a person would; returns how it ended and what it printed."""
    told = {f"TENFOLD_{name.upper()}": str(getattr(settings, name)) for name in SHARED}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "infra", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=os.environ | told,
    )
    printed, _ = await process.communicate()
    return process.returncode or 0, printed.decode()


def values(first: int, end: int) -> list[bytes | None]:
    return [value(number) for number in range(first, end)]


def naming(number: int) -> bytes:
    return value(number, id=f"name/{number}", type="tenfold.person.named.v1", data={"name": "A"})


async def ids(database: asyncpg.Connection) -> set[str]:
    return {row["id"] for row in await database.fetch("select id from contribution_fact")}


async def has_stopped(database: asyncpg.Connection) -> bool:
    return bool(await stopped(database))


async def counts(database: asyncpg.Connection, table: str, wanted: int) -> bool:
    query = {
        "contribution_fact": "select count(*) from contribution_fact",
        "other_fact": "select count(*) from other_fact",
    }
    return int(await database.fetchval(query[table])) == wanted


async def test_a_log_that_went_back_while_it_was_read_passes_over_nothing(
    own: tuple[Broker, Settings], database: asyncpg.Connection, log: Path
) -> None:
    kafka, settings = own
    contributions = f"{settings.topic_prefix}contributions"
    async with running(settings, log) as worker:
        await put(settings, values(0, 200))
        await applied(database, 200)
        await kafka.kept("earlier")
        await put(settings, values(200, 500))
        await applied(database, 500)
        await kafka.brought_back("earlier", keep="later")
        await put(settings, values(500, 900))  # beyond all that was read, at offsets that were read already
        await until(lambda: has_stopped(database))
        assert {topic for topic, _ in await stopped(database)} == {contributions}

        await put(settings, [naming(1)], "people")
        await until(lambda: counts(database, "other_fact", 1))
        assert not await ids(database) & {f"commit/{number}" for number in range(500, 900)}

        code, said = await tenfold(settings, "log", "check")
        assert code == 1
        assert f"NOT READ ON (other_records): {contributions}" in said
        assert f"tenfold log follow {contributions}" in said
        code, said = await tenfold(settings, "status")
        assert (code, "see `tenfold log check`" in said) == (1, True)

        code, said = await tenfold(settings, "log", "follow", contributions)
        assert (code, "is read from where its log begins" in said) == (0, True)
        await until(lambda: counts(database, "contribution_fact", 900))
        assert await ids(database) == {f"commit/{number}" for number in range(900)}
        assert not await stopped(database)
        code, said = await tenfold(settings, "log", "check")
        assert (code, said.splitlines()[-1]) == (0, "the log is the one that was read")
        assert worker.returncode is None


async def test_the_right_log_is_read_on_as_soon_as_it_is_back(
    own: tuple[Broker, Settings], database: asyncpg.Connection, log: Path
) -> None:
    kafka, settings = own
    async with running(settings, log) as worker:
        await put(settings, values(0, 100))
        await applied(database, 100)
        await kafka.kept("earlier")
        await put(settings, values(100, 200))
        await applied(database, 200)
        await kafka.brought_back("earlier", keep="later")
        await until(lambda: has_stopped(database))  # nobody wrote anything: it is seen all the same
        assert set((await stopped(database)).values()) == {"went_back"}
        await kafka.brought_back("later")
        await put(settings, values(200, 300))
        await until(lambda: counts(database, "contribution_fact", 300))
        assert not await stopped(database)
        assert worker.returncode is None


async def test_a_topic_made_anew_is_another_log(stack: Settings, database: asyncpg.Connection, log: Path) -> None:
    contributions = f"{stack.topic_prefix}contributions"
    wanted = [topic for topic in topics(stack.topic_prefix) if topic.name == contributions]
    await put(stack, values(0, 100))
    async with running(stack, log):
        await applied(database, 100)
        async with broker.admin(stack.kafka_bootstrap_servers) as client:
            await client.delete_topics([contributions])
            await until(lambda: _is_gone(client, contributions))
            await broker.create(client, wanted)
        await put(stack, values(100, 300))
        await until(lambda: has_stopped(database))
    assert not await ids(database) & {f"commit/{number}" for number in range(100, 300)}


async def test_a_log_that_lost_what_was_not_read_says_so_and_one_that_lost_what_was_goes_on(
    stack: Settings, database: asyncpg.Connection, log: Path
) -> None:
    people = f"{stack.topic_prefix}people"
    await put(stack, [naming(number) for number in range(10)], "people")
    async with running(stack, log):
        await until(lambda: counts(database, "other_fact", 10))
    async with broker.admin(stack.kafka_bootstrap_servers) as client:
        await trimmed(client, people, 10)
    async with running(stack, log):
        await put(stack, [naming(10)], "people")
        await until(lambda: counts(database, "other_fact", 11))
    await put(stack, [naming(number) for number in range(11, 20)], "people")
    async with broker.admin(stack.kafka_bootstrap_servers) as client:
        await trimmed(client, people, 15)
    async with running(stack, log):
        await until(lambda: has_stopped(database))
        assert await stopped(database) == {(people, 0): "trimmed"}
        _, said = await tenfold(stack, "log", "check")
        assert "was read up to 11, and the log begins at 15" in said
        await tenfold(stack, "log", "follow", people)
        await until(lambda: counts(database, "other_fact", 16))


async def test_a_log_that_lost_its_beginning_before_anything_was_read_says_so(
    stack: Settings, database: asyncpg.Connection, log: Path
) -> None:
    people = f"{stack.topic_prefix}people"
    await put(stack, [naming(number) for number in range(10)], "people")
    async with broker.admin(stack.kafka_bootstrap_servers) as client:
        await trimmed(client, people, 5)
    async with running(stack, log):
        await until(lambda: has_stopped(database))
        assert await stopped(database) == {(people, 0): "trimmed"}
        await tenfold(stack, "log", "follow", people)
        await until(lambda: counts(database, "other_fact", 5))


async def test_a_worker_that_was_pointed_at_another_cluster_reads_on_when_it_is_pointed_back(
    stack: Settings, database: asyncpg.Connection, log: Path
) -> None:
    await put(stack, values(0, 100))
    async with running(stack, log):
        await applied(database, 100)
    right = await database.fetchval("select min(cluster) from log_position")
    await database.execute("update log_position set cluster = 'right'")  # what answers is another one from here on
    async with running(stack, log):
        await until(lambda: has_stopped(database))
        assert set((await stopped(database)).values()) == {"other_cluster"}
    await database.execute("update log_position set cluster = 'wrong' where cluster = $1", right)
    await database.execute("update log_position set cluster = $1 where cluster = 'right'", right)
    await put(stack, values(100, 200))
    async with running(stack, log):
        await until(lambda: counts(database, "contribution_fact", 200))
        assert not await stopped(database)


async def test_partitions_that_were_added_are_read_and_in_the_lag_within_a_minute(
    stack: Settings, database: asyncpg.Connection, log: Path
) -> None:
    contributions = f"{stack.topic_prefix}contributions"
    async with (
        running(stack, log),
        LogEnds(stack.kafka_bootstrap_servers, stack.topic_prefix) as ends,
        broker.admin(stack.kafka_bootstrap_servers) as client,
    ):
        await put(stack, values(0, 100))
        await applied(database, 100)
        assert len([place for place in await ends.read() if place[0] == contributions]) == 8
        await client.create_partitions({contributions: NewPartitions(12, [[1]] * 4)})
        await until(lambda: _are_led(client, contributions, 12))
        await put(stack, values(100, 1100))
        await until(lambda: counts(database, "contribution_fact", 1100), WITHIN_A_MINUTE)
        await until(lambda: _sees(ends, contributions, 12), WITHIN_A_MINUTE)
        now = await lag(database, ends.cluster, await ends.read())
        assert set(now.values()) == {0}
        assert len([place for place in now if place[0] == contributions]) == 12


async def trimmed(client: AIOKafkaAdminClient, topic: str, before: int) -> None:
    await client.delete_records({TopicPartition(topic, 0): RecordsToDelete(before_offset=before)})


async def _is_gone(client: AIOKafkaAdminClient, topic: str) -> bool:
    return topic not in await broker.partition_counts(client, [topic])


async def _are_led(client: AIOKafkaAdminClient, topic: str, count: int) -> bool:
    return (await broker.partition_counts(client, [topic])).get(topic) == count


async def _sees(ends: LogEnds, topic: str, count: int) -> bool:
    return len([place for place in await ends.read() if place[0] == topic]) == count
