"""What some people contributed, as counts take it in: joined to who they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projections.community.contributions import DailyContributions
from projections.people.index import PeopleIndex
from projections.timeline.ranges import Work

if TYPE_CHECKING:
    from projections.evaluation.counts import ContributionNames


@dataclass(frozen=True, slots=True)
class Contributed:
    """All that some humans did, whole people at a time.

    Attributes:
        human: their contributions of any level.
        active: those that are active work.
        work: of any level, by person.
        active_work: by person.
    """

    human: DailyContributions
    active: DailyContributions
    work: Work
    active_work: Work
    who: PeopleIndex
    names: ContributionNames
