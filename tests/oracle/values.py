"""What a policy can set, with the defaults of docs/definitions.md: the oracle reads no policy of ours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=10_000)
def matches(pattern: str, text: str) -> bool:
    """Only `*` is special: `*[bot]` means a literal `[bot]`; case is ignored."""
    parts = [re.escape(part) for part in pattern.casefold().split("*")]
    return re.fullmatch(".*".join(parts), text.casefold(), re.DOTALL) is not None


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

BOTS = tuple(
    (
        "*[bot], *-bot, * bot, bot-*, *-robot, * robot, *-automation, * automation, dependabot*, renovate*, "
        "github-actions*, github action, action@github.com, actions@github.com, bors, rustbot, rfcbot, "
        "googlebot, web-flow, llvmbot, mergify, codecov-commenter, codecov-io, coveralls, claassistant, "
        "imgbotapp, asfgit, weblate, hosted@weblate.org, noreply@weblate.org, syzbot*, jenkins, travis ci, "
        "*@cron.bot, *@*gserviceaccount.com, bot@*, ci-robot@k8s.io "
    )
    .strip()
    .split(", ")
)
AGENTS = tuple(
    (
        "noreply@anthropic.com, github:81847, claude[bot], anthropic-claude*, claude-code*, claude code*, "
        "claude opus*, claude sonnet*, claude haiku*, copilot, copilot-*, github-copilot*, "
        "copilot@github.com, cursoragent*, cursor agent, cursor[bot], devin-ai*, devin ai, codex@openai.com, "
        "noreply@openai.com, chatgpt-codex*, openai-codex*, google-labs-jules*, gemini-code-assist*, "
        "gemini@google.com, *@aider.chat, * (aider), openhands*, amp@ampcode.com, oz-agent@warp.dev, "
        "noreply@opencode.ai, noreply@pi.dev, amazon-q-developer*, coderabbitai*, sourcegraph-cody*, "
        "jetbrains-ai*, factory-droid*, *-ai-agent "
    )
    .strip()
    .split(", ")
)


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
    teams_shown_max: int = 50
    source_teams: Mapping[str, str] = field(default_factory=dict)  # by pattern
    levels: Mapping[str, str] = field(default_factory=dict)
    team_levels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bot_patterns: tuple[str, ...] = BOTS
    agent_patterns: tuple[str, ...] = AGENTS
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

    def team_of(self, source: str, team: str | None) -> str | None:
        """The policy's for its source, else the event's own; of several patterns the longest, its own name first."""
        if source in self.source_teams:
            return self.source_teams[source]
        fitting = [pattern for pattern in self.source_teams if matches(pattern, source)]
        return self.source_teams[min(fitting, key=lambda one: (-len(one), one))] if fitting else team

    def level(self, kind: str, team: str | None) -> str:
        """Its `kind`, by team where the policy says so, has a level; `light`: every other kind."""
        if team is not None and kind in self.team_levels.get(team, {}):
            return self.team_levels[team][kind]
        if kind in self.levels:
            return self.levels[kind]
        if kind in STEWARDSHIP:
            return "stewardship"
        return "substantial" if kind in SUBSTANTIAL else "light"
