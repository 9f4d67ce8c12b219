"""What commands that read need: the policy, and a connection to what is known."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

import asyncpg
import typer

from events.errors import TenfoldError, Transient
from infra.clock import today_utc
from infra.database.schemas import SEARCH_PATH
from infra.policy.policy_file import read_policy
from infra.settings import Settings
from projections.evaluation.community import Community
from projections.evaluation.evaluator import load_community
from projections.facts.store import left_to_read
from projections.policy.policy import Policy

CONNECT_SECONDS = 5.0


def policy_of(settings: Settings) -> Policy:
    """The policy that the settings name; the defaults where they name none."""
    return read_policy(settings.policy_file)


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """A connection to facts and read models, as long as the block lasts.

    Raises:
        Transient: The database does not answer.
        TenfoldError: It holds nothing of Tenfold.
    """
    try:
        connection = await asyncpg.connect(
            settings.database_url,
            timeout=CONNECT_SECONDS,
            server_settings={"search_path": SEARCH_PATH},
        )
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        where = urlsplit(settings.database_url).netloc.rpartition("@")[2]
        raise Transient(f"PostgreSQL does not answer at {where}: is `tenfold up` running?") from error
    try:
        yield connection
    except asyncpg.UndefinedTableError as error:
        raise TenfoldError("the database has no tables of Tenfold yet: start `tenfold up`") from error
    finally:
        await connection.close()


async def loaded(connection: asyncpg.Connection, name: str, policy: Policy) -> Community:
    """A community, read from the facts as they stand.

    Raises:
        TenfoldError: Nobody ever heard of it, or facts were emptied and are not whole yet.
    """
    if left := await left_to_read(connection):
        raise TenfoldError(f"facts are being read again from the log, {left:,} records to go: ask again afterwards")
    community = await load_community(connection, name, policy)
    if community is None:
        raise TenfoldError(f"no event of a community called {name!r} was ever taken in")
    return community


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day > today_utc():
        raise typer.BadParameter(f"{day} lies ahead")
    return day


DayOption = Annotated[
    date | None,
    typer.Option(
        "--as-of", parser=_day, metavar="DAY", help="A day in UTC.", show_default="the newest that the data reaches"
    ),
]
