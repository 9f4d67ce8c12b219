"""A dump of the whole database is restored as the operator's page says: the same numbers, and on with the log."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import numpy as np
import pytest

from infra.commands.migrate import migrate
from infra.local import postgres
from infra.local.data_folder import DataFolder
from infra.local.ports import own_ports
from infra.local.supervisor import Supervisor
from infra.server.state import State
from infra.settings import Settings
from projections.policy.policy import Policy
from tests.integration.commands.test_restoring_pseudonyms import run
from tests.integration.server.test_loops import Clock, active, commits, looping, until
from tests.integration.worker.proxy import proxy
from tests.support.through_the_log import all_applied, history_of, send, worker

BURN_IDS = "do $$ begin for n in 1..3000 loop perform pg_current_xact_id(); commit; end loop; end $$"


@pytest.fixture
async def other_cluster(environment: Settings, stack_folder: Path) -> AsyncIterator[str]:
    """Another PostgreSQL with few transactions, which has an empty database of the same name, user and password."""
    supervisor, wanted = Supervisor(), urlsplit(environment.database_url)
    with own_ports(1) as [port]:
        folder = DataFolder(stack_folder / "other")
        folder.path.mkdir()
        server = await asyncio.to_thread(postgres.installed, folder, port, None)
        await asyncio.to_thread(server.prepare)
        await supervisor.start(server.child())
        administrator = await asyncpg.connect(server.url.rpartition("/")[0] + "/postgres")
        await administrator.execute(f"create database {wanted.path[1:]}")
        await administrator.execute(f"alter role {wanted.username} password '{wanted.password}'")
        await administrator.close()
        yield at(environment, port).database_url
        await supervisor.stop()


@pytest.fixture
async def front(environment: Settings) -> AsyncIterator[Settings]:
    """The database as it is reached by its service's name, whichever cluster serves it."""
    with own_ports(1) as [port]:
        yield at(environment, port)


def at(settings: Settings, port: int) -> Settings:
    where = urlsplit(settings.database_url)
    there = where._replace(netloc=f"{where.username}:{where.password}@127.0.0.1:{port}")
    return settings.model_copy(update={"database_url": there.geturl()})


def port_of(url: str) -> int:
    return urlsplit(url).port or 5432


async def restored(url: str, dump: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await run("pg_restore", "--no-owner", "--no-privileges", f"--dbname={url}", dump)
    monkeypatch.setenv("TENFOLD_DATABASE_URL", url)
    await migrate()


async def counts_what_the_facts_say(settings: Settings, state: State) -> None:
    """What is shown is what somebody counts who reads all facts for the first time."""
    shown = state.communities["test"].history
    counted = await history_of(settings, "test", Policy(), shown.last_day)
    assert shown.series.keys() == counted.series.keys()
    for key, values in counted.series.items():
        np.testing.assert_allclose(shown.series[key], values, err_msg=str(key))


async def test_in_another_cluster_all_is_counted_once_and_the_log_goes_on(
    environment: Settings,
    front: Settings,
    database: asyncpg.Connection,
    other_cluster: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    clock, dump = Clock(), str(tmp_path / "tenfold.dump")
    await database.execute(BURN_IDS)
    async with looping(front, clock) as state:
        async with (
            proxy(port_of(front.database_url), port_of(environment.database_url)),
            worker(front, tmp_path / "worker.log"),
        ):
            await send(environment, commits(20, 7, clock.now))
            await until(state, active(7))
            await run("pg_dump", "--format=custom", f"--file={dump}", environment.database_url)
            await send(environment, commits(30, 9, clock.now)[20:])
            await until(state, active(9))
        await restored(other_cluster, dump, monkeypatch)
        async with proxy(port_of(front.database_url), port_of(other_cluster)):
            await until(state, active(7))
            async with looping(front, clock) as newcomer, worker(front, tmp_path / "again.log"):
                await all_applied(front)
                await send(environment, commits(41, 41, clock.now)[40:])
                for each in (state, newcomer):
                    await until(each, active(10))
                    await counts_what_the_facts_say(front, each)
