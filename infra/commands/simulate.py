"""`tenfold simulate`: a community that never was, or plain load."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

from events.catalog import AnyEvent
from events.codec import Encoded
from infra.commands.options import CommunityOption
from infra.database.session import policy_of
from infra.ingest import event_files
from infra.ingest.publisher import chunks, publishing, require_listed
from infra.settings import Settings
from infra.simulate.community import Simulation
from infra.simulate.load import load
from infra.simulate.scenario import SCENARIOS, Outlook
from infra.terminal.progress import progress
from streams.producer import Outgoing, Producer

CHUNK: Final = 5000
"""Records acknowledged together: two megabytes."""

ScenarioOption = Annotated[Outlook, typer.Option(help="What becomes of the community.")]
SeedOption = Annotated[int, typer.Option(help="The same seed gives the same events.")]
YearsOption = Annotated[float, typer.Option(min=0.1, max=50, help="How long it is watched.")]
UntilOption = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day watched.", show_default="yesterday")
]
SizeOption = Annotated[float, typer.Option(min=0.01, max=100, help="So many times as many people come.")]
EventsOption = Annotated[int | None, typer.Option(min=1, help="Plain load instead: so many contributions.")]
OutputOption = Annotated[Path | None, typer.Option(help="Write gzipped JSON lines there, nothing into the log.")]


async def simulate(  # noqa: PLR0913, PLR0917 - a command's options are its arguments
    community: CommunityOption,
    scenario: ScenarioOption = Outlook.GROWING,
    seed: SeedOption = 1,
    years: YearsOption = 5,
    until: UntilOption = None,
    events: EventsOption = None,
    output: OutputOption = None,
    size: SizeOption = 1,
) -> None:
    """Make up a community: newcomers arrive, stay or leave, are mentored, take roles."""
    last_day = until.date() if until else datetime.now(UTC).date() - timedelta(days=1)
    if events is not None:
        records = load(events, seed, community, datetime.combine(last_day, time(), UTC))
        count = await _load(records, events, community, output)
    else:
        simulation = Simulation(SCENARIOS[scenario], seed, years, community, last_day, size)
        count = await _tell(list(simulation.events()), community, output)
    typer.echo(f"{community}: {count:,} events{f' in {output}' if output else ''}")


async def _tell(events: Sequence[AnyEvent], community: str, output: Path | None) -> int:
    if output:
        return event_files.write(output, events)
    async with publishing(Settings.load(), community) as publisher:
        with progress("producing", len(events)) as advance:
            for chunk in chunks(events, CHUNK):
                await publisher.publish(chunk)
                advance(len(chunk))
    return len(events)


async def _load(records: Iterable[Encoded], count: int, community: str, output: Path | None) -> int:
    if output:
        return event_files.write_lines(output, (record.value for record in records))
    settings = Settings.load()
    require_listed(policy_of(settings), community)
    topic = f"{settings.topic_prefix}contributions"
    async with Producer(settings.kafka_bootstrap_servers, settings.topic_prefix) as producer:
        with progress("producing", count) as advance:
            for chunk in chunks(records, CHUNK):
                await producer.publish(topic, [Outgoing(*record) for record in chunk])
                advance(len(chunk))
    return count
