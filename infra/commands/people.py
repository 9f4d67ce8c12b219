"""`tenfold people …`: corrections about people by hand; they outrank what sources say."""

from datetime import datetime
from typing import Annotated

import typer

from events.people import (
    Affiliation,
    Basis,
    Classification,
    Link,
    Naming,
    PersonAffiliated,
    PersonClassified,
    PersonLinked,
    PersonNamed,
    PersonUnlinked,
)
from infra.commands.options import ActorOption, CommunityOption, IdentityArgument, identity_of
from infra.ingest.manual import said, tell
from infra.terminal.format import Format, FormatOption

PersonArgument = Annotated[str, typer.Argument(help="The identity that stands for them.", callback=identity_of)]
ReasonOption = Annotated[str, typer.Option(help="Why; `agent` for an AI agent.")]
SinceOption = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="First day of it.")]
BasisOption = Annotated[Basis, typer.Option(help="Whether they are paid for it.")]


async def link(
    identity: IdentityArgument,
    person: PersonArgument,
    community: CommunityOption,
    actor: ActorOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Say that two identities are one person; all of history changes with it."""
    if identity == person:
        raise typer.BadParameter("an identity is itself already")
    envelope = said(community, actor, f"linked/{identity}/{person}")
    event = PersonLinked(**envelope, subject=identity, data=Link(person=person))
    await tell(event, f"{identity} is {person}", format_)


async def unlink(
    identity: IdentityArgument,
    community: CommunityOption,
    actor: ActorOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Say that an identity stands for itself; all of history changes back."""
    event = PersonUnlinked(**said(community, actor, f"unlinked/{identity}"), subject=identity)
    await tell(event, f"{identity} stands for itself", format_)


async def bot(
    identity: IdentityArgument,
    community: CommunityOption,
    reason: ReasonOption = "bot",
    actor: ActorOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Say that an identity is a bot: it is left out of every number."""
    envelope = said(community, actor, f"classified/{identity}/bot/{reason}")
    event = PersonClassified(**envelope, subject=identity, data=Classification(bot=True, reason=reason))
    await tell(event, f"{identity} is a bot", format_)


async def human(
    identity: IdentityArgument,
    community: CommunityOption,
    reason: Annotated[str, typer.Option(help="How you know.")] = "human",
    actor: ActorOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Say that an identity is no bot, whatever the patterns say."""
    envelope = said(community, actor, f"classified/{identity}/human/{reason}")
    event = PersonClassified(**envelope, subject=identity, data=Classification(bot=False, reason=reason))
    await tell(event, f"{identity} is no bot", format_)


async def name(
    identity: IdentityArgument,
    name: Annotated[str, typer.Argument(help="What they are called.")],
    community: CommunityOption,
    actor: ActorOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Say what somebody is called."""
    event = PersonNamed(**said(community, actor, f"named/{identity}/{name}"), subject=identity, data=Naming(name=name))
    await tell(event, f"{identity} is called {name}", format_)


async def affiliate(
    identity: IdentityArgument,
    organisation: Annotated[str, typer.Argument(help="Whom they belong to; Independent for nobody.")],
    community: CommunityOption,
    since: SinceOption,
    basis: BasisOption = "unknown",
    actor: ActorOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Say where somebody belongs from a day on; what was before stays as it was."""
    day = since.date()
    envelope = said(community, actor, f"affiliated/{identity}/{organisation}/{basis}/{day}")
    affiliation = Affiliation(organisation=organisation, basis=basis, since=day)
    event = PersonAffiliated(**envelope, subject=identity, data=affiliation)
    await tell(event, f"{identity} belongs to {organisation} ({basis}) since {day}", format_)
