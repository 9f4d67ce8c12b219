"""`tenfold rebuild`: numbers anew from facts, or facts anew from the log."""

import asyncio
import time
from typing import Annotated

import asyncpg
import typer

from infra.database.rebuild import forget_facts, only_one, rebuild_read_models
from infra.database.session import connected, policy_of
from infra.settings import Settings
from infra.terminal.progress import progress
from projections.facts.store import left_to_read

PROGRESS_SECONDS = 0.25
STUCK_SECONDS = 15.0
"""A restarted worker is back within ten."""

FromLogOption = Annotated[bool, typer.Option("--from-log", help="Let workers read the whole log again first.")]
GiveUpOption = Annotated[
    bool,
    typer.Option("--give-up-old-log", help="With --from-log: lose what only a log held that is no longer followed."),
]


async def rebuild(from_log: FromLogOption = False, give_up_old_log: GiveUpOption = False) -> None:
    """Make every number anew, beside the live ones; then take their place."""
    settings = Settings.load()
    started = time.monotonic()
    async with connected(settings) as connection, only_one(connection):
        if from_log:
            await forget_facts(connection, settings, give_up_old_log=give_up_old_log)
        elif await left_to_read(connection):
            typer.echo("an earlier rebuild from the log was interrupted: what it began is ended first", err=True)
        await read_to_the_end(connection)
        with progress("rebuilding"):
            done = await rebuild_read_models(connection, settings, policy_of(settings))
    communities = "1 community" if len(done) == 1 else f"{len(done)} communities"
    typer.echo(f"{communities} made anew in {time.monotonic() - started:.1f} s")


async def read_to_the_end(connection: asyncpg.Connection) -> None:
    """Waits until workers have read as much of the log as there was when facts were emptied; says so if none does."""
    left, moved, told = await left_to_read(connection), time.monotonic(), False
    with progress("reading the log", left) as advance:
        while left:
            now = await left_to_read(connection)
            advance(left - now)
            moved, left = (time.monotonic(), now) if now < left else (moved, left)
            if time.monotonic() - moved > STUCK_SECONDS and not told:
                told = True
                typer.echo("no worker reads: start one, or restart those that run", err=True)
            await asyncio.sleep(PROGRESS_SECONDS)
