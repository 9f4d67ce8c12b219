"""The contributions of a community joined to its people, as they were at one moment: what questions are asked of."""

from collections.abc import Callable
from dataclasses import dataclass, field

from projections.community.contributed import work_of
from projections.community.contributions import DailyContributions
from projections.community.firsts import FirstMoments
from projections.community.names import ContributionNames
from projections.community.results import Results, Wanted
from projections.people.index import PeopleIndex
from projections.policy.policy import CommunityPolicy
from projections.timeline.ranges import Work


@dataclass(frozen=True, slots=True)
class CommunitySnapshot:
    """Never changes, so it may be read while the community takes in what comes next.

    Attributes:
        results: what the last evaluation found out beside the series; none before one.
        opted_out: the persons who don't want to be considered for leadership.
        firsts: when each identity first contributed.
    """

    name: str
    policy: CommunityPolicy
    cells: DailyContributions
    names: ContributionNames
    who: PeopleIndex
    results: Results = field(default_factory=Results)
    opted_out: frozenset[str] = frozenset()
    firsts: FirstMoments = field(default_factory=FirstMoments.none)

    def find(self, kind: type[Wanted]) -> Wanted | None:
        """What the last evaluation found, by its class; None where nothing was recorded that it could be made of."""
        return self.results.find(kind)

    def of(self, kind: Callable[[], Wanted]) -> Wanted:
        """The same; an empty one where nothing was found."""
        return self.results.of(kind)

    @property
    def human(self) -> DailyContributions:
        """The contributions of humans."""
        return self.cells.where(self.who.is_human[self.cells.identity])

    def human_work(self) -> Work:
        """All contributions of humans, by person."""
        return work_of(self.human, self.who)

    def active_work(self) -> Work:
        """All active work of humans, by person."""
        return work_of(self.names.active(self.human, self.policy), self.who)
