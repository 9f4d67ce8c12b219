"""`tenfold migrate`: the database as the code needs it."""

import typer

from infra.database import schemas as database
from infra.settings import Settings


async def migrate() -> None:
    """Bring the tables of facts to the newest version, and make the read models if there are none.

    With TENFOLD_DASHBOARDS_PASSWORD, dashboards can log in as tenfold_grafana.
    """
    settings = Settings.load()
    await database.prepare(settings.database_url)
    if settings.dashboards_password:
        await database.let_dashboards_in(settings.database_url, settings.dashboards_password.get_secret_value())
    typer.echo("the database is as it must be")
