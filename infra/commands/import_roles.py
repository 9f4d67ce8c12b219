"""`tenfold import roles`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Final

import typer

from events.sources.roles.replay import RolesOrigin
from infra.commands.import_ import BranchOption, NameOption
from infra.ingest.git_log import Repository, opened
from infra.ingest.publisher import publishing
from infra.ingest.role_history import chosen
from infra.ingest.role_import import ImportedRoles, RolesImport
from infra.settings import Settings
from infra.terminal.progress import progress
from infra.terminal.visible import echo

SHOWN_PROBLEMS: Final = 20
"""More than a screen of them says no more; a file that is broken for a year is a line for each change."""


class RolesFormat(StrEnum):
    """How role files are written, by the project that made the format."""

    AUTO = "auto"
    MOTS = "mots"
    RUST_TEAM = "rust-team"
    OWNERS = "owners"
    SIGS = "sigs"
    CODEOWNERS = "codeowners"
    MAINTAINERS = "maintainers"


async def roles(
    repository: Annotated[
        str, typer.Argument(help="A repository's folder, a bundle, or an address to clone (https, ssh).")
    ],
    community: Annotated[str, typer.Option(help="Community that the roles belong to.")],
    format_: Annotated[
        RolesFormat, typer.Option("--format", help="How the files are written; auto takes what is there.")
    ] = RolesFormat.AUTO,
    name: NameOption = None,
    branch: BranchOption = None,
) -> None:
    """Read role files through their history; reading them again adds what is new and changes nothing else."""
    settings = Settings.load()
    with opened(repository, branch) as found:
        format_name = _chosen(found) if format_ is RolesFormat.AUTO else format_.value
        read_at = found.fetched_at or datetime.now(UTC)
        origin = RolesOrigin(community, name or found.name, read_at, format=format_name)
        async with publishing(settings, community) as publisher:
            with progress("importing") as advance:
                imported = await RolesImport(publisher, found, origin).run(advance)
    echo("\n".join(_lines(imported)))


def _chosen(repository: Repository) -> str:
    first, *others = chosen(repository)
    beside = f" (also here, each to be read with its own --format: {', '.join(others)})" if others else ""
    typer.echo(f"format: {first}{beside}")
    return first


def _lines(imported: ImportedRoles) -> Iterator[str]:
    for lines in (imported.problems, [f"Cannot be told, {line}" for line in imported.untold]):
        yield from lines[:SHOWN_PROBLEMS]
        if more := lines[SHOWN_PROBLEMS:]:
            yield f"… and {len(more):,} more of these"
    reach = f", up to {imported.through:%Y-%m-%d}" if imported.through else ""
    yield (
        f"{imported.source} ({imported.branch}): {imported.commits:,} commits changed role files{reach}; "
        f"{imported.seats:,} seats held by {imported.holders:,} identities at the end; "
        f"{imported.new_events:,} events new of {imported.events:,}"
    )
