"""What a report is made of, and what of a community's evaluation it reads: the one place that looks it up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from projections.activity.flows import Split, flows
from projections.activity.lapsing import Lapsing, lapsing
from projections.communication.inputs import CommunicationInputs
from projections.community.covered import Read
from projections.community.snapshot import CommunitySnapshot
from projections.conditions.series import ConditionsEvaluation
from projections.disclosure.view import Disclosure
from projections.freshness.reach import unread
from projections.growth.goal import Goal, Goals, goal_on
from projections.leadership.day import Day
from projections.leadership.series import LeadershipEvaluation
from projections.metrics.rests_on import seats
from projections.policy.policy import CommunityPolicy
from projections.seats.roster import Roster
from projections.stage.series import StageEvaluation
from projections.timeline.days import number_of
from projections.timeline.history import History
from reports.headline import Headline, Verdict, reason, verdict
from reports.leadership.active_seats import LeadersKnown, known_of
from reports.leadership.leadership import Led, led
from reports.leadership.leadership import verdict as leadership_verdict
from reports.leadership.scopes import Scope, scopes
from reports.reach import not_read
from reports.viewer import Viewer


@dataclass(frozen=True)
class ReportInputs:
    """What a report is made of.

    Attributes:
        community: Its name.
        seen: The numbers, as the viewer may see them.
        history: The true numbers.
        policy: Its thresholds.
        day: The day reported.
        snapshot: Its facts; None before they were read.
    """

    community: str
    seen: Disclosure
    history: History
    policy: CommunityPolicy
    day: date
    snapshot: CommunitySnapshot | None = None

    @cached_property
    def viewer(self) -> Viewer:
        """What the viewer may see of it."""
        return Viewer(self.seen, self._holders)

    @cached_property
    def led(self) -> Led | None:
        """How leadership stands; nothing where no role was recorded."""
        return led(self.history, self.policy, self.day)

    @cached_property
    def known(self) -> LeadersKnown | None:
        """How much is known of those who lead, whatever the viewer may see."""
        return known_of(self.history, self.day)

    @cached_property
    def unread(self) -> Read:
        """What nobody read up to the day."""
        return unread(self.history, self.day)

    @property
    def reads_work(self) -> bool:
        """Whether it is known what people did."""
        return Read.CONTRIBUTIONS not in self.unread

    @property
    def reads_seats(self) -> bool:
        """Whether it is known of the seats that leadership is judged by."""
        return not seats({}, self.policy) & self.unread

    @property
    def reason(self) -> str:
        """Why there is no verdict, as half a sentence; empty where there is one."""
        return not_read(self.history, self.day, Read.CONTRIBUTIONS) or reason(self.history, self.day)

    @property
    def growth(self) -> Verdict:
        """The first answer."""
        return verdict(self.seen, self.day, self.policy.headline_window_days, self.reason)

    @property
    def headline(self) -> Headline:
        """The two answers."""
        found, growth = self.led, self.growth
        if not found:
            return Headline(growth)
        return Headline(growth, leadership_verdict(self.seen, self.day, found, self.policy, self.known))

    @property
    def roles_are_told(self) -> bool:
        """Whether scopes and reasons are the viewer's to read: by active seats they would say who worked."""
        return self.policy.judge_by == "nominal" or not self.seen.hides

    @property
    def scopes(self) -> Sequence[Scope] | None:
        """The scopes that are judged, by name; nothing as long as the roles themselves were not read."""
        evaluation = self.leadership if self.reads_seats else None
        return scopes(Day(evaluation, self.policy, number_of(self.day)).scopes()) if evaluation else None

    @cached_property
    def flows(self) -> Mapping[str, Split] | None:
        """Who came and who went, split; nothing before the facts were read, nor where nobody read what people did."""
        return flows(self.snapshot, number_of(self.day)) if self.snapshot and self.reads_work else None

    @cached_property
    def lapsing(self) -> Lapsing | None:
        """To whom a word is due; likewise."""
        return lapsing(self.snapshot, number_of(self.day)) if self.snapshot and self.reads_work else None

    @property
    def leadership(self) -> LeadershipEvaluation | None:
        """What was found out of leadership."""
        return self.snapshot.find(LeadershipEvaluation) if self.snapshot else None

    @property
    def roster(self) -> Roster | None:
        """Who holds, or held, which seat."""
        return self.snapshot.find(Roster) if self.snapshot else None

    @property
    def told(self) -> CommunicationInputs | None:
        """What the community said of itself."""
        return self.snapshot.of(CommunicationInputs) if self.snapshot else None

    @property
    def stage(self) -> StageEvaluation | None:
        """What was found out of the scaling stage."""
        return self.snapshot.find(StageEvaluation) if self.snapshot else None

    @property
    def conditions(self) -> ConditionsEvaluation | None:
        """What was found out of conditions."""
        return self.snapshot.find(ConditionsEvaluation) if self.snapshot else None

    @property
    def goal(self) -> Goal | None:
        """The goal that holds."""
        return goal_on(self.snapshot.of(Goals).every, number_of(self.day)) if self.snapshot else None

    @property
    def _holders(self) -> frozenset[str]:
        """Who holds a seat of any role."""
        at, seats = number_of(self.day), self.roster.seats if self.roster else ()
        return frozenset(one.holder for one in seats if one.start <= at < one.end)
