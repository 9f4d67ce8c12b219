"""`tenfold topics create` and `tenfold topics check`."""

import typer

from events.topics import topics
from infra.kafka import topics as broker
from infra.settings import Settings


async def create() -> None:
    """Create the topics that are missing, as they must be."""
    settings = Settings.load()
    async with broker.admin(settings.kafka_bootstrap_servers) as client:
        created = await broker.create(client, topics(settings.topic_prefix), settings.topic_replication_factor)
    for name in created:
        typer.echo(f"created {name}")


async def check() -> None:
    """Name every topic that is missing or not as it must be; exit 1 if there is one."""
    settings = Settings.load()
    async with broker.admin(settings.kafka_bootstrap_servers) as client:
        differences = await broker.compared(client, topics(settings.topic_prefix))
    for difference in differences:
        typer.echo(difference)
    if differences:
        raise typer.Exit(1)
    typer.echo("all topics are as they must be")
