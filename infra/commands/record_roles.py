"""`tenfold record role` and `tenfold record scope`: who leads what, where no role file says so."""

from datetime import datetime
from typing import Annotated, Any, Literal

import typer

from events.roles import Grant, Role, RoleGranted, RolePaused, RoleRevoked, Scope, ScopeDeclared, ScopeRetired
from infra.commands.options import ActorOption, CommunityOption, IdentityArgument, OnOption, moment_of
from infra.ingest.manual import said, tell
from infra.terminal.format import Format, FormatOption

Seat = Literal["granted", "revoked", "paused"]
"""What can happen to a seat."""
UntilOption = Annotated[
    datetime | None,
    typer.Option("--until", parser=moment_of, metavar="MOMENT", help="When the seat, or the leave, ends by itself."),
]
EvidenceOption = Annotated[str | None, typer.Option("--evidence", metavar="URL", help="Where it can be read.")]
HeldOption = Annotated[
    bool, typer.Option("--already-held", help="The seat was held before anybody recorded it: its start is unknown.")
]


async def role(  # noqa: PLR0913, PLR0917 - a command's options are its arguments
    what: Annotated[Seat, typer.Argument(help="What happened to the seat.")],
    holder: IdentityArgument,
    role: Annotated[str, typer.Argument(help="Such as maintainer; the policy says which roles lead.")],
    scope: Annotated[str, typer.Argument(help="What it is a role in.")],
    community: CommunityOption,
    on: OnOption = None,
    until: UntilOption = None,
    already_held: HeldOption = False,
    evidence: EvidenceOption = None,
    actor: ActorOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Say that a seat was granted, revoked or paused; those of role files are theirs to revoke or pause."""
    if already_held and what != "granted":
        raise typer.BadParameter("--already-held goes with granted")
    if until and what == "revoked":
        raise typer.BadParameter("--until goes with granted and paused")
    envelope = said(community, actor, f"role/{what}/{scope}/{role}/{holder}", at=on) | {"subject": holder}
    if until and until <= envelope["time"]:
        raise typer.BadParameter("--until must come after --on")
    seat = {"role": role, "scope": scope, "evidence": evidence, "until": until}
    term = f" until {until:%Y-%m-%d}" if until else ""
    await tell(
        _event(what, envelope, seat, already_held), f"{holder} {what} as {role} of {scope}{term}", format_, when="--on"
    )


def _event(
    what: Seat, envelope: dict[str, Any], seat: dict[str, Any], already_held: bool
) -> RoleGranted | RoleRevoked | RolePaused:
    match what:
        case "granted":
            return RoleGranted(**envelope, data=Grant(**seat, already_held=already_held))
        case "revoked":
            return RoleRevoked(**envelope, data=Role(**seat))
        case "paused":
            return RolePaused(**envelope, data=Role(**seat))


async def scope(
    what: Annotated[Literal["declared", "retired"], typer.Argument(help="What happened to the scope.")],
    scope: Annotated[str, typer.Argument(help="A part of the community that can be led.")],
    community: CommunityOption,
    parent: Annotated[str | None, typer.Option(metavar="SCOPE", help="The scope that it is a part of.")] = None,
    on: OnOption = None,
    actor: ActorOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Declare a scope (again, where its parent changes), or retire it, as far as you declared it."""
    if parent and what == "retired":
        raise typer.BadParameter("--parent goes with declared")
    if parent == scope:
        raise typer.BadParameter("a scope is no part of itself")
    above = f"/{parent}" if parent else ""
    envelope = said(community, actor, f"scope/{what}/{scope}{above}", at=on)
    kind = ScopeDeclared if what == "declared" else ScopeRetired
    event = kind(**envelope, data=Scope(scope=scope, parent=parent))
    await tell(event, f"{scope} {what}{f' as a part of {parent}' if parent else ''}", format_, when="--on")
