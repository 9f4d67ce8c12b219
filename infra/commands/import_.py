"""`tenfold import git`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Final

import typer

from events.sources.commits import Origin
from infra.commands.options import CommunityOption, TeamOption
from infra.ingest.git_import import Import, Imported
from infra.ingest.git_log import opened
from infra.ingest.publisher import publishing
from infra.settings import Settings
from infra.terminal.format import Format, FormatOption
from infra.terminal.progress import progress
from infra.terminal.visible import echo, echo_json

BranchOption = Annotated[str | None, typer.Option(help="Branch to read, instead of the one that is checked out.")]
NameOption = Annotated[str | None, typer.Option(help="Name of the source, instead of the origin's address.")]
SinceOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Leave out what landed before.")]
RetractGoneOption = Annotated[
    bool, typer.Option("--retract-gone", help="Take back what was imported once and is on the branch no more.")
]
AgainOption = Annotated[bool, typer.Option("--again", help="Import although most of it came from another source.")]
SHOWN_DATES: Final = 5


async def git(  # noqa: PLR0913, PLR0917 - a command's options are its arguments
    repository: Annotated[
        str, typer.Argument(help="A repository's folder, a bundle, or an address to clone (https, ssh).")
    ],
    community: CommunityOption,
    team: TeamOption = None,
    branch: BranchOption = None,
    name: NameOption = None,
    since: SinceOption = None,
    again: AgainOption = False,
    retract_gone: RetractGoneOption = False,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Read a git history; reading it again adds what is new and changes nothing else."""
    settings = Settings.load()
    with opened(repository, branch) as found:
        if found.is_shallow:
            typer.echo("warning: a shallow repository: whoever came before its first commit looks new", err=True)
        origin = Origin(community, name or found.name, found.fetched_at or datetime.now(UTC), team)
        async with publishing(settings, community) as publisher:
            work = Import(publisher, found, origin, since.date() if since else None)
            with progress("importing", work.steps) as advance:
                imported = await work.run(advance, again=again, retract_gone=retract_gone)
    if format_ is Format.JSON:
        echo_json(imported.model_dump_json(indent=2))
    else:
        echo("\n".join(_import_lines(imported)))


def _import_lines(imported: Imported) -> Iterator[str]:
    for why, count in imported.left_out.items():
        yield f"left out: {count:,} ({why})"
    shown, more = imported.own_dates[:SHOWN_DATES], imported.own_dates[SHOWN_DATES:]
    yield from (one.line() for one in shown)
    if more:
        many = sum(one.commits for one in more)
        yield f"{many:,} more, of {len(more):,} merges and bulks, count on days of their own"
    if imported.moved:
        yield f"{imported.moved:,} contributions stood on another day or for somebody else, and were told again"
    if imported.retracted:
        yield f"{imported.retracted:,} contributions were taken back: their commits are on the branch no more"
    elif imported.gone:
        gone = f"{imported.gone:,} contributions stand whose commits are on the branch no more"
        yield f"{gone}: --retract-gone takes them back"
    reach = f", up to {imported.through:%Y-%m-%d}" if imported.through else ""
    yield (
        f"{imported.source} ({imported.branch}): {imported.commits:,} commits, "
        f"{imported.contributions:,} contributions of {imported.identities:,} identities{reach}; "
        f"{imported.new_contributions:,} new"
    )
