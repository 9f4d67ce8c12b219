"""The state of one community: takes in what changed, and knows every number on every day.

What a change costs follows from what it touches: the people behind the touched identities are taken out of the
counts and put back in as they are now. Nothing here depends on the order in which changes arrive.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

import numpy as np

from projections.activity.metrics import activity_series, correction_series
from projections.activity.published import Publications, Published
from projections.activity.ranges import Ints
from projections.communication.metrics import communication_series
from projections.communication.told import Told
from projections.community.cells import Cells
from projections.community.change import Change
from projections.community.counts import Counts, Extent, Names
from projections.community.joined import Joined
from projections.community.known import Known
from projections.community.metrics import source_series
from projections.community.said import Said
from projections.community.sources import CHECKED, RETIRED, Sources
from projections.conditions.metrics import Conditions
from projections.days import date_of, day_of, number_of
from projections.facts.fact import PUBLISHED
from projections.growth.goal import Goal
from projections.growth.growth import growth_series
from projections.history import History, Series, Values
from projections.kept import Kept
from projections.leadership.criteria import LEADERSHIP, criteria_series
from projections.leadership.leadership import Leadership
from projections.mentoring.metrics import mentoring_series
from projections.mentoring.ranges import MENTORING, Mentorships
from projections.pathway.metrics import pathway_series
from projections.people.measures import People
from projections.people.who import Who
from projections.policy import CommunityPolicy
from projections.responses.metrics import response_series
from projections.responses.state import Responses
from projections.stage.stage import Stage
from projections.teams.metrics import team_series

QUESTIONS: Final[Sequence[Callable[[Known], Iterator[tuple[Series, Values]]]]] = (
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
        self.stage = Stage()
        self.said, self.leadership, self.conditions = Said(), Leadership(), Conditions()
        self.published = Publications()
        self.cells, self.names = Cells.none(), Names((), (), (), ())
        self.newest: dict[str, dict[int, float]] = {}
        self.first_day: int | None = None
        self._numbers: dict[str, int] = {}
        self.responses = Responses()
        self.who = Who.of(self.people, (), self._numbers)
        self._counts: Counts | None = None
        self._mentorships: Kept[Mentorships] = Kept()

    def apply(self, change: Change) -> None:
        """Take in a change; applying the same facts twice is the caller's fault (facts are unique by then)."""
        touched = self._take_facts(change)
        self.responses.apply(change.responses, change.replaced)
        before = self.who
        self.names = change.names
        if touched:
            self.who = Who.of(self.people, self.names.identities, self._numbers)
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

    def _moved(self, touched: set[str], before: Who, change: Change) -> Ints:
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
    def joined(self) -> Joined:
        """What there is now, for questions."""
        return Joined(
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
            Told.of(self.said),
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

    def _counted(self, first_day: int, days: int) -> Counts:
        """The counts over these days; counted anew when the days or what must be counted changed."""
        scopes = frozenset(goal.sources for goal in self.goals if goal.sources)
        extent = Extent(first_day, days, scopes, len(self.who.affiliated.who) > 0)
        counts = self._counts
        if counts is None or counts.extent != extent:
            counts = self._counts = Counts(self.policy, extent)
            counts.add(self.cells, self.who, self.names)
        return counts

    def _series(
        self, counts: Counts, answered: Mapping[Series, Values], closed_through: int
    ) -> Iterable[tuple[Series, Values]]:
        published = self.published.by_day
        yield from activity_series(counts, self.policy)
        yield from correction_series(counts, published)
        yield from source_series(self.sources, self.newest, counts.first_day, counts.days)
        known = self._known(counts, answered, published, closed_through)
        for ask in (self.leadership.series, *QUESTIONS, self.stage.series):
            yield from ask(known)
        yield from self.conditions.series(known, self.leadership.last)

    def _known(
        self,
        counts: Counts,
        answered: Mapping[Series, Values],
        published: Mapping[int, Published],
        closed_through: int,
    ) -> Known:
        roster = self.leadership.roster(self.said, self.people)
        joined = self.joined
        return Known(
            self.people,
            joined,
            counts,
            self.said,
            self.goals,
            roster,
            joined.mentorships,
            answered,
            self.responses,
            self.sources,
            published,
            closed_through,
        )


def finite(values: Values) -> Values:
    """A number that is not finite is not defined."""
    return np.where(np.isfinite(values), values, np.nan)
