"""The contributions of a community joined to its people, as they were at one moment: what questions are asked of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from projections.communication.inputs import CommunicationInputs
from projections.community.contributions import DailyContributions
from projections.evaluation.counts import ContributionNames, work_of
from projections.growth.goal import Goal
from projections.mentoring.mentorships import Mentorships
from projections.people.index import PeopleIndex
from projections.policy.policy import CommunityPolicy
from projections.timeline.ranges import Work

if TYPE_CHECKING:
    from projections.conditions.families import ConditionsEvaluation
    from projections.leadership.families import LeadershipEvaluation
    from projections.responses.evaluation import ResponsesEvaluation
    from projections.stage.evaluation import StageEvaluation


@dataclass(frozen=True, slots=True)
class CommunitySnapshot:
    """Never changes, so it may be read while the community takes in what comes next.

    `leadership` is what the last sweep saw of it; None before one, or where no role was ever recorded; likewise
    `responses` of who was answered, `stage` of the scaling stage, `conditions` of those. `opted_out` are the persons
    who don't want to be considered for leadership; `told` is what the community said of itself.
    """

    name: str
    policy: CommunityPolicy
    cells: DailyContributions
    names: ContributionNames
    who: PeopleIndex
    leadership: LeadershipEvaluation | None = None
    mentorships: Mentorships = field(default_factory=Mentorships)
    opted_out: frozenset[str] = frozenset()
    responses: ResponsesEvaluation | None = None
    stage: StageEvaluation | None = None
    goals: Sequence[Goal] = ()
    conditions: ConditionsEvaluation | None = None
    told: CommunicationInputs = field(default_factory=CommunicationInputs)

    @property
    def human(self) -> DailyContributions:
        """The contributions of humans."""
        return self.cells.where(self.who.is_human[self.cells.identity])

    @property
    def logins(self) -> Mapping[str, str]:
        """What the accounts of those are called who ever held a seat, by person, where it is known."""
        return self.leadership.told.roster.logins if self.leadership else {}

    def human_work(self) -> Work:
        """All contributions of humans, by person."""
        return work_of(self.human, self.who)

    def active_work(self) -> Work:
        """All active work of humans, by person."""
        return work_of(self.names.active(self.human, self.policy), self.who)
