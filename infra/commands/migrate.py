"""`tenfold migrate`: the database as the code needs it."""

import typer

from infra import database
from infra.settings import Settings


async def migrate() -> None:
    """Bring the tables of facts to the newest version, and make the read models if there are none."""
    await database.prepare(Settings.load().database_url)
    typer.echo("the database is as it must be")
