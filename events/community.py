"""The community itself: its goals, relations, communication and plans."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from events.envelope import (
    Count,
    Data,
    ImpersonalEvent,
    Kind,
    ObservedDay,
    PersonalEvent,
    PlannedDay,
    Text,
    Token,
    Url,
    Who,
)

COMMUNITY_TOPIC = "community"

PracticeName = Literal[
    "communication_channel", "recruiting_plan", "leadership_plan", "contribution_pathway", "community_practices"
]
"""What leads write down."""
Milestone = Literal["core_mentored", "leadership_chances", "synergy", "communication"]
"""What the scaling stage asks for."""


class CommunityEvent(ImpersonalEvent):
    """Something that concerns the community as a whole."""

    topic: ClassVar[str] = COMMUNITY_TOPIC


class Goal(Data):
    """How many active contributors the community wants, and by when.

    Attributes:
        baseline: active contributors on ``baseline_on``, as counted then.
        factor: how many times the baseline the goal is.
        sources: what the baseline counted; absent means every source.
    """

    baseline: Annotated[float, Field(ge=1, le=1e9)]
    baseline_on: ObservedDay
    factor: Annotated[float, Field(gt=1, le=1e6)]
    due_on: PlannedDay
    sources: tuple[Token, ...] | None = None

    @model_validator(mode="after")
    def _due_after_baseline(self) -> Self:
        if self.due_on <= self.baseline_on:
            raise ValueError("due_on must come after baseline_on")
        return self


class GoalSet(CommunityEvent):
    """The community sets itself a goal; the newest holds."""

    type: Literal["tenfold.goal.set.v1"] = "tenfold.goal.set.v1"
    data: Goal


class Relationship(Data):
    """With which team or other community, and of what nature."""

    with_: Text = Field(validation_alias="with", serialization_alias="with")
    nature: Text


class RelationshipEstablished(CommunityEvent):
    """Two groups began to work together."""

    type: Literal["tenfold.relationship.established.v1"] = "tenfold.relationship.established.v1"
    data: Relationship


class RelationshipEnded(CommunityEvent):
    """Two groups no longer work together."""

    type: Literal["tenfold.relationship.ended.v1"] = "tenfold.relationship.ended.v1"
    data: Relationship


class Engagement(Data):
    """A report, a meeting, a check-in …; a report is only one with a link to it.

    Attributes:
        participants: how many took part.
    """

    kind: Kind
    with_: Text | None = Field(default=None, validation_alias="with", serialization_alias="with")
    audience: Text | None = None
    participants: Count | None = None
    url: Url | None = None

    @model_validator(mode="after")
    def _report_needs_url(self) -> Self:
        if self.kind == "report" and self.url is None:
            raise ValueError("a report needs a url")
        return self


class EngagementHeld(CommunityEvent):
    """The community spoke, with itself or with others."""

    type: Literal["tenfold.engagement.held.v1"] = "tenfold.engagement.held.v1"
    data: Engagement


class PracticeTargets(Data):
    """What a plan promises, shown against what happened."""

    newcomers_per_quarter: Count | None = None
    leaders_per_half_year: Count | None = None


class Practice(Data):
    """Something that the leads wrote down, where, and when it wants looking at again."""

    practice: PracticeName
    url: Url
    review_by: PlannedDay | None = None
    targets: PracticeTargets | None = None


class PracticeDocumented(CommunityEvent):
    """A practice is documented; the newest holds."""

    type: Literal["tenfold.practice.documented.v1"] = "tenfold.practice.documented.v1"
    data: Practice


class MilestoneAssignment(Data):
    """Who answers for a milestone, who helps, with what to show for it and by when."""

    milestone: Milestone
    responsible: Who
    support: Who | None = None
    deliverable: Url | None = None
    due_on: PlannedDay | None = None


class MilestoneAssigned(CommunityEvent):
    """Somebody takes on a milestone."""

    type: Literal["tenfold.milestone.assigned.v1"] = "tenfold.milestone.assigned.v1"
    data: MilestoneAssignment


class Action(Data):
    """What is done about a gap or a condition, and by whom."""

    about: Annotated[str, Field(pattern=r"^(pathway|condition):[a-z][a-z0-9_]{0,62}$")]
    url: Url
    owner: Who


class ActionRecorded(CommunityEvent):
    """A pathway gap or a condition is acknowledged."""

    type: Literal["tenfold.action.recorded.v1"] = "tenfold.action.recorded.v1"
    data: Action


class Impact(Data):
    """A story about what the work brought."""

    title: Text
    url: Url


class ImpactNoted(CommunityEvent):
    """Somebody told what the work brought."""

    type: Literal["tenfold.impact.noted.v1"] = "tenfold.impact.noted.v1"
    data: Impact


class OpportunityOffer(Data):
    """A chance to lead, by its id."""

    opportunity: Token
    url: Url | None = None


class OpportunityOffered(CommunityEvent):
    """A chance to lead stands open."""

    type: Literal["tenfold.opportunity.offered.v1"] = "tenfold.opportunity.offered.v1"
    data: OpportunityOffer


class OpportunityTake(Data):
    """Which chance was taken."""

    opportunity: Token


class OpportunityTaken(PersonalEvent):
    """The subject took a chance to lead."""

    topic: ClassVar[str] = COMMUNITY_TOPIC
    type: Literal["tenfold.opportunity.taken.v1"] = "tenfold.opportunity.taken.v1"
    data: OpportunityTake
