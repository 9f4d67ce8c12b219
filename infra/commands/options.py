"""Options that several commands have."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from events.envelope import EARLIEST_TIME, KIND_PATTERN, MAX_TIME_AHEAD, NAME_PATTERN, URL_PATTERN
from events.identity import normalised


def name_of(text: str) -> str:
    """A community's or team's name, as typed: it is part of metric labels and addresses."""
    if not re.fullmatch(NAME_PATTERN, text):
        raise typer.BadParameter("a name has up to 63 of a-z 0-9 . _ - and begins with a letter or a digit")
    return text


def _name(text: str | None) -> str | None:
    return None if text is None else name_of(text)


def identity_of(text: str) -> str:
    """Somebody, as typed, in the one spelling of identities."""
    try:
        return normalised(text.strip())
    except ValueError:
        raise typer.BadParameter("an identity reads provider:handle, such as email:ada@example.org") from None


def moment_of(text: str) -> datetime:
    """A moment as typed: a day is its first moment; what names no zone is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no moment: it reads 2024-05-01 or 2024-05-01T14:30") from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def day_of(text: str) -> date:
    """A day as typed."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day: it reads 2024-05-01") from None


def happened(text: str) -> datetime:
    """A moment at which something can have happened, as typed."""
    moment = moment_of(text)
    if moment > datetime.now(UTC) + MAX_TIME_AHEAD:
        raise typer.BadParameter(f"{text} lies ahead")
    if moment < EARLIEST_TIME:
        raise typer.BadParameter(f"{text} lies before {EARLIEST_TIME:%Y-%m-%d}, the first day there is")
    return moment


def link_of(text: str | None) -> str | None:
    """Where something can be read, as typed."""
    if text is not None and not re.fullmatch(URL_PATTERN, text):
        raise typer.BadParameter("a link begins with http:// or https:// and has no spaces")
    return text


def kind_of(text: str) -> str:
    """A kind of contribution or engagement, as typed."""
    if not re.fullmatch(KIND_PATTERN, text):
        raise typer.BadParameter("a kind has up to 63 of a-z 0-9 _ and begins with a letter")
    return text


CommunityOption = Annotated[str, typer.Option("--community", callback=_name, help="Community that it is about.")]
LinkArgument = Annotated[str, typer.Argument(metavar="URL", help="Where it can be read.", callback=link_of)]
LinkOption = Annotated[str | None, typer.Option("--url", metavar="URL", help="Where it can be read.", callback=link_of)]
AboutTeamOption = Annotated[
    str | None, typer.Option("--team", callback=_name, help="Team that it is about; without one, the whole community.")
]
TeamOption = Annotated[str | None, typer.Option("--team", callback=_name, help="Team that did the work.")]
ActorOption = Annotated[str | None, typer.Option("--actor", help="Who says so.", show_default="your login name")]
OnOption = Annotated[
    datetime | None, typer.Option("--on", parser=happened, metavar="MOMENT", help="When it happened, instead of now.")
]
IdentityArgument = Annotated[str, typer.Argument(help="Such as github:583231.", callback=identity_of)]
