"""What the numbers in contributions stand for, and what the policy makes of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from projections.community.contributions import NO_TEAM, DailyContributions
from projections.policy.policy import CommunityPolicy

OTHER_TEAMS: Final = "other"
"""What teams are called together that are not called by name."""


@dataclass(frozen=True, slots=True)
class ContributionNames:
    """The names by number; numbers that were given stay.

    Attributes:
        shown: the teams that are called by name.
    """

    identities: Sequence[str]
    teams: Sequence[str]
    kinds: Sequence[str]
    sources: Sequence[str]
    shown: frozenset[str] = frozenset()

    def label(self, team: str) -> str:
        """What a team is called in numbers."""
        return team if team in self.shown else OTHER_TEAMS

    def active(self, cells: DailyContributions, policy: CommunityPolicy) -> DailyContributions:
        """Those that are active work."""
        pairs, pair = np.unique(cells.team << 32 | cells.kind, return_inverse=True)
        kinds = [self.kinds[int(one) & (1 << 32) - 1] for one in pairs]
        teams = [None if one >> 32 == NO_TEAM else self.teams[int(one) >> 32] for one in pairs]
        counts = [policy.is_active_work(kind, team) for kind, team in zip(kinds, teams, strict=True)]
        return cells.where(np.array(counts, bool)[pair])

    def team_labels(self, cells: DailyContributions) -> Mapping[str, DailyContributions]:
        """Those of every team label; contributions without a team have none."""
        labels = sorted({self.label(team) for team in self.teams})
        number = np.array([labels.index(self.label(team)) for team in self.teams], np.int64)
        cells = cells.where(cells.team != NO_TEAM)
        label = number[cells.team] if len(cells) else cells.team
        order = np.argsort(label, kind="stable")
        many = np.bincount(label, minlength=len(labels))
        ends = np.cumsum(many)
        places = zip(labels, ends - many, ends, strict=True)
        return {one: cells.where(order[begin:end]) for one, begin, end in places if end > begin}

    def of_sources(self, cells: DailyContributions, sources: Collection[str]) -> DailyContributions:
        """Those of some sources."""
        return cells.where(np.array([name in sources for name in self.sources], bool)[cells.source])
