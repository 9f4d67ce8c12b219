"""The worker as a process: every fate a record can have, and everything around it going away."""

import asyncio
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import psutil
import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import MessageSizeTooLargeError

from events.errors import Reason
from infra.local.ports import own_ports
from infra.local.stack import LocalStack
from infra.settings import Settings
from tests.integration.worker.proxy import proxy
from tests.support.patience import PATIENCE_SECONDS
from tests.support.records import facts_of, value
from tests.support.worker_process import applied, metrics, put, read_all, running, until

POLICY = "[communities.project]\n"

AHEAD = "2999-01-01T00:00:00Z"

BAD: dict[Reason, list[bytes | None]] = {
    Reason.NOT_JSON: [b"{", value(1).replace(b'"kind":"commit"', b'"kind":NaN')],
    Reason.NOT_UTF8: [b'{"a":"\xff"}'],
    Reason.NULL_VALUE: [None],
    Reason.NOT_CLOUDEVENT: [value(1, subject=None)],
    Reason.UNKNOWN_TYPE: [value(1, type="tenfold.nothing.happened.v1")],
    Reason.FUTURE_VERSION: [value(1, type="tenfold.contribution.recorded.v9")],
    Reason.TIME_IN_FUTURE: [value(1, time=AHEAD)],
    Reason.TIME_TOO_OLD: [value(1, time="1960-01-01T00:00:00Z")],
    Reason.NUL_CHARACTER: [value(1, id="a\0b")],
    Reason.TOO_LARGE: [value(1, id="x" * 300 * 1024)],
    Reason.TOO_DEEP: [b"[" * 100_000],
    Reason.UNKNOWN_COMMUNITY: [value(1, community="elsewhere")],
    Reason.CONFLICTING_DUPLICATE: [value(1, subject="email:somebody.else@example.org")],
}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


@pytest.fixture
def port() -> Iterator[int]:
    """One at which nobody listens yet."""
    with own_ports(1) as (found,):
        yield found


@pytest.fixture
def settings(stack: Settings, tmp_path: Path) -> Settings:
    policy = tmp_path / "policy.toml"
    policy.write_text(POLICY)
    return stack.model_copy(update={"policy_file": policy})


@pytest.fixture
async def own_stack() -> AsyncIterator[Settings]:
    """A stack of this test's own, whose supervisor runs beside it and brings back what was killed."""
    folder = Path(tempfile.mkdtemp(prefix="tenfold-tests-"))
    folder.chmod(0o711)
    names = ("kafka_port", "controller_port", "postgres_port", "worker_metrics_port")
    with own_ports(len(names)) as ports:
        async with LocalStack(Settings.load(folder, **dict(zip(names, ports, strict=True)))) as stack:
            yield stack.settings
    shutil.rmtree(folder)


async def test_every_record_has_its_fate_and_work_goes_on(
    settings: Settings, database: asyncpg.Connection, log: Path
) -> None:
    whole = value(3)
    snapshot = [whole[:60], whole[60:120], whole[120:]]
    bad = [(reason, each) for reason, values in BAD.items() for each in values]
    bad += [(Reason.NOT_JSON, part) for part in snapshot]
    await put(settings, [value(1)])
    async with running(settings, log, TENFOLD_POLICY_FILE=str(settings.policy_file)):
        await applied(database, 1)
        with pytest.raises(MessageSizeTooLargeError):
            await put_unbounded(settings, b"x" * 10_000_000)
        for number, (_, each) in enumerate(bad):
            await put(settings, [value(1000 + number), each, value(1)])
        await applied(database, 1 + 3 * len(bad))
        told = metrics(settings)

    refused = await database.fetch("select * from dead_letter")
    assert Counter(row["reason"] for row in refused) == Counter(reason for reason, _ in bad)
    assert len(await facts_of(database)) == 1 + len(bad)
    letters = await read_all(settings, "dead-letters")
    assert Counter(letter.value for letter in letters) == Counter(each for _, each in bad)
    for letter in letters:
        said = dict(letter.headers)
        assert said["content-type"] == b"application/cloudevents+json; charset=UTF-8"
        origin = said["tenfold-topic"].decode(), int(said["tenfold-partition"]), int(said["tenfold-offset"])
        (row,) = (row for row in refused if (row["topic"], row["partition"], row["offset"]) == origin)
        assert said["tenfold-reason"].decode() == row["reason"]
    assert told["tenfold_events_applied_total"] == 1 + len(bad)
    assert told["tenfold_events_duplicate_total"] == len(bad)
    assert {reason: told[f"tenfold_events_rejected_total{{{reason}}}"] for reason in Reason} == {
        reason: Counter(reason for reason, _ in bad)[reason] for reason in Reason
    }


async def test_a_database_that_goes_away_is_waited_for(
    settings: Settings, database: asyncpg.Connection, log: Path, port: int
) -> None:
    url = urlsplit(settings.database_url)
    through = url._replace(netloc=f"{url.username}:{url.password}@127.0.0.1:{port}").geturl()
    far = settings.model_copy(update={"database_url": through})
    await put(settings, [value(number) for number in range(100)])
    async with running(far, log) as process:
        async with proxy(port, url.port or 5432):
            await applied(database, 100)
        await put(settings, [value(number) for number in range(100, 300)])
        await until(lambda: _logged(log, "Waiting what="))
        assert await database.fetchval("select count(*) from contribution_fact") == 100
        async with proxy(port, url.port or 5432):
            await applied(database, 300)
        assert process.returncode is None
    assert len(await facts_of(database)) == 300


async def test_a_broker_that_goes_away_is_waited_for(own_stack: Settings, log: Path) -> None:
    database = await asyncpg.connect(own_stack.database_url, server_settings={"search_path": "facts"})
    await put(own_stack, [value(number) for number in range(100)])
    async with running(own_stack, log) as process:
        await applied(database, 100)
        (broker,) = (child for child in psutil.Process().children() if is_broker(child, own_stack))
        broker.kill()
        await put(own_stack, [value(number) for number in range(100, 300)])
        await applied(database, 300)
        assert process.returncode is None
    assert len(await facts_of(database)) == 300
    await database.close()


async def test_a_worker_waits_for_a_broker_that_is_not_there_yet(stack: Settings, log: Path, port: int) -> None:
    nowhere = stack.model_copy(update={"kafka_bootstrap_servers": f"127.0.0.1:{port}"})
    async with running(nowhere, log) as process:
        await until(lambda: _logged(log, "Starting anew"))
        assert process.returncode is None


async def test_a_bug_ends_the_worker_and_loses_nothing(
    settings: Settings, database: asyncpg.Connection, log: Path
) -> None:
    await put(settings, [value(1)])
    async with running(settings, log) as process:
        await applied(database, 1)
        await database.execute("alter table contribution_fact rename to elsewhere")
        await put(settings, [value(2), value(3)])
        assert await asyncio.wait_for(process.wait(), PATIENCE_SECONDS) not in (0, None)
    await database.execute("alter table elsewhere rename to contribution_fact")
    async with running(settings, log):
        await applied(database, 3)
    assert len(await facts_of(database)) == 3


async def test_an_idle_worker_notices_that_the_log_is_to_be_read_anew_and_forgets_what_it_knew(
    settings: Settings, database: asyncpg.Connection, log: Path
) -> None:
    values = [value(number) for number in range(500)]
    await put(settings, values)
    async with running(settings, log) as process:
        await applied(database, 500)
        await database.execute("truncate contribution_fact, identity, source, log_position cascade")
        await until(lambda: _logged(log, "Reading anew"))
        await applied(database, 500)
        assert process.returncode is None
    assert len(await facts_of(database)) == 500
    assert "Traceback" not in log.read_text()
    dangling = "select count(*) from contribution_fact where identity not in (select id from identity)"
    assert await database.fetchval(dangling) == 0


async def test_the_groups_offsets_follow_and_sigterm_ends_it_cleanly(
    settings: Settings, database: asyncpg.Connection, log: Path
) -> None:
    await put(settings, [value(number) for number in range(1000)])
    async with running(settings, log) as process:
        await applied(database, 1000)
        await until(lambda: _committed(settings, 1000))
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), PATIENCE_SECONDS) == 0
    assert "Traceback" not in log.read_text()


def is_broker(child: psutil.Process, stack: Settings) -> bool:
    command = " ".join(child.cmdline())
    return "kafka.Kafka" in command and str(stack.data_dir) in command


async def put_unbounded(settings: Settings, large: bytes) -> None:
    async with AIOKafkaProducer(
        bootstrap_servers=settings.kafka_bootstrap_servers, max_request_size=20_000_000
    ) as producer:
        await producer.send_and_wait(f"{settings.topic_prefix}contributions", large)


async def _logged(log: Path, text: str) -> bool:
    return log.exists() and text in log.read_text()


async def _committed(settings: Settings, records: int) -> bool:
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap_servers)
    await admin.start()
    try:
        offsets = await admin.list_consumer_group_offsets(settings.consumer_group)
    finally:
        await admin.close()
    return sum(max(each.offset, 0) for each in offsets.values()) == records
