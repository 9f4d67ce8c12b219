"""What a person says at the command line, as an event: who says so, and when."""

import getpass
from datetime import UTC, datetime
from typing import Any, Final

import typer

from events.catalog import AnyEvent
from events.errors import TenfoldError
from infra.commands.format import Format
from infra.publishing import publishing
from infra.settings import Settings

SOURCE: Final = "by-hand"


def said(community: str, actor: str | None, assertion: str, *, at: datetime | None = None) -> dict[str, Any]:
    """The envelope of an event by hand.

    Args:
        community: that it holds in.
        actor: who says so; by default whoever is logged in.
        assertion: what it says, for its id. The moment stands there too: whoever says a thing, takes it
            back and says it again has said three things.
        at: when, instead of now.
    """
    time = at or datetime.now(UTC)
    event_id = f"{assertion}/{time.isoformat()}"
    return {"id": event_id, "source": SOURCE, "community": community, "actor": actor or _login_name(), "time": time}


async def tell(event: AnyEvent, sentence: str, format_: Format) -> None:
    """Puts an event into the log and says so: the sentence, or the event as it stands there."""
    async with publishing(Settings.load(), event.community) as publisher:
        told = await publisher.publish([event])
    if format_ is Format.JSON:
        for each in told:
            typer.echo(each.model_dump_json(by_alias=True, exclude_none=True))
    else:
        typer.echo(f"{event.community}: {sentence}")


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise TenfoldError("nobody is logged in here: say who you are with --actor") from None
