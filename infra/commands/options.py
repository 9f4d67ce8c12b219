"""Options that several commands have."""

import re
from typing import Annotated

import typer

from events.envelope import NAME_PATTERN
from events.identity import normalised


def _name(text: str | None) -> str | None:
    """A community's or team's name is part of metric labels and addresses."""
    if text is not None and not re.fullmatch(NAME_PATTERN, text):
        raise typer.BadParameter("a name has up to 63 of a-z 0-9 . _ - and begins with a letter or a digit")
    return text


def identity_of(text: str) -> str:
    """Somebody, as typed, in the one spelling of identities."""
    try:
        return normalised(text.strip())
    except ValueError:
        raise typer.BadParameter("an identity reads provider:handle, such as email:ada@example.org") from None


CommunityOption = Annotated[str, typer.Option("--community", callback=_name, help="Community that it is about.")]
TeamOption = Annotated[str | None, typer.Option("--team", callback=_name, help="Team that did the work.")]
ActorOption = Annotated[str | None, typer.Option("--actor", help="Who says so [default: your login name].")]
IdentityArgument = Annotated[str, typer.Argument(help="Such as github:583231.", callback=identity_of)]
