"""PostgreSQL dies under a server and a worker, again and again: neither ends, and every number is right after."""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg
import httpx
import pytest

from infra.local.ports import own_ports
from infra.local.stack import LocalStack
from infra.settings import Settings
from streams.transient import is_transient
from tests.integration.server.test_loops import Clock, active, commits
from tests.integration.server.test_serve import serving
from tests.support.patience import PATIENCE_SECONDS
from tests.support.through_the_log import send, worker

PORTS = ("kafka_port", "controller_port", "postgres_port", "server_port", "worker_metrics_port")
DEATHS = ("tenfold-serve", "tenfold-worker", "tenfold-serve")
BACKEND = "select pid from pg_stat_activity where application_name = $1 order by random() limit 1"
DISK_IS_FULL = """
create function facts.is_full() returns trigger language plpgsql as $$
begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
create trigger is_full before insert or update on read_live.snapshot execute function facts.is_full()"""
"""As PostgreSQL says it where a file system has no room left."""


@pytest.fixture
async def own_stack() -> AsyncIterator[Settings]:
    """A stack of this test's own: killing a backend takes all of a PostgreSQL's connections with it."""
    folder = Path(tempfile.mkdtemp(prefix="tenfold-tests-"))
    folder.chmod(0o711)
    with own_ports(len(PORTS)) as ports:
        async with LocalStack(Settings.load(folder, **dict(zip(PORTS, ports, strict=True)))) as stack:
            yield stack.settings
    shutil.rmtree(folder)


async def asked(settings: Settings, query: str, *arguments: object) -> object:
    """What PostgreSQL answers, as soon as it does."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                connection = await asyncpg.connect(settings.database_url)
                try:
                    if (found := await connection.fetchval(query, *arguments)) is not None:
                        return found
                finally:
                    connection.terminate()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                if not is_transient(error):
                    raise
            await asyncio.sleep(0.05)


async def kill_a_backend_of(settings: Settings, program: str) -> None:
    """PostgreSQL then ends every connection and recovers from its log."""
    pid = await asked(settings, BACKEND, program)
    with suppress(ProcessLookupError):
        os.kill(int(str(pid)), signal.SIGKILL)


@asynccontextmanager
async def watched(client: httpx.AsyncClient) -> AsyncIterator[set[str]]:
    """What was ever said to be away, while the server is asked all the time whether it is alive."""
    away: set[str] = set()

    async def watch() -> None:
        while True:
            assert (await client.get("/healthz", timeout=2)).status_code == 200
            away.update((await client.get("/readyz")).json()["away_since"])
            assert (await client.get("/metrics")).status_code == 200
            await asyncio.sleep(0.02)

    watching = asyncio.create_task(watch())
    try:
        yield away
        assert not watching.done(), watching.exception()
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def says(client: httpx.AsyncClient, words: str) -> None:
    """Waits until a line is in the metrics."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while words not in (await client.get("/metrics")).text:
            await asyncio.sleep(0.05)


async def test_neither_server_nor_worker_ends_when_postgresql_does(own_stack: Settings, tmp_path: Path) -> None:
    work = commits(200, 200, Clock().now)
    async with worker(own_stack, tmp_path / "worker.log"), serving(own_stack) as client, watched(client) as away:
        for number, program in enumerate(DEATHS):
            await send(own_stack, work[number * 50 : number * 50 + 25])
            await kill_a_backend_of(own_stack, program)
            await send(own_stack, work[number * 50 + 25 : number * 50 + 50])
            await says(client, active(number * 50 + 50))
        assert away == {"PostgreSQL"}
        away.clear()
        connection = await asyncpg.connect(own_stack.database_url)
        await connection.execute(DISK_IS_FULL)
        await send(own_stack, work[150:])
        async with asyncio.timeout(PATIENCE_SECONDS):
            while "PostgreSQL" not in away:
                await asyncio.sleep(0.05)
        assert active(150) in (await client.get("/metrics")).text
        await connection.execute("drop trigger is_full on read_live.snapshot")
        await connection.close()
        await says(client, active(200))
