"""Contributions: what people did, and what turned out not to count."""

from typing import ClassVar, Literal

from events.envelope import Data, EventId, Evidence, ImpersonalEvent, Kind, ObservedMoment, PersonalEvent, Text, Token
from events.identity import Identity

Outcome = Literal["opened", "accepted", "declined"]
"""What can become of an artefact."""


class EventReference(Data):
    """Another event of the same community."""

    source: Token
    id: EventId


class Contribution(Data):
    """What was done.

    Attributes:
        kind: e.g. ``commit`` or ``review``; the policy says what level of work it is.
        authored_at: when the work was made, where that is not when it landed.
        about: a stable id of the artefact it concerns.
        responds_to: the contribution that it answers.
        outcome: what became of the artefact by it.
    """

    kind: Kind
    url: Evidence | None = None
    authored_at: ObservedMoment | None = None
    about: EventId | None = None
    responds_to: EventReference | None = None
    outcome: Outcome | None = None


class ContributionRecorded(PersonalEvent):
    """Somebody contributed."""

    topic: ClassVar[str] = "contributions"
    type: Literal["tenfold.contribution.recorded.v1"] = "tenfold.contribution.recorded.v1"
    data: Contribution


class Declaration(Data):
    """Which AI agent took part in a contribution, as whoever made it says there."""

    agent: Identity
    contribution: EventReference


class AgentDeclared(PersonalEvent):
    """The subject made a contribution with an AI agent, and said so."""

    topic: ClassVar[str] = "contributions"
    type: Literal["tenfold.agent.declared.v1"] = "tenfold.agent.declared.v1"
    data: Declaration


class Retraction(Data):
    """Which contribution never counted, and why."""

    retracts: EventReference
    reason: Text


class ContributionRetracted(ImpersonalEvent):
    """A contribution is taken back for all of history; may arrive before what it retracts."""

    topic: ClassVar[str] = "contributions"
    type: Literal["tenfold.contribution.retracted.v1"] = "tenfold.contribution.retracted.v1"
    data: Retraction


class Withdrawal(Data):
    """A source whose contributions never counted: all, or those up to ``before``."""

    source: Token
    before: ObservedMoment | None = None


class SourceWithdrawn(ImpersonalEvent):
    """Everything of a source, or everything up to a moment, is retracted."""

    topic: ClassVar[str] = "contributions"
    type: Literal["tenfold.source.withdrawn.v1"] = "tenfold.source.withdrawn.v1"
    data: Withdrawal
