"""Roles: who holds which seat in which scope, and which scopes there are."""

from typing import ClassVar, Literal

from events.envelope import Data, Evidence, ImpersonalEvent, PersonalEvent, PlannedMoment, Token

ROLES_TOPIC = "roles"


class Role(Data):
    """A seat.

    Attributes:
        role: e.g. ``owner``; the policy says which roles lead.
        scope: what it is a role in, e.g. a module or a directory.
        evidence: where it can be read.
        until: when it ends by itself.
    """

    role: Token
    scope: Token
    evidence: Evidence | None = None
    until: PlannedMoment | None = None


class Grant(Role):
    """A seat that is given; ``already_held`` says that records begin here, not the seat."""

    already_held: bool = False


class RoleGranted(PersonalEvent):
    """The subject takes a seat."""

    topic: ClassVar[str] = ROLES_TOPIC
    type: Literal["tenfold.role.granted.v1"] = "tenfold.role.granted.v1"
    data: Grant


class RoleRevoked(PersonalEvent):
    """The subject no longer holds a seat."""

    topic: ClassVar[str] = ROLES_TOPIC
    type: Literal["tenfold.role.revoked.v1"] = "tenfold.role.revoked.v1"
    data: Role


class RolePaused(PersonalEvent):
    """The subject is on leave from a seat, which is then neither active nor idle."""

    topic: ClassVar[str] = ROLES_TOPIC
    type: Literal["tenfold.role.paused.v1"] = "tenfold.role.paused.v1"
    data: Role


class Scope(Data):
    """A part of the community that can be led, and the one that it is a part of."""

    scope: Token
    parent: Token | None = None


class ScopeDeclared(ImpersonalEvent):
    """A scope exists, although nobody may hold a seat in it."""

    topic: ClassVar[str] = ROLES_TOPIC
    type: Literal["tenfold.scope.declared.v1"] = "tenfold.scope.declared.v1"
    data: Scope


class ScopeRetired(ImpersonalEvent):
    """A scope is no more, as far as this source goes."""

    topic: ClassVar[str] = ROLES_TOPIC
    type: Literal["tenfold.scope.retired.v1"] = "tenfold.scope.retired.v1"
    data: Scope


SeatEvent = RoleGranted | RoleRevoked | RolePaused
ScopeEvent = ScopeDeclared | ScopeRetired
