"""The scaling stage as somebody may see it: milestones, success and risks in words. Pure.

The page, the text report and the API show it, so they say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from projections.community.snapshot import CommunitySnapshot
from projections.conditions.evaluation import ConditionsEvaluation
from projections.disclosure.view import Disclosure, few
from projections.freshness.families import OTHER
from projections.policy.policy import CommunityPolicy
from projections.seats.roster import Roster
from projections.stage.assigned import Assignee
from projections.stage.evaluation import StageEvaluation
from projections.stage.milestones import MILESTONES as NAMES
from projections.stage.milestones import STATES
from projections.timeline.days import number_of
from projections.timeline.history import Series, series
from reports.conditions.report import ConditionsReport as Conditions
from reports.conditions.report import conditions_report as conditions_on
from reports.published_roles import ACCOUNT
from reports.stage.report import StageReport, stage_report

MILESTONES: Mapping[str, str] = {
    "core_mentored": "New core members are actively recruited and mentored",
    "leadership_chances": "Contributors get the chance to develop and demonstrate leadership",
    "synergy": "Synergistic relationship with other teams",
    "communication": "Regular communication about impact",
}
SUCCESS: Mapping[str, str] = {
    "growth": "Sustained growth to the goal",
    "distribution": "Leadership spread over enough people",
    "strength": "Leadership is strong",
    "momentum": "Momentum: leaders and mentored core members keep coming",
}
RISKS: Mapping[str, str] = {
    "coordinator_runway": "The coordinator runs out before others can take over",
    "ownership_openness": "Ownership and openness out of balance",
    "pathway_gaps": "Gaps in the contribution pathway",
}
STATE_WORDS: Mapping[str, str] = {
    "met": "met",
    "at_risk": "at risk",
    "not_met": "not met",
    "unknown": "unknown",
    "low": "low",
    "high": "high",
}
"""How each is called."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody may see of the stage.

    Attributes:
        seen: The numbers.
        holders: Who holds a seat on the day: roles are published, so they may be named by their account.
    """

    seen: Disclosure
    holders: frozenset[str] = frozenset()

    @property
    def hides(self) -> bool:
        """Whether anything may be hidden at all."""
        return self.seen.hides

    def value(self, key: Series, day: date) -> float | str | None:
        """A number of a day."""
        return self.seen.value(key, day)

    def people(self, count: float) -> float | str:
        """A number of people that is no series: from 1 to 4 they are few."""
        return few(count) if self.hides else count

    def source(self, name: str) -> str:
        """A source, as its policy calls it or by a number where names of sources are hidden."""
        return self.seen.titles.get(name, OTHER) if self.hides else name

    def named(self, who: Assignee) -> str | None:
        """Somebody as they were named; to everybody only the account by which a role is published."""
        if not self.hides:
            return who.given
        return who.person if who.person in self.holders and ACCOUNT.fullmatch(who.person) else None


def stage(
    seen: Disclosure, day: date, policy: CommunityPolicy, snapshot: CommunitySnapshot | None
) -> StageReport | None:
    """What is told of the stage; nothing where it was never worked out for the day.

    Args:
        seen: The numbers, as the viewer may see them.
        day: The day asked about.
        policy: The community's.
        snapshot: Its facts; None before they were read.
    """
    states = (series("milestone", milestone=name, state=state) for name in NAMES for state in STATES)
    if all(seen.value(key, day) is None for key in states):
        return None
    return stage_report(
        Shown(seen, holders(snapshot, day)), snapshot.find(StageEvaluation) if snapshot else None, policy, day
    )


def conditions(seen: Disclosure, day: date, policy: CommunityPolicy, snapshot: CommunitySnapshot | None) -> Conditions:
    """What is told of conditions.

    Args:
        seen: The numbers, as the viewer may see them.
        day: The day asked about.
        policy: The community's.
        snapshot: Its facts; None before they were read.
    """
    return conditions_on(
        Shown(seen, holders(snapshot, day)), snapshot.find(ConditionsEvaluation) if snapshot else None, policy, day
    )


def holders(snapshot: CommunitySnapshot | None, day: date) -> frozenset[str]:
    """Who holds a seat of any role on a day."""
    if snapshot is None or (roster := snapshot.find(Roster)) is None:
        return frozenset()
    at = number_of(day)
    return frozenset(one.holder for one in roster.seats if one.start <= at < one.end)
