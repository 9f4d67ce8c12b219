"""What some people contributed, as counts take it in: joined to who they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from projections.community.contributions import DailyContributions
from projections.community.names import ContributionNames
from projections.people.index import PeopleIndex
from projections.policy.policy import CommunityPolicy
from projections.timeline.ranges import Work


@dataclass(frozen=True, slots=True)
class Contributed:
    """All that some people did, whole people at a time.

    Attributes:
        human: the contributions of humans, of any level.
        active: those that are active work.
        work: of any level, by person.
        active_work: by person.
        excluded: those that no other number counts, by the reason why: `bot` or `agent`.
    """

    human: DailyContributions
    active: DailyContributions
    work: Work
    active_work: Work
    who: PeopleIndex
    names: ContributionNames
    excluded: Mapping[str, DailyContributions] = field(default_factory=dict)

    @classmethod
    def of(
        cls, cells: DailyContributions, who: PeopleIndex, names: ContributionNames, policy: CommunityPolicy
    ) -> "Contributed":
        """Join contributions to the people behind them."""
        human = cells.where(who.is_human[cells.identity])
        active = names.active(human, policy)
        excluded = {
            reason: cells.where(left_out[cells.identity])
            for reason, left_out in (("bot", who.is_bot), ("agent", who.is_agent))
        }
        return cls(human, active, work_of(human, who), work_of(active, who), who, names, excluded)


def work_of(cells: DailyContributions, who: PeopleIndex) -> Work:
    """Contributions joined to the people behind their identities."""
    return Work.of(who.person[cells.identity], cells.day, cells.count)
