"""Every type of event there is, and the topic that it belongs in."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Final, cast, get_args

from pydantic import Field

from events.checks import SourceChecked, SourceDated, SourceRetired
from events.community import (
    ActionRecorded,
    EngagementHeld,
    GoalSet,
    ImpactNoted,
    MilestoneAssigned,
    OpportunityOffered,
    OpportunityTaken,
    PracticeDocumented,
    RelationshipEnded,
    RelationshipEstablished,
)
from events.contributions import AgentDeclared, ContributionRecorded, ContributionRetracted, SourceWithdrawn
from events.envelope import Data, Event
from events.mentoring import MentoringEnded, MentoringMet, MentoringStarted
from events.people import (
    PersonAffiliated,
    PersonClassified,
    PersonErased,
    PersonLinked,
    PersonNamed,
    PersonOptedOut,
    PersonUnlinked,
)
from events.published import DayPublished
from events.roles import RoleGranted, RolePaused, RoleRevoked, ScopeDeclared, ScopeRetired
from events.topics import topic_of

_Union = (
    ContributionRecorded
    | AgentDeclared
    | ContributionRetracted
    | SourceWithdrawn
    | SourceChecked
    | SourceDated
    | SourceRetired
    | MentoringStarted
    | MentoringMet
    | MentoringEnded
    | RoleGranted
    | RoleRevoked
    | RolePaused
    | ScopeDeclared
    | ScopeRetired
    | PersonLinked
    | PersonUnlinked
    | PersonAffiliated
    | PersonClassified
    | PersonNamed
    | PersonOptedOut
    | PersonErased
    | GoalSet
    | RelationshipEstablished
    | RelationshipEnded
    | EngagementHeld
    | PracticeDocumented
    | MilestoneAssigned
    | ActionRecorded
    | ImpactNoted
    | OpportunityOffered
    | OpportunityTaken
    | DayPublished
)

AnyEvent = Annotated[_Union, Field(discriminator="type")]
"""Any event, told apart by its ``type``; a ``match`` over it ends in ``assert_never``."""

TYPES: Final[Mapping[str, type[_Union]]] = MappingProxyType(
    {str(model.model_fields["type"].default): model for model in get_args(_Union)}
)
"""The model of each type, in the order in which the union has them."""


_OF_ROLES: Final = ("freshness", "leadership", "mentoring", "pathway", "seats", "stage")
_OF_MENTORING: Final = ("leadership", "mentoring", "stage")

READERS: Final[Mapping[type[_Union], Sequence[str]]] = MappingProxyType(
    {
        ContributionRecorded: ("community",),
        AgentDeclared: ("activity",),
        ContributionRetracted: ("activity",),  # else by key, in the database: what it takes back is never read
        SourceWithdrawn: ("community", "explain", "facts"),
        SourceChecked: ("community",),
        SourceDated: ("explain",),
        SourceRetired: ("community",),
        MentoringStarted: _OF_MENTORING,
        MentoringMet: _OF_MENTORING,
        MentoringEnded: _OF_MENTORING,
        RoleGranted: ("community", "evaluation", *_OF_ROLES),
        RoleRevoked: ("community", "evaluation", *_OF_ROLES),
        RolePaused: _OF_ROLES,
        ScopeDeclared: _OF_ROLES,
        ScopeRetired: _OF_ROLES,
        PersonLinked: ("explain", "facts", "people"),
        PersonUnlinked: ("explain", "facts", "people"),
        PersonAffiliated: ("people",),
        PersonClassified: ("explain", "people"),
        PersonNamed: ("explain", "people"),
        PersonOptedOut: ("people",),
        PersonErased: ("explain", "people"),
        GoalSet: ("growth",),
        RelationshipEstablished: ("collaboration", "stage"),
        RelationshipEnded: ("collaboration", "stage"),
        EngagementHeld: ("collaboration", "communication"),
        PracticeDocumented: ("communication",),
        MilestoneAssigned: ("stage",),
        ActionRecorded: ("conditions", "pathway"),
        ImpactNoted: ("communication",),
        OpportunityOffered: ("stage",),
        OpportunityTaken: ("stage",),
        DayPublished: ("community", "evaluation", "explain"),
    }
)
"""Who reads the events of a class: packages of `projections`, alphabetically; a test holds it to what they read.

`community` and `people` keep what they read for all questions.
"""


def type_of(model: type[Event]) -> str:
    """Return the type of the events of a class."""
    return str(model.model_fields["type"].default)


def name_of(model: type[Event]) -> str:
    """Return what people call the events of a class: its type without ours in front and the version behind."""
    return type_of(model).removeprefix("tenfold.").rpartition(".")[0]


def data_of(model: type[Event]) -> type[Data]:
    """Return the model of what the events of a class say."""
    return cast("type[Data]", model.model_fields["data"].annotation)


def key_of(event: Event) -> bytes:
    """Return the Kafka key: who did it for contributions, else the community."""
    return (event.subject if topic_of(event) == "contributions" and event.subject else event.community).encode()
