"""What a person says at the command line, as an event: who says so, and when."""

import getpass
from datetime import UTC, date, datetime
from typing import Any

import typer

from events import bounds
from events.catalog import AnyEvent
from events.errors import Rejected, TenfoldError
from infra.clock import today_utc
from infra.ingest.publisher import publishing
from infra.settings import Settings
from infra.terminal.format import Format
from infra.terminal.own_command import own_command
from infra.terminal.visible import echo, echo_json, in_a_line
from projections.community.sources import BY_HAND
from projections.evaluation.read_models import newest
from projections.timeline.days import say_day
from reports.reach import opening_day


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
    return {"id": event_id, "source": BY_HAND, "community": community, "actor": actor or _login_name(), "time": time}


async def tell(event: AnyEvent, sentence: str, format_: Format, *, when: str | None = None) -> None:
    """Puts an event into the log and says so: the sentence, or the event as it stands there.

    Args:
        event: What is said.
        sentence: How it reads.
        format_: For whom.
        when: The option that says when it happened, where that matters: whoever looks at a day before it is told so.

    Raises:
        typer.BadParameter: No reader would believe one of its dates.
    """
    require_believed(event)
    async with publishing(Settings.load(), event.community) as publisher:
        told = await publisher.publish([event])
        shown = await newest(publisher.connection, event.community) if when else None
    if format_ is Format.JSON:
        for each in told:
            echo_json(each.model_dump_json(by_alias=True, exclude_none=True))
    else:
        echo(in_a_line(f"{event.community}: {sentence if told else f'{sentence}; that stands there already'}"))
    if shown and when:
        _warn(hint(event, opening_day(shown, today_utc()), when))


def require_believed(event: AnyEvent) -> None:
    """Refuses what a worker would set aside.

    Raises:
        typer.BadParameter: A date lies before the first day there is, or too far ahead.
    """
    try:
        bounds.check(event, datetime.now(UTC))
    except Rejected as refused:
        raise typer.BadParameter(refused.detail.removeprefix("data.")) from None


def hint(event: AnyEvent, opens_on: date, when: str) -> str:
    """What to say where an event lies after the day that reports open on; nothing where it does not."""
    if event.time.date() <= opens_on:
        return ""
    return (
        f"Reports of {event.community} open on {say_day(opens_on)}, the last day that its sources were read, and this "
        f"holds from {say_day(event.time.date())} on: `{when} DAY` says that it happened earlier, "
        f"`{own_command()} report --community {event.community} --as-of {today_utc()}` shows today."
    )


def _warn(words: str) -> None:
    if words:
        echo(words, err=True)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise TenfoldError("nobody is logged in here: say who you are with --actor") from None
