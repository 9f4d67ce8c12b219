"""The contributions of a community joined to its people, as they were at one moment: what questions are asked of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from projections.activity.ranges import Work
from projections.communication.told import Told
from projections.community.cells import Cells
from projections.community.counts import Names, work_of
from projections.growth.goal import Goal
from projections.mentoring.ranges import Mentorships
from projections.people.who import Who
from projections.policy import CommunityPolicy

if TYPE_CHECKING:
    from projections.conditions.metrics import Raised
    from projections.leadership.metrics import Swept
    from projections.responses.answered import Answered
    from projections.stage.stage import Seen


@dataclass(frozen=True, slots=True)
class Joined:
    """Never changes, so it may be read while the community takes in what comes next.

    `leadership` is what the last sweep saw of it; None before one, or where no role was ever recorded; likewise
    `responses` of who was answered, `stage` of the scaling stage, `conditions` of those. `opted_out` are the persons
    who don't want to be considered for leadership; `told` is what the community said of itself.
    """

    name: str
    policy: CommunityPolicy
    cells: Cells
    names: Names
    who: Who
    leadership: Swept | None = None
    mentorships: Mentorships = field(default_factory=Mentorships)
    opted_out: frozenset[str] = frozenset()
    responses: Answered | None = None
    stage: Seen | None = None
    goals: Sequence[Goal] = ()
    conditions: Raised | None = None
    told: Told = field(default_factory=Told)

    @property
    def human(self) -> Cells:
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
