"""The thresholds a community chose: which kinds count, over which windows, who is a bot.

The numbers are pure functions of events and of this policy, so its digest is published beside them.
Source: docs/definitions.md, "Policy defaults".
"""

import hashlib
from enum import StrEnum
from typing import Annotated, Final, Literal, Self

import rtoml
from pydantic import Field, ValidationError, model_validator

from events.errors import TenfoldError
from events.people import Basis
from projections.policy.machines import AGENTS, BOTS
from projections.policy.thresholds import (
    CommunicationPolicy,
    Criteria,
    Days,
    Frozen,
    MentoringPolicy,
    PathwayPolicy,
    Share,
    SuccessPolicy,
    TeamsPolicy,
)


class Level(StrEnum):
    """How much a kind of contribution weighs; active work is `substantial` or above."""

    LIGHT = "light"
    SUBSTANTIAL = "substantial"
    STEWARDSHIP = "stewardship"


DEFAULT_LEVELS = dict.fromkeys(("release", "mentoring", "governance"), Level.STEWARDSHIP) | dict.fromkeys(
    (
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
    ),
    Level.SUBSTANTIAL,
)


LEADERSHIP_ROLES = ("owner", "lead", "peer", "chair", "tech_lead", "maintainer", "approver", "codeowner", "coordinator")
OWNING_ROLES = ("owner", "lead", "chair", "maintainer", "approver", "codeowner", "coordinator")


LONGEST_BYTES: Final = 2**19
"""Room for hundreds of communities with their sources. Of this length nothing takes longer than a second to read."""
MOST_COMMUNITIES: Final = 1000
LONGEST_COMPLAINT: Final = 300
"""What a file is refused for quotes its keys, which may be of any length."""

Names = Annotated[tuple[str, ...], Field(max_length=500, fail_fast=True)]
"""Teams, roles or patterns: as many as anybody can mean, since much is held against each of them."""


class PolicyError(TenfoldError):
    """The policy file does not say something that can be followed."""


class Organisations(Frozen):
    """What the policy knows of organisations beyond the affiliations that events give."""

    aliases: dict[str, str] = Field({}, description="another name of an organisation → the name it counts under")
    basis: dict[str, Basis] = Field({}, description="organisation → basis of its people where the event says unknown")


class SourcePolicy(Frozen):
    """What is known of a source, or of all that fit a pattern."""

    team: str | None = Field(
        None,
        min_length=1,
        max_length=63,
        description="the team of all that comes from there, whatever events say",
    )
    cadence_days: float | None = Field(
        None, gt=0, le=3660, description="days between checks; by default their median gap, or 7"
    )
    title: str | None = Field(
        None,
        min_length=1,
        max_length=100,
        description="what everybody reads for it; by default a number, since names of sources may hold addresses",
    )


class CommunityPolicy(Frozen):
    """The policy of one community."""

    windows_days: tuple[Days, ...] = Field(
        (30, 90, 365),
        min_length=1,
        max_length=12,
        fail_fast=True,
        description="windows that activity is counted in, in days",
    )
    headline_window_days: int = Field(90, description="the window of the headline and of the onion")
    min_contributions: int = Field(
        1, ge=1, description="contributions of active work in a window that make a person active"
    )
    teams: Names = Field((), description="teams that are called by name, all others being `other`; by default all")
    teams_shown_max: int = Field(
        50, ge=0, le=500, description="teams called by name where `teams` lists none: those that were there first"
    )
    levels: dict[str, Level] = Field({}, description="kind → level, beside the defaults")
    team_levels: dict[str, dict[str, Level]] = Field({}, description="team → kind → level, before `levels`")
    bot_patterns: Names = Field(
        BOTS,
        description="who is a bot, by login, by what stands before the `@`, or by every name ever given; only `*` is "
        "special; a pattern with `@` is for whole addresses, one with `:` for whole identities",
    )
    agent_patterns: Names = Field(
        AGENTS,
        description="likewise, who is an AI agent: left out as bots are, and counted apart",
    )
    placeholder_addresses: Names = Field(
        (
            "*@example.com",
            "*@example.org",
            "*@example.net",
            "*@localhost",
            "*@localhost.localdomain",
            "root@*",
            "you@*",
        ),
        description="addresses that identify nobody: commits that bear them are of whoever has the name",
    )
    organisations: Organisations = Organisations()
    sources: dict[str, SourcePolicy] = Field({}, description="source, or pattern of sources → what is known of it")
    leadership_roles: Names = Field(LEADERSHIP_ROLES, description="roles whose holders lead a scope")
    owning_roles: Names = Field(OWNING_ROLES, description="leadership roles that can make a scope covered")
    deputy_roles: Names = Field(("member", "reviewer"), description="roles that stand in for a leader")
    observed_scopes: Names | None = Field(
        None, description="patterns of the scopes where contributions could be seen at all; by default all"
    )
    inheriting_sources: Names = Field(
        ("roles:*:owners",),
        description="patterns of the sources of roles by which whoever leads a scope leads all below it, too",
    )
    collective_scopes: Names = Field(
        (), description="patterns of the scopes that any two leaders or deputies cover, whoever owns them"
    )
    scope_weights: dict[str, Annotated[float, Field(ge=0)]] = Field({}, description="scope → mass, 1 for all others")
    judge_by: Literal["nominal", "active"] = Field("nominal", description="the seats that verdict and conditions go by")
    active_seat_days: Days = Field(90, description="a seat is active while its holder worked within so many days")
    renewal_days: Days = Field(180, description="how far back a new leader is new, and one who left has left")
    min_people: int = Field(
        5, ge=1, description="active people below which the onion and the absence factor are absent"
    )
    affiliation_known_min: Share = Field(
        0.7, description="share of known affiliations below which what rests on it is absent"
    )
    mentoring: MentoringPolicy = MentoringPolicy()
    pathway: PathwayPolicy = PathwayPolicy()
    collaboration: TeamsPolicy = TeamsPolicy()
    communication: CommunicationPolicy = CommunicationPolicy()
    success: SuccessPolicy = SuccessPolicy()
    criteria: dict[str, Criteria] = Field({}, description="role → what people have done who could take it")

    @model_validator(mode="after")
    def headline_is_a_window(self) -> Self:
        """The headline is one of the windows, and no window stands twice."""
        if self.headline_window_days not in self.windows_days:
            raise ValueError(f"headline_window_days {self.headline_window_days} is not one of windows_days")
        if len(set(self.windows_days)) < len(self.windows_days):
            raise ValueError("windows_days names a window twice")
        return self

    @model_validator(mode="after")
    def patterns_give_teams(self) -> Self:
        """Of several sources at once nothing but a team can be said."""
        for name, one in self.sources.items():
            if "*" in name and (one.title or one.cadence_days):
                raise ValueError(f'sources."{name}": a pattern gives a team, not a title or a cadence')
        return self

    def level(self, kind: str, team: str | None) -> Level:
        """The level of a kind of contribution in a team; a kind that nobody mapped is `light`."""
        by_team = self.team_levels.get(team, {}) if team else {}
        return by_team.get(kind) or self.levels.get(kind) or DEFAULT_LEVELS.get(kind, Level.LIGHT)

    def is_active_work(self, kind: str, team: str | None) -> bool:
        """Whether a contribution of this kind makes somebody active."""
        return self.level(kind, team) is not Level.LIGHT

    @property
    def source_titles(self) -> dict[str, str]:
        """Source → its title before everybody, where it has one."""
        return {name: one.title for name, one in self.sources.items() if one.title is not None}

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that change with any setting."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


class Policy(Frozen):
    """The policy of an installation: its communities, and whether others are let in."""

    open_communities: bool | None = Field(
        None, description="accept events for communities not listed; by default only while none is listed"
    )
    communities: dict[str, CommunityPolicy] = Field(
        {}, max_length=MOST_COMMUNITIES, description="community → its policy"
    )

    @classmethod
    def load(cls, text: str) -> Self:
        """Read a policy from TOML.

        Raises:
            PolicyError: it is not TOML, is too long or nested too deeply, or says something that the model refuses; the
                message names the place.
        """
        if len(text) > LONGEST_BYTES:
            raise PolicyError(f"policy: longer than {LONGEST_BYTES} characters")
        try:
            return cls.model_validate(rtoml.loads(text))
        except (rtoml.TomlParsingError, UnicodeError) as error:
            raise _refused(f"policy is not TOML: {error}") from error
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise _refused(f"policy: {place}: {first['msg'].removeprefix('Value error, ')}") from error

    def accepts(self, community: str) -> bool:
        """Whether events of this community are kept (docs/architecture.md, law 9)."""
        is_open = self.open_communities if self.open_communities is not None else not self.communities
        return is_open or community in self.communities

    def community(self, name: str) -> CommunityPolicy:
        """The policy of a community; the defaults where none is written."""
        return self.communities.get(name) or CommunityPolicy()


def _refused(words: str) -> PolicyError:
    return PolicyError(words if len(words) <= LONGEST_COMPLAINT else f"{words[:LONGEST_COMPLAINT]} …")
