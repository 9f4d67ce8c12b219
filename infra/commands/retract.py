"""`tenfold retract`: contributions that never counted."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from events.contributions import ContributionRetracted, EventReference, Retraction, SourceWithdrawn, Withdrawal
from infra.commands.options import ActorOption, CommunityOption
from infra.ingest.manual import said, tell
from infra.terminal.format import Format, FormatOption


async def retract(
    source: Annotated[str, typer.Option(help="Source of what is taken back, such as git:github.com/rust-lang/cargo.")],
    community: CommunityOption,
    reason: Annotated[str, typer.Option(help="Why it never counted.")],
    id_: Annotated[str | None, typer.Option("--id", help="One contribution, by its id.")] = None,
    before: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Everything of the source before that day.")
    ] = None,
    actor: ActorOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Take back a contribution, or a source as a whole; it holds for all of history, and cannot be undone."""
    if id_ is not None and before is not None:
        raise typer.BadParameter("--id and --before do not go together")
    if id_ is not None:
        envelope = said(community, actor, f"retracted/{source}/{id_}")
        retraction = Retraction(retracts=EventReference(source=source, id=id_), reason=reason)
        await tell(ContributionRetracted(**envelope, data=retraction), f"{source} {id_} never counted", format_)
        return
    moment = before.replace(tzinfo=UTC) if before else None
    reach = f"before {before:%Y-%m-%d}" if before else "as a whole"
    envelope = said(community, actor, f"withdrawn/{source}/{reach}/{reason}")
    event = SourceWithdrawn(**envelope, data=Withdrawal(source=source, before=moment))
    await tell(event, f"{source} {reach} never counted", format_)
