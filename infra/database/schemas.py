"""The database as a whole: its schemas, brought to what the code needs."""

from importlib.resources import files

import asyncpg

from projections.facts.migrations import FOR_READERS, LOCK, WAIT, migrate

READ_SCHEMA = "read_live"
SEARCH_PATH = f"{READ_SCHEMA},facts"
"""Of live connections: SQL itself names no schema."""
LET_IN = """
do $$
begin
  if to_regrole('tenfold_grafana') is null then
    create role tenfold_grafana login;
  end if;
  execute format('alter role tenfold_grafana password %L', current_setting('tenfold.password'));
  grant tenfold_dashboards to tenfold_grafana;
end $$"""
"""A password cannot be an argument of such a statement."""
READ_MODELS, DASHBOARDS = "read_models.sql", "dashboards.sql"
NEXT_SCHEMA = "read_next"
"""Where a rebuild makes read models."""
ONE_REBUILD_LOCK = 0x7465_6E66_6F6C_6403
"""Held while a rebuild runs: a second one would drop what the first one makes, and servers wait."""


async def prepare(url: str) -> None:
    """Migrates facts, makes the read models unless they are there, their views, and where sessions are kept.

    Safe to run at any time.
    """
    connection = await asyncpg.connect(url)
    try:
        await migrate(connection)
        await _make_read_models(connection)
        await _make_sessions(connection)
    finally:
        await connection.close()


async def let_dashboards_in(url: str, password: str) -> None:
    """Makes the login that dashboards use, or gives it this password; it reads numbers and no names."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
            await connection.execute("select set_config('tenfold.password', $1, true)", password)
            await connection.execute(LET_IN)
    finally:
        await connection.close()


async def _make_sessions(connection: asyncpg.Connection) -> None:
    async with connection.transaction():
        await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
        await connection.execute(files("infra.server").joinpath("sessions.sql").read_text("utf-8"))


async def _make_read_models(connection: asyncpg.Connection) -> None:
    async with connection.transaction():
        await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
        await connection.execute(WAIT, FOR_READERS)
        if await connection.fetchval("select pg_try_advisory_xact_lock($1)", ONE_REBUILD_LOCK):
            await connection.execute(f"drop schema if exists {NEXT_SCHEMA} cascade")  # an interrupted rebuild's
        missing = not await connection.fetchval("select to_regnamespace($1)", READ_SCHEMA)
        if missing:
            await connection.execute(f"create schema {READ_SCHEMA}")
        await connection.execute(f"set local search_path = {SEARCH_PATH}")
        for statements in (READ_MODELS, DASHBOARDS) if missing else (DASHBOARDS,):
            await connection.execute(files("projections.evaluation").joinpath(statements).read_text("utf-8"))
