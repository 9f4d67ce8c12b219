"""The settable thresholds of each question, as parts of a community's policy.

Source: docs/definitions.md, the values in [brackets].
"""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

ROUNDING = 1e-9
"""How far a number may be beside its threshold by rounding alone."""

Share = Annotated[float, Field(gt=0, le=1)]
Days = Annotated[int, Field(ge=1, le=3660)]
Step = Annotated[str, Field(pattern=r"^(arrived|second_day|sustained|core)$")]


class Frozen(BaseModel):
    """A part of the policy: cannot be changed, and refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class MentoringPolicy(Frozen):
    """Mentoring."""

    dormant_days: Days = Field(90, description="days after its last event on which a mentorship is dormant")
    newcomer_days: Days = Field(90, description="how far back a newcomer is new, for coverage")
    fewest_in_group: int = Field(10, ge=1, description="people below which a group's retention is absent")
    recruited_days: Days = Field(180, description="how far back a first seat counts as recruited into core")
    load_max: int = Field(5, ge=1, description="active mentees of one mentor above which they carry too much")


class PathwayPolicy(Frozen):
    """The contribution pathway."""

    fewest_people: int = Field(20, ge=1, description="people in a quarter below which its conversion is not published")
    floors: dict[Step, Share] = Field(
        {"arrived": 0.15, "second_day": 0.25, "sustained": 0.10},
        description="step → conversion below which, two quarters in a row, there is a gap",
    )


class TeamsPolicy(Frozen):
    """Work across teams, and relationships."""

    cross_team_days: Days = Field(90, description="window in which work in two teams makes somebody cross-team")
    main_team_days: Days = Field(365, description="window whose volume says which team is somebody's main one")
    dormant_days: Days = Field(180, description="days without engagement or flow after which a relationship is dormant")
    owner: str | None = Field(None, description="the organisation that owns the community; others are outside of it")


class CommunicationPolicy(Frozen):
    """Regular communication."""

    cadence_days: dict[str, Days] = Field(
        {"report": 45, "meeting": 30, "check_in": 30}, description="kind of engagement → days of a slot"
    )
    practice_stale_days: Days = Field(365, description="days after which a documented practice is stale")


class SuccessPolicy(Frozen):
    """Success of the scaling stage."""

    leaders_min: float = Field(3, gt=0, description="effective leaders there must be at least")
    active_per_leader: float = Field(25, gt=0, description="active people to one effective leader at most")
    strength_min: Share = Field(0.8, description="share of covered scopes there must be at least")


class Criteria(Frozen):
    """What somebody has done who could take a role; absolute numbers, all of which must be met."""

    kinds: dict[str, Annotated[int, Field(ge=1)]] = Field({}, description="kind → contributions of it, ever")
    days: int = Field(0, ge=0, description="distinct days with active work, ever")
    reviews: int = Field(0, ge=0, description="contributions of kind review, ever")
    mentees: int = Field(0, ge=0, description="people mentored, ever")
    sponsors: int = Field(0, ge=0, description="people who mentored them, ever")

    @model_validator(mode="after")
    def asks_something(self) -> Self:
        """Criteria that ask nothing would be met by everybody who ever came by."""
        if not (self.contributions or self.days or self.asks_mentoring):
            raise ValueError("criteria must ask for something: kinds, days, reviews, mentees or sponsors")
        return self

    @property
    def contributions(self) -> Mapping[str, int]:
        """Kind → contributions of it, reviews among them."""
        reviews = max(self.reviews, self.kinds.get("review", 0))
        return self.kinds | ({"review": reviews} if reviews else {})

    @property
    def asks_mentoring(self) -> bool:
        """Whether somebody must have mentored or been mentored."""
        return bool(self.mentees or self.sponsors)
