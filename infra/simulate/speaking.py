"""What a community that is looked after says: goal, reports, meetings, relations with others, plans, stories."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final, get_args

from events.catalog import AnyEvent
from events.community import (
    Engagement,
    EngagementHeld,
    Goal,
    GoalSet,
    Impact,
    ImpactNoted,
    MilestoneAssigned,
    MilestoneAssignment,
    Practice,
    PracticeDocumented,
    PracticeName,
    PracticeTargets,
    Relationship,
    RelationshipEnded,
    RelationshipEstablished,
)
from infra.simulate.world import World
from projections.stage.milestones import MILESTONES

PARTNER: Final = "orchard"
HEADLINE: Final = timedelta(days=90)
GOAL_WEEK, GOAL_FACTOR = 26, 10
GOAL_DUE: Final = timedelta(days=5 * 365)
YEAR: Final = timedelta(days=365)
PLANS_WEEK, MILESTONES_WEEK, RELATIONS_WEEK, WEEKS_A_YEAR, WEEKS_A_QUARTER = 4, 10, 8, 52, 13
WEEKS_BETWEEN: Final = {"report": 6, "meeting": 4, "check_in": 4}
WITH_PARTNER_WEEKS: Final = 8
PRACTICES: Final[tuple[PracticeName, ...]] = get_args(PracticeName)
TARGETS: Final = {
    "recruiting_plan": PracticeTargets(newcomers_per_quarter=20),
    "leadership_plan": PracticeTargets(leaders_per_half_year=3),
}


class Voice:
    """Says what is said week by week, as long as somebody cares; at the end of that, relations end."""

    def __init__(self, world: World) -> None:
        """Nothing said yet."""
        self._world = world
        self._is_related = False

    def week(self) -> Iterator[AnyEvent]:
        """All that is said this week."""
        week = self._world.week
        if week == GOAL_WEEK:
            yield self._goal()
        if not self._world.is_cared_for:
            yield from self._relate(RelationshipEnded) if self._is_related else ()
            self._is_related = False
            return
        yield from self._engagements()
        if week == RELATIONS_WEEK:
            self._is_related = True
            yield from self._relate(RelationshipEstablished)
        if week % WEEKS_A_YEAR == PLANS_WEEK:
            yield from self._practices()
        if week % WEEKS_A_YEAR == MILESTONES_WEEK:
            yield from self._milestones()
        if week % WEEKS_A_QUARTER == RELATIONS_WEEK:
            yield self._story()

    def _goal(self) -> AnyEvent:
        """Ten times those who work now, within five years."""
        world, at = self._world, self._world.moment(6)
        baseline = sum(at.date() - HEADLINE < day <= at.date() for day in world.last_work.values())
        due = at.date() + GOAL_DUE
        goal = Goal(baseline=max(1, baseline), baseline_on=at.date(), factor=GOAL_FACTOR, due_on=due)
        return GoalSet(**world.envelope(f"goal/{goal.baseline}/{due}", at), data=goal)

    def _engagements(self) -> Iterator[AnyEvent]:
        for kind, weeks in WEEKS_BETWEEN.items():
            if self._world.week % weeks == 0:
                there = min(len(self._world.people), 4 + self._world.poisson(6))
                url = self._world.url(f"{kind}/{self._world.week}") if kind == "report" else None
                yield self._held(Engagement(kind=kind, audience="contributors", participants=there, url=url), None)
        if self._world.week % WITH_PARTNER_WEEKS == 0:
            yield self._held(Engagement(kind="meeting", with_=PARTNER, participants=4), "tools")

    def _held(self, engagement: Engagement, team: str | None) -> AnyEvent:
        at = self._world.moment(2)
        envelope = self._world.envelope(f"{engagement.kind}/{engagement.with_}/{at.isoformat()}", at, team)
        return EngagementHeld(**envelope, data=engagement)

    def _relate(self, what: type[RelationshipEstablished] | type[RelationshipEnded]) -> Iterator[AnyEvent]:
        at = self._world.moment(2)
        for team, partner, nature in ((None, PARTNER, "shared tooling"), ("compiler", "docs", "examples")):
            envelope = self._world.envelope(f"{what.__name__}/{partner}/{at.isoformat()}", at, team)
            yield what(**envelope, data=Relationship(with_=partner, nature=nature))

    def _practices(self) -> Iterator[AnyEvent]:
        at = self._world.moment(4)
        for name in PRACTICES:
            review_by = at.date() + YEAR
            practice = Practice(
                practice=name, url=self._world.url(name), review_by=review_by, targets=TARGETS.get(name)
            )
            yield PracticeDocumented(**self._world.envelope(f"practice/{name}/{review_by}", at), data=practice)

    def _milestones(self) -> Iterator[AnyEvent]:
        at, leaders = self._world.moment(4), [one.identity for one in self._world.people if one.leads]
        for name in MILESTONES if len(leaders) > 1 else ():
            responsible, support = self._world.chance.sample(leaders, 2)
            due_on, deliverable = at.date() + YEAR, self._world.url(f"plans/{name}")
            assignment = MilestoneAssignment(
                milestone=name, responsible=responsible, support=support, deliverable=deliverable, due_on=due_on
            )
            envelope = self._world.envelope(f"milestone/{name}/{responsible}/{due_on}", at)
            yield MilestoneAssigned(**envelope, data=assignment)

    def _story(self) -> AnyEvent:
        at, number = self._world.moment(1), self._world.week // WEEKS_A_QUARTER + 1
        impact = Impact(title=f"What came of quarter {number}", url=self._world.url(f"stories/{number}"))
        return ImpactNoted(**self._world.envelope(f"impact/{number}", at), data=impact)
