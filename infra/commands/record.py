"""`tenfold record …`: what the community decided or did, by hand."""

from datetime import datetime
from typing import Annotated

import typer

from events.community import Goal, GoalSet
from infra.commands.options import ActorOption, CommunityOption, happened
from infra.ingest.manual import said, tell
from infra.terminal.format import Format, FormatOption

DAY = ["%Y-%m-%d"]


async def goal(  # noqa: PLR0913, PLR0917 - a command's options are its arguments
    community: CommunityOption,
    baseline: Annotated[float, typer.Option(min=1, help="Active contributors on that day, as counted then.")],
    baseline_on: Annotated[datetime, typer.Option(formats=DAY, help="The day that the way begins.")],
    due_on: Annotated[datetime, typer.Option(formats=DAY, help="The day to be there.")],
    factor: Annotated[float, typer.Option(help="How many times as many to become.")] = 10,
    source: Annotated[
        list[str] | None, typer.Option(help="A source that the baseline counted.", show_default="all")
    ] = None,
    set_on: Annotated[
        datetime | None, typer.Option(parser=happened, metavar="DAY", help="When it was set.", show_default="now")
    ] = None,
    actor: ActorOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Set the goal; the newest one holds, older ones stay visible."""
    if due_on <= baseline_on:
        raise typer.BadParameter("--due-on must come after --baseline-on")
    told = Goal(
        baseline=baseline,
        baseline_on=baseline_on.date(),
        factor=factor,
        due_on=due_on.date(),
        sources=tuple(sorted(source)) if source else None,
    )
    assertion = f"goal/{baseline:g}/{told.baseline_on}/{factor:g}/{told.due_on}/{','.join(told.sources or ())}"
    event = GoalSet(**said(community, actor, assertion, at=set_on), data=told)
    sentence = f"from {baseline:g} on {told.baseline_on} to {baseline * factor:g} by {told.due_on}"
    await tell(event, sentence, format_, when="--set-on")
