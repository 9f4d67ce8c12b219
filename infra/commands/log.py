"""`tenfold log check` and `tenfold log follow`: whether the log is the one that was read."""

from typing import Annotated

import typer

from infra.database.session import connected
from infra.kafka import log_check
from infra.settings import Settings
from infra.terminal.visible import echo

TopicArgument = Annotated[str, typer.Argument(help="The whole name, as `tenfold log check` says it.")]


async def check() -> None:
    """Compare the log with what was read of it, and say what to do where it is another one; exit 1 if it is."""
    settings = Settings.load()
    async with connected(settings) as connection:
        found = await log_check.look(connection, settings)
    for line in log_check.check_lines(found):
        echo(line)
    if found.parted:
        raise typer.Exit(1)
    echo("the log is the one that was read")


async def follow(topic: TopicArgument) -> None:
    """Read the log that is there from where it begins, in place of the one that was read; facts stay."""
    settings = Settings.load()
    async with connected(settings) as connection:
        await log_check.follow(connection, await log_check.look(connection, settings), topic)
    echo(f"{topic} is read from where its log begins; workers notice within seconds")
