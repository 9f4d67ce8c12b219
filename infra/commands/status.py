"""`tenfold status`: what is up, lag, dead letters, last event per source."""

from collections.abc import Iterator

import typer

from infra.local.stack_status import Status, look
from infra.settings import Settings
from infra.terminal.format import Format, FormatOption
from infra.terminal.visible import echo, echo_json


async def status(format_: FormatOption = Format.TEXT) -> None:
    """Look at Kafka, PostgreSQL, lag, dead letters and sources; exit 1 when something is wrong."""
    found = await look(Settings.load())
    if format_ is Format.JSON:
        echo_json(found.model_dump_json(indent=2))
    else:
        echo("\n".join(_status_lines(found)))
    if found.problems:
        raise typer.Exit(1)


def _status_lines(found: Status) -> Iterator[str]:
    yield from (f"wrong: {problem}" for problem in found.problems)
    if not found.problems:
        yield "Kafka and PostgreSQL answer, topics are as they must be"
    if found.lag is not None:
        yield f"lag: {sum(each.records for each in found.lag)} records"
        yield from (f"  {each.topic}/{each.partition}: {each.records}" for each in found.lag if each.records)
    if found.dead_letters is not None:
        yield f"dead letters: {sum(found.dead_letters.values())}"
        yield from (f"  {reason}: {count}" for reason, count in found.dead_letters.items())
    for each in found.sources or ():
        yield f"{each.community} {each.source}: last event {each.last_event:%Y-%m-%d %H:%M}"
