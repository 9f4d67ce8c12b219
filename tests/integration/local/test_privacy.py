"""What a local stack keeps is for its own user, and PostgreSQL's log says nothing of what is stored or asked."""

from __future__ import annotations

import asyncio
import os
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import asyncpg
import pytest

from infra.database import schemas as database
from infra.database.rebuild import only_one, rebuild_read_models
from infra.local import postgres
from infra.local.data_folder import DataFolder
from infra.local.ports import own_ports
from infra.local.supervisor import Supervisor
from infra.settings import Settings
from projections.policy.policy import Policy
from tests.support.records import value
from tests.support.worker_process import applied, put, running

if TYPE_CHECKING:
    from infra.local.stack import LocalStack

SECRET = "ada.lovelace@example.org"
OWNER, PASSWORD, DASHBOARDS = "gardener", "it's the owner's", "it's of dashboards"
SCRIPT = Path(__file__).parents[3] / "infra/database/initdb/owner.sql"
PEOPLE = "create temporary table person (address text primary key, age int check (age < 200))"
STATEMENTS = [
    "insert into person values ('SECRET', 1), ('SECRET', 2)",
    "insert into person values ('SECRET', 300)",
    "select 'SECRET'::int",
    "do $$ begin raise exception 'no % here', 'SECRET'; end $$",
    "do $$ begin raise warning 'no % here', 'SECRET'; end $$",
    "select pg_sleep(1.1), 'SECRET'",
    "this is no statement of SECRET",
]
"""Wrong, or slow, each in its own way."""


async def test_postgresql_s_log_holds_no_values(local_stack: LocalStack) -> None:
    connection = await asyncpg.connect(local_stack.settings.database_url)
    try:
        await connection.execute(PEOPLE)
        for statement in STATEMENTS:
            with suppress(asyncpg.PostgresError):
                await connection.execute(statement.replace("SECRET", SECRET))
        with suppress(asyncpg.PostgresError):
            await connection.execute("select $1::text::int", SECRET)
        with suppress(asyncpg.PostgresError):
            await connection.copy_records_to_table("person", records=[(SECRET, 1), (SECRET, 2)])
    finally:
        await connection.close()
    logged = (local_stack.folder / "log/postgres.log").read_text()
    assert "ready to accept connections" in logged
    assert [line for line in logged.splitlines() if SECRET in line or "STATEMENT" in line] == []


async def test_kafka_s_folder_is_for_its_user_alone(local_stack: LocalStack) -> None:
    folder = local_stack.folder / "kafka"
    found = dict(_still_there(Path(parent, name) for parent, _, files in os.walk(folder) for name in [".", *files]))
    assert len(found) > 20
    assert [path for path, told in found.items() if told.st_mode & 0o077 or told.st_uid != os.geteuid()] == []


def _still_there(paths: Iterable[Path]) -> Iterator[tuple[Path, os.stat_result]]:
    """What the paths are, but for those that the broker deletes meanwhile (topics of other tests)."""
    for path in paths:
        with suppress(FileNotFoundError):
            yield path, path.lstat()


@pytest.fixture
async def owned(stack: Settings) -> AsyncIterator[Settings]:
    """A database whose owner was made as the compose file has it made: by that script, through psql."""
    with tempfile.TemporaryDirectory(prefix="tenfold-owned-") as name, own_ports(1) as (port,):
        Path(name).chmod(0o711)
        server, supervisor = postgres.installed(DataFolder(Path(name)), port, None), Supervisor()
        server.prepare()
        try:
            await supervisor.start(server.child())
            await server.create_database()
            await asyncio.to_thread(_run_script, server)
            url = f"postgresql://{OWNER}:{quote(PASSWORD)}@{server.url.partition('@')[2]}"
            yield stack.model_copy(update={"database_url": url})
        finally:
            await supervisor.stop()


def _run_script(server: postgres.Postgres) -> None:
    environment = os.environ | {"DATABASE_OWNER": OWNER, "DATABASE_OWNER_PASSWORD": PASSWORD}
    psql = (server.bin_dir / "psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1", f"--file={SCRIPT}", server.url)
    subprocess.run(psql, check=True, env=environment, capture_output=True)


async def test_all_that_tenfold_does_its_owner_may_do_who_is_no_superuser(
    stack: Settings, owned: Settings, tmp_path: Path
) -> None:
    await database.prepare(owned.database_url)
    await database.let_dashboards_in(owned.database_url, DASHBOARDS)
    connection = await asyncpg.connect(owned.database_url, server_settings={"search_path": database.SEARCH_PATH})
    try:
        assert not await connection.fetchval("select rolsuper from pg_roles where rolname = current_user")
        async with running(owned, tmp_path / "worker.log"):
            await put(stack, [value(number) for number in range(40)])
            await applied(connection, 40)
        async with only_one(connection):
            assert await rebuild_read_models(connection, owned, Policy()) == ["project"]
    finally:
        await connection.close()
    place = owned.database_url.partition("@")[2]
    reader = await asyncpg.connect(f"postgresql://tenfold_grafana:{quote(DASHBOARDS)}@{place}")
    try:
        assert await reader.fetchval("select count(*) from read_live.history_day")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await reader.fetch("select * from facts.contribution_fact")
    finally:
        await reader.close()
