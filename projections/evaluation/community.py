"""The state of one community: takes in what changed, and knows every number on every day.

What a change costs follows from what it touches: the people behind the touched identities are taken out of the
counts and put back in as they are now. Nothing here depends on the order in which changes arrive.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, assert_never

import numpy as np

from events.catalog import AnyEvent
from events.checks import SourceChecked, SourceDated, SourceRetired
from events.community import (
    ActionRecorded,
    EngagementHeld,
    GoalSet,
    ImpactNoted,
    MilestoneAssigned,
    OpportunityOffered,
    OpportunityTaken,
    PracticeDocumented,
    RelationshipEnded,
    RelationshipEstablished,
)
from events.contributions import AgentDeclared, ContributionRecorded, ContributionRetracted, SourceWithdrawn
from events.mentoring import MentoringEnded, MentoringMet, MentoringStarted
from events.people import PeopleEvent, PersonEvent
from events.published import DayPublished
from events.roles import RoleGranted, RolePaused, RoleRevoked, ScopeDeclared, ScopeRetired
from projections.activity.counts import ActivityCounts
from projections.community.change import Change
from projections.community.context import EvaluationContext
from projections.community.contributions import DailyContributions
from projections.community.counts import CommunityCounts, Coverage
from projections.community.covered import covered
from projections.community.firsts import FirstMoments
from projections.community.heard import Heard
from projections.community.names import ContributionNames
from projections.community.placing import Teams
from projections.community.published import Publications
from projections.community.results import Results
from projections.community.snapshot import CommunitySnapshot
from projections.community.sources import Sources
from projections.community.standing_facts import StandingFacts
from projections.evaluation.order import EVALUATIONS, declared, in_order
from projections.evaluation.unread import as_known
from projections.growth.goal import Goals
from projections.leadership.criteria import LEADERSHIP
from projections.metrics.evaluation import Evaluation
from projections.people.identities import People
from projections.people.index import PeopleIndex
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import date_of, day_of, number_of
from projections.timeline.history import History, Series, Values
from projections.timeline.ranges import Ints

ORDER: Final = in_order(EVALUATIONS)
"""The questions, each after those that it needs."""


class Community:
    """One community, in memory.

    Args:
        name: what it is called.
        policy: its thresholds.
        evaluations: the questions, each after those that it needs.
    """

    def __init__(self, name: str, policy: CommunityPolicy, evaluations: Sequence[type[Evaluation]] = ORDER) -> None:
        self.name, self.policy = name, policy
        self.people, self.sources, self._teams = People(policy), Sources(policy), Teams(policy)
        self.facts, self.published = StandingFacts(), Publications()
        self.cells, self.names = DailyContributions.none(), ContributionNames((), (), (), ())
        self.firsts = FirstMoments.none()
        self.heard = Heard()
        self.first_day: int | None = None
        self._numbers: dict[str, int] = {}
        self.who = PeopleIndex.of(self.people, (), self._numbers)
        self._counts: CommunityCounts | None = None
        self._evaluations = [one(policy) for one in evaluations]
        self._results = Results()

    def apply(self, change: Change) -> None:
        """Take in a change; applying the same facts twice is the caller's fault (facts are unique by then)."""
        change = self._teams.placed(change)
        touched = self._take_facts(change)
        for one in self._evaluations:
            one.apply(change)
        before = self.who
        cells = self.cells.without(change.replaced).plus(change.cells)
        self._name(replace(change.names, shown=self._teams.shown(change.names.teams, cells)))
        if touched:
            self.who = PeopleIndex.of(self.people, self.names.identities, self._numbers)
        elif more := self.names.identities[len(before.person) :]:
            self.who = before.with_more(self.people, more, self._numbers)
        if self._counts is not None:
            moved = self._moved(touched, before, change)
            old = self.cells.of_identities(moved[moved < len(before.person)])
            if 2 * len(old) > len(self.cells):
                self._counts = None  # to take most of it away and put it back costs more than to count anew
            else:
                self._counts.add(old, before, self.names, -1)
                self._counts.add(cells.of_identities(moved), self.who, self.names)
        self.cells, self.firsts = cells, self.firsts.changed(change.replaced, change.firsts)

    def _name(self, names: ContributionNames) -> None:
        """Take in names; where a team is called otherwise now, everything is counted anew."""
        if any(self.names.label(team) != names.label(team) for team in self.names.teams):
            self._counts = None
        self.names = names

    def _moved(self, touched: set[str], before: PeopleIndex, change: Change) -> Ints:
        """The identities of every person, then or now, whom the change touches."""
        by_people = [at for at, name in enumerate(self.names.identities) if name in touched] if touched else []
        direct = np.unique(np.concatenate((np.array(by_people, np.int64), change.replaced, change.cells.identity)))
        old = before.identities_of(before.person[direct[direct < len(before.person)]])
        return np.union1d(np.union1d(direct, old), self.who.identities_of(self.who.person[direct]))

    def _take_facts(self, change: Change) -> set[str]:
        """Take in what is new, and return the identities of whom it may change who they are."""
        self._begin_at([day for _, day, _ in change.moments])
        for spoken in change.moments:
            self.heard.hear_at(*spoken)
        about_people: list[PeopleEvent] = []
        for event in change.facts:
            self._take(event, about_people)
        return self.people.apply(about_people)

    def _take(self, event: AnyEvent, about_people: list[PeopleEvent]) -> None:
        """Pass an event on to who reads it (`events.catalog.READERS`).

        What holds for all of history has a time only for the order, and begins nothing.
        """
        match event:
            case PersonEvent():
                about_people.append(event)
                self.heard.hear(event)
            case SourceChecked() | SourceRetired():
                self.sources.take(event)
            case DayPublished():
                self.published.take(event)
            case SourceWithdrawn():
                self.facts.apply([event])
            case ContributionRecorded() | SourceDated():
                pass  # counted by day where contributions are read; and what only explains makes no number
            case ContributionRetracted():
                self.facts.apply([event])  # what it takes back is not read
                self.heard.hear(event)
            case (
                (AgentDeclared() | RoleGranted() | RoleRevoked() | RolePaused() | ScopeDeclared() | ScopeRetired())
                | (MentoringStarted() | MentoringMet() | MentoringEnded())
                | (RelationshipEstablished() | RelationshipEnded() | EngagementHeld() | PracticeDocumented())
                | (GoalSet() | MilestoneAssigned() | ActionRecorded() | ImpactNoted())
                | (OpportunityOffered() | OpportunityTaken())
            ):
                self._begin_at([day_of(event.time)])
                self.facts.apply([event])
                self.heard.hear(event)
            case _:
                assert_never(event)

    def _begin_at(self, days: Sequence[int]) -> None:
        if days:
            self.first_day = min(days) if self.first_day is None else min(self.first_day, *days)

    @property
    def last_published(self) -> date | None:
        """The newest day that was published when it closed."""
        newest = self.published.newest
        return None if newest is None else date_of(newest)

    @property
    def snapshot(self) -> CommunitySnapshot:
        """What there is now, for questions, and what was found when they were last asked."""
        return CommunitySnapshot(
            self.name,
            self.policy,
            self.cells,
            self.names,
            self.who,
            self._results,
            self.people.opted_out(LEADERSHIP),
            self.firsts,
        )

    def history(self, last_day: date, today: date | None = None) -> History:
        """Every number on every day from the first event's to `last_day`.

        Args:
            last_day: may be today.
            today: the day that has not ended yet; conditions are of days that have. None where all have.
        """
        last = number_of(last_day)
        if self.first_day is None or last < self.first_day:
            return History(last_day, {})
        counts = self._counted(self.first_day, last - self.first_day + 1)
        closed_through = last if today is None else min(last, number_of(today) - 1)
        answered: dict[Series, Values] = {}
        for key, values in self._asked(self._context(counts, closed_through, answered)):
            answered[key] = finite(values)
        return History(date_of(counts.coverage.first_day), answered)

    def _counted(self, first_day: int, days: int) -> CommunityCounts:
        """The counts over these days; counted anew when the days or what must be counted changed."""
        sets = frozenset(goal.sources for goal in Goals.of(self.facts).every if goal.sources)
        coverage = Coverage(first_day, days, sets, len(self.who.affiliated.who) > 0)
        counts = self._counts
        if counts is None or counts.coverage != coverage:
            kinds = dict.fromkeys(kind for one in self._evaluations for kind in one.counts)
            counts = self._counts = CommunityCounts(self.policy, coverage, kinds)
            counts.add(self.cells, self.who, self.names)
        return counts

    def _asked(self, context: EvaluationContext) -> Iterator[tuple[Series, Values]]:
        """The series of every question; what each finds is there for those that need it."""
        results = Results()
        for one in self._evaluations:
            answer = one.evaluate(context.asked_by(one.may_ask(), results))
            results = results.plus(*answer.results)
            yield from as_known(type(one), declared(type(one), answer.series), context)
        self._results = results

    def _context(
        self, counts: CommunityCounts, closed_through: int, answered: dict[Series, Values]
    ) -> EvaluationContext:
        snapshot, days = self.snapshot, counts.coverage
        return EvaluationContext(
            self.people,
            snapshot,
            counts,
            self.facts,
            self.sources,
            covered(snapshot, self.facts, self.sources, days.first_day, days.days),
            self.heard.by_source,
            self.published.by_day,
            closed_through,
            counts.of(ActivityCounts).present,
            answered,
        )


def finite(values: Values) -> Values:
    """A number that is not finite is not defined."""
    return np.where(np.isfinite(values), values, np.nan)
