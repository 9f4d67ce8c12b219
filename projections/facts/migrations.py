"""The tables of facts, brought up to the newest version."""

from importlib.resources import files
from typing import Final

import asyncpg

MIGRATIONS: Final = ("tables.sql", "pseudonyms.sql", "responses.sql", "marks.sql", "batches.sql")
"""File names in the order in which they apply; the version is the place in this list. Never edit a released one."""

LOCK: Final = 0x74656E66_6F6C6400
"""Advisory lock of migrations ("tenfold" in ASCII), so that processes starting together do not race."""

WAIT: Final = "select set_config('lock_timeout', $1, true)"
FOR_READERS: Final = "60s"
"""Whoever waits for a table holds up all who come after: one who reads and does not end shall not stop everything."""

CREATE_SCHEMA: Final = "create schema if not exists facts"
USE_SCHEMA: Final = "set local search_path = facts"
CREATE_MIGRATION: Final = (
    "create table if not exists migration (version int primary key, at timestamptz not null default now())"
)
APPLIED: Final = "select coalesce(max(version), 0) from migration"
RECORD: Final = "insert into migration (version) values ($1)"


async def migrate(connection: asyncpg.Connection, newest: int = len(MIGRATIONS)) -> int:
    """Apply what is missing up to a version, in one transaction.

    Idempotent, and safe when several processes start at once.

    Returns:
        How many migrations were applied.

    Raises:
        asyncpg.LockNotAvailableError: somebody goes on reading a table that is to be changed.
    """
    async with connection.transaction():
        await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
        await connection.execute(WAIT, FOR_READERS)
        await connection.execute(CREATE_SCHEMA)
        await connection.execute(USE_SCHEMA)
        await connection.execute(CREATE_MIGRATION)
        applied = int(await connection.fetchval(APPLIED))
        for version, name in enumerate(MIGRATIONS[applied:newest], start=applied + 1):
            await connection.execute(files(__package__).joinpath(name).read_text("utf-8"))
            await connection.execute(RECORD, version)
    return max(0, newest - applied)
