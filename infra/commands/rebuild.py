"""`tenfold rebuild`: numbers anew from facts, or facts anew from the log."""

import asyncio
import time
from typing import Annotated

import asyncpg
import typer

from infra.commands.progress import progress
from infra.reading import connected, policy_of
from infra.rebuild import forget_facts, only_one, read_so_far, rebuild_read_models, records
from infra.settings import Settings
from streams.positions import Log

LOOK_SECONDS = 0.25
STUCK_SECONDS = 15.0
"""A restarted worker is back within ten."""

FromLogOption = Annotated[bool, typer.Option("--from-log", help="Let workers read the whole log again first.")]


async def rebuild(from_log: FromLogOption = False) -> None:
    """Make every number anew, beside the live ones; then take their place."""
    settings = Settings.load()
    started = time.monotonic()
    async with connected(settings) as connection, only_one(connection):
        if from_log:
            await read_again(connection, await forget_facts(connection, settings))
        with progress("rebuilding"):
            done = await rebuild_read_models(connection, settings, policy_of(settings))
    communities = "1 community" if len(done) == 1 else f"{len(done)} communities"
    typer.echo(f"{communities} made anew in {time.monotonic() - started:.1f} s")


async def read_again(connection: asyncpg.Connection, log: Log) -> None:
    """Waits until workers have read what was in the log, and says so where none does."""
    total, done, moved, told = records(log), 0, time.monotonic(), False
    with progress("reading the log", total) as advance:
        while done < total:
            now = await read_so_far(connection, log)
            advance(now - done)
            moved, done = (time.monotonic(), now) if now > done else (moved, done)
            if time.monotonic() - moved > STUCK_SECONDS and not told:
                told = True
                typer.echo("no worker reads: start one, or restart those that run", err=True)
            await asyncio.sleep(LOOK_SECONDS)
