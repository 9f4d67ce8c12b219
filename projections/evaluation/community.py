"""The state of one community: takes in what changed, and knows every number on every day.

What a change costs follows from what it touches: the people behind the touched identities are taken out of the
counts and put back in as they are now. Nothing here depends on the order in which changes arrive.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

import numpy as np

from projections.activity.families import activity_series, correction_series
from projections.collaboration.families import team_series
from projections.communication.families import communication_series
from projections.communication.inputs import CommunicationInputs
from projections.community.change import Change
from projections.community.context import EvaluationContext
from projections.community.contributions import DailyContributions
from projections.community.published import Publications, Published
from projections.community.snapshot import CommunitySnapshot
from projections.community.sources import CHECKED, RETIRED, Sources
from projections.community.standing_facts import StandingFacts
from projections.conditions.families import ConditionsQuestion
from projections.evaluation.counts import CommunityCounts, ContributionNames, Coverage
from projections.facts.fact import PUBLISHED
from projections.freshness.families import source_series
from projections.growth.evaluation import growth_series
from projections.growth.goal import Goal
from projections.leadership.criteria import LEADERSHIP, criteria_series
from projections.leadership.evaluation import LeadershipQuestion
from projections.mentoring.families import mentoring_series
from projections.mentoring.mentorships import MENTORING, Mentorships
from projections.pathway.families import pathway_series
from projections.people.identities import People
from projections.people.index import PeopleIndex
from projections.policy.policy import CommunityPolicy
from projections.responses.families import response_series
from projections.responses.state import ResponsesQuestion
from projections.stage.evaluation import StageQuestion
from projections.timeline.days import date_of, day_of, number_of
from projections.timeline.history import History, Series, Values
from projections.timeline.memo import Memo
from projections.timeline.ranges import Ints

EVALUATIONS: Final[Sequence[Callable[[EvaluationContext], Iterator[tuple[Series, Values]]]]] = (
    growth_series,
    criteria_series,
    mentoring_series,
    pathway_series,
    response_series,
    team_series,
    communication_series,
)
"""In the order in which they rest on each other."""


class Community:
    """One community, in memory."""

    def __init__(self, name: str, policy: CommunityPolicy) -> None:
        self.name, self.policy = name, policy
        self.people, self.sources = People(policy), Sources(policy)
        self.stage = StageQuestion()
        self.said, self.leadership, self.conditions = StandingFacts(), LeadershipQuestion(), ConditionsQuestion()
        self.published = Publications()
        self.cells, self.names = DailyContributions.none(), ContributionNames((), (), (), ())
        self.newest: dict[str, dict[int, float]] = {}
        self.first_day: int | None = None
        self._numbers: dict[str, int] = {}
        self.responses = ResponsesQuestion()
        self.who = PeopleIndex.of(self.people, (), self._numbers)
        self._counts: CommunityCounts | None = None
        self._mentorships: Memo[Mentorships] = Memo()

    def apply(self, change: Change) -> None:
        """Take in a change; applying the same facts twice is the caller's fault (facts are unique by then)."""
        touched = self._take_facts(change)
        self.responses.apply(change.responses, change.replaced)
        before = self.who
        self.names = change.names
        if touched:
            self.who = PeopleIndex.of(self.people, self.names.identities, self._numbers)
        elif more := self.names.identities[len(before.person) :]:
            self.who = before.with_more(self.people, more, self._numbers)
        cells = self.cells.without(change.replaced).plus(change.cells)
        if self._counts is not None:
            moved = self._moved(touched, before, change)
            old = self.cells.of_identities(moved[moved < len(before.person)])
            if 2 * len(old) > len(self.cells):
                self._counts = None  # to take most of it away and put it back costs more than to count anew
            else:
                self._counts.add(old, before, self.names, -1)
                self._counts.add(cells.of_identities(moved), self.who, self.names)
        self.cells = cells

    def _moved(self, touched: set[str], before: PeopleIndex, change: Change) -> Ints:
        """The identities of every person, then or now, whom the change touches."""
        by_people = [at for at, name in enumerate(self.names.identities) if name in touched] if touched else []
        direct = np.unique(np.concatenate((np.array(by_people, np.int64), change.replaced, change.cells.identity)))
        old = before.identities_of(before.person[direct[direct < len(before.person)]])
        return np.union1d(np.union1d(direct, old), self.who.identities_of(self.who.person[direct]))

    def _take_facts(self, change: Change) -> set[str]:
        self._begin_at([day_of(fact.time) for fact in change.facts if fact.is_dated])
        self._begin_at([day for _, day, _ in change.moments])
        spoken = [fact.moment for fact in change.facts if fact.is_word_of_source]
        for source, day, moment in (*change.moments, *spoken):
            days = self.newest.setdefault(source, {})
            days[day] = max(days.get(day, moment), moment)
        self.sources.apply(fact for fact in change.facts if fact.type in (CHECKED, RETIRED))
        self.said.apply(change.facts)
        for fact in change.facts:
            if fact.type == PUBLISHED:
                self.published.take(fact)
        return self.people.apply(fact for fact in change.facts if fact.is_about_people)

    def _begin_at(self, days: Sequence[int]) -> None:
        if days:
            self.first_day = min(days) if self.first_day is None else min(self.first_day, *days)

    @property
    def last_published(self) -> date | None:
        """The newest day that was published when it closed."""
        newest = self.published.newest
        return None if newest is None else date_of(newest)

    @property
    def last_event(self) -> datetime | None:
        """The newest moment of any event but source checks; None before there is one."""
        moments = [max(days.values()) for days in self.newest.values()]
        return datetime.fromtimestamp(max(moments), tz=UTC) if moments else None

    @property
    def snapshot(self) -> CommunitySnapshot:
        """What there is now, for questions."""
        return CommunitySnapshot(
            self.name,
            self.policy,
            self.cells,
            self.names,
            self.who,
            self.leadership.last,
            self.mentorships,
            self.people.opted_out(LEADERSHIP),
            self.responses.last,
            self.stage.last,
            self.goals,
            self.conditions.last,
            CommunicationInputs.of(self.said),
        )

    @property
    def goals(self) -> Sequence[Goal]:
        """Every goal that the community set, oldest first."""
        return tuple(Goal.of(fact) for fact in self.said.of("goal.set") if fact.team is None)

    @property
    def mentorships(self) -> Mentorships:
        """Who mentors whom, and when."""
        facts = self.said.of(*MENTORING)
        now = (facts, self.people.version)
        return self._mentorships.of(now, lambda: Mentorships.of(facts, self.people, self.policy.mentoring))

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
        for key, values in self._series(counts, answered, closed_through):
            answered[key] = finite(values)
        return History(date_of(counts.first_day), answered)

    def _counted(self, first_day: int, days: int) -> CommunityCounts:
        """The counts over these days; counted anew when the days or what must be counted changed."""
        scopes = frozenset(goal.sources for goal in self.goals if goal.sources)
        extent = Coverage(first_day, days, scopes, len(self.who.affiliated.who) > 0)
        counts = self._counts
        if counts is None or counts.extent != extent:
            counts = self._counts = CommunityCounts(self.policy, extent)
            counts.add(self.cells, self.who, self.names)
        return counts

    def _series(
        self, counts: CommunityCounts, answered: Mapping[Series, Values], closed_through: int
    ) -> Iterable[tuple[Series, Values]]:
        published = self.published.by_day
        yield from activity_series(counts, self.policy)
        yield from correction_series(counts, published)
        yield from source_series(self.sources, self.newest, counts.first_day, counts.days)
        context = self._known(counts, answered, published, closed_through)
        for ask in (self.leadership.series, *EVALUATIONS, self.stage.series):
            yield from ask(context)
        yield from self.conditions.series(context, self.leadership.last)

    def _known(
        self,
        counts: CommunityCounts,
        answered: Mapping[Series, Values],
        published: Mapping[int, Published],
        closed_through: int,
    ) -> EvaluationContext:
        roster = self.leadership.roster(self.said, self.people)
        snapshot = self.snapshot
        return EvaluationContext(
            self.people,
            snapshot,
            counts,
            self.said,
            self.goals,
            roster,
            snapshot.mentorships,
            answered,
            self.responses,
            self.sources,
            published,
            closed_through,
        )


def finite(values: Values) -> Values:
    """A number that is not finite is not defined."""
    return np.where(np.isfinite(values), values, np.nan)
