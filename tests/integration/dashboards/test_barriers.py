"""What a view leaves out, nobody reads through it: not with a function in a condition that is looked at first."""

import shutil
import uuid
from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from infra.database.schemas import let_dashboards_in
from tests.integration.dashboards.filled import Filled

pytestmark = [
    pytest.mark.skipif(not shutil.which("promtool"), reason="Prometheus is not installed"),
    pytest.mark.asyncio(loop_scope="session"),
]
LEAK = """
create function pg_temp.leak(text) returns boolean language plpgsql cost 0.0001 as
$$ begin raise notice '%', $1; return true; end $$"""
"""Cheap, so that it is asked before anything that the view asks."""


@pytest_asyncio.fixture(loop_scope="session")
async def login(filled: Filled) -> AsyncIterator[asyncpg.Connection]:
    url, password = filled.settings.database_url, uuid.uuid4().hex
    await let_dashboards_in(url, password)
    connection = await asyncpg.connect(url, user="tenfold_grafana", password=password)
    await connection.execute("set search_path to read_live")
    await connection.execute(LEAK)
    yield connection
    await connection.close()


async def leaked(login: asyncpg.Connection, asked: str) -> set[str]:
    """What a function in a condition on what is asked for is shown."""
    heard: set[str] = set()
    login.add_log_listener(lambda _, message: heard.add(message.message))
    await login.fetch(f"{asked} where pg_temp.leak({asked.split()[1]})")
    return heard


@pytest.mark.parametrize(
    "asked", ["select url from recorded", "select kind from recorded", "select what from role_told"]
)
async def test_a_condition_sees_no_row_that_a_view_leaves_out(login: asyncpg.Connection, asked: str) -> None:
    shown = {row[0] for row in await login.fetch(asked)}
    assert shown
    assert await leaked(login, asked) <= shown


async def test_every_view_of_dashboards_is_a_barrier(filled: Filled) -> None:
    open_ones = await filled.connection.fetch(
        "select relname from pg_class where relkind = 'v' and relnamespace = 'read_live'::regnamespace"
        " and not coalesce('security_barrier=true' = any(reloptions), false)"
    )
    assert open_ones == []
