"""What a policy can set, with the defaults of docs/definitions.md: the oracle reads no policy of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

STEWARDSHIP = ("release", "mentoring", "governance")
SUBSTANTIAL = (
    "commit",
    "patch",
    "review",
    "translation",
    "documentation",
    "test",
    "triage",
    "support_answer",
    "event_organised",
    "design",
)
LEADING = ("owner", "lead", "peer", "chair", "tech_lead", "maintainer", "approver", "codeowner", "coordinator")
OWNING = ("owner", "lead", "chair", "maintainer", "approver", "codeowner", "coordinator")


@dataclass(frozen=True)
class Ladder:
    """What somebody has done who could take a role."""

    kinds: Mapping[str, int] = field(default_factory=dict)
    days: int = 0
    reviews: int = 0
    mentees: int = 0
    sponsors: int = 0


@dataclass(frozen=True)
class Values:
    """The settable values of one community's policy."""

    windows: tuple[int, ...] = (30, 90, 365)
    headline: int = 90
    min_contributions: int = 1
    teams: tuple[str, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    team_levels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bot_patterns: tuple[str, ...] = ("*[bot]", "*-bot", "dependabot*", "*renovate*", "github-actions*", "bors")
    agent_patterns: tuple[str, ...] = ("noreply@anthropic.com", "*copilot*", "cursoragent*", "devin-ai*")
    aliases: Mapping[str, str] = field(default_factory=dict)
    cadence_days: Mapping[str, float] = field(default_factory=dict)
    min_people: int = 5
    known_share: Fraction = Fraction(7, 10)
    bases: Mapping[str, str] = field(default_factory=dict)
    leadership_roles: tuple[str, ...] = LEADING
    owning_roles: tuple[str, ...] = OWNING
    deputy_roles: tuple[str, ...] = ("member", "reviewer")
    observed_scopes: tuple[str, ...] | None = None
    inheriting_sources: tuple[str, ...] = ("roles:*:owners",)
    collective_scopes: tuple[str, ...] = ()
    scope_weights: Mapping[str, float] = field(default_factory=dict)
    judge_by: str = "nominal"
    active_seat_days: int = 90
    renewal_days: int = 180
    dormant_days: int = 90
    newcomer_days: int = 90
    most_load: int = 5
    fewest_in_group: int = 10
    recruited_days: int = 180
    pathway_people: int = 20
    pathway_floors: Mapping[str, Fraction] = field(
        default_factory=lambda: {
            "arrived": Fraction(15, 100),
            "second_day": Fraction(25, 100),
            "sustained": Fraction(10, 100),
        }
    )
    criteria: Mapping[str, Ladder] = field(default_factory=dict)
    cross_team_days: int = 90
    main_team_days: int = 365
    relationship_dormant_days: int = 180
    leaders_min: Fraction = Fraction(3)
    active_per_leader: Fraction = Fraction(25)
    strength_min: Fraction = Fraction(8, 10)
    engagement_days: Mapping[str, int] = field(default_factory=lambda: {"report": 45, "meeting": 30, "check_in": 30})

    def level(self, kind: str, team: str | None) -> str:
        """Its `kind`, by team where the policy says so, has a level; `light`: every other kind."""
        if team is not None and kind in self.team_levels.get(team, {}):
            return self.team_levels[team][kind]
        if kind in self.levels:
            return self.levels[kind]
        if kind in STEWARDSHIP:
            return "stewardship"
        return "substantial" if kind in SUBSTANTIAL else "light"
