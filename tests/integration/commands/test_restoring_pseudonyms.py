"""Who is behind a pseudonym is in the database alone: dumped and restored as the operator's page says, it is back."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE
from typing import TYPE_CHECKING

import asyncpg
import pytest

from infra.commands import people
from infra.commands.migrate import migrate
from infra.local import postgres

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from infra.settings import Settings

ADA, GRACE = "email:ada@example.org", "git-name:Grace"
KNOWN = "select identity, handle, name from private.pseudonym order by 1"


@pytest.fixture
async def new_database(stack: Settings) -> AsyncIterator[str]:
    """An empty one, on the same server."""
    url = f"{stack.database_url}_restored"
    server, _, name = url.rpartition("/")
    administrator = await asyncpg.connect(f"{server}/postgres")
    await administrator.execute(f"create database {name}")
    yield url
    await administrator.execute(f"drop database {name} with (force)")
    await administrator.close()


async def test_the_same_people_have_the_same_pseudonyms(
    environment: Settings, new_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TENFOLD_PSEUDONYM_KEY", "a key for tests alone")
    await people.name(ADA, "Ada", "garden", "grace")
    await people.link(GRACE, ADA, "garden", "grace")
    dump = str(tmp_path / "pseudonyms")
    await run("pg_dump", environment.database_url, "--schema=private", "--format=custom", f"--file={dump}")

    monkeypatch.setenv("TENFOLD_DATABASE_URL", new_database)
    await migrate()
    await run("pg_restore", "--data-only", f"--dbname={new_database}", dump)
    before = await known(environment.database_url)
    assert [row["handle"] for row in before if row["name"] == "Ada"] == ["ada@example.org"]
    assert await known(new_database) == before

    await people.name(ADA, "Ada", "garden", "grace")
    assert await known(new_database) == before


async def known(url: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return list(await connection.fetch(KNOWN))
    finally:
        await connection.close()


async def run(program: str, *arguments: str) -> None:
    folder = postgres._bundled(None)
    process = await asyncio.create_subprocess_exec(
        folder / program, *arguments, stderr=PIPE, env=postgres._libraries(folder)
    )
    _, said = await process.communicate()
    assert process.returncode == 0, said.decode()
