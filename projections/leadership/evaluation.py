"""The role events of a community, and the families that they give."""

from collections.abc import Iterator
from itertools import chain
from typing import ClassVar

import numpy as np

from projections.activity.counts import ActivityCounts
from projections.activity.evaluation import EvaluateActivity
from projections.activity.families import EXPOSURE
from projections.community.context import EvaluationContext
from projections.community.snapshot import CommunitySnapshot
from projections.growth.evaluation import EvaluateGrowth
from projections.growth.goal import Goals
from projections.growth.series import in_force
from projections.leadership.criteria import criteria_series
from projections.leadership.criteria_progress import CriteriaProgress
from projections.leadership.families import LEADERSHIP_FAMILIES
from projections.leadership.series import (
    LeadershipContext,
    LeadershipEvaluation,
    LeadershipInputs,
    SeatsEvaluation,
    leadership_series,
    seen,
)
from projections.leadership.state import Grids, Presence, belonging
from projections.leadership.vacancies import Vacancies, vacancies
from projections.mentoring.evaluation import EvaluateMentoring
from projections.mentoring.mentorships import MENTORING, Mentorships
from projections.metrics.evaluation import Answer, Evaluation
from projections.people.index import FOREVER, KNOWN_BASES
from projections.policy.policy import CommunityPolicy
from projections.seats.evaluation import EvaluateSeats
from projections.seats.roster import ROLES, Roster
from projections.timeline.days import YEAR, day_of
from projections.timeline.history import Series, Values, share_of
from projections.timeline.memo import Memo


class EvaluateLeadership(Evaluation):
    """Is leadership distributed, strong, renewing, spreading? Keeps what it saw, since most changes touch no seat."""

    needs = (EvaluateActivity, EvaluateGrowth, EvaluateSeats, EvaluateMentoring)
    families: ClassVar = (*LEADERSHIP_FAMILIES, EXPOSURE)
    finds = (LeadershipEvaluation, Vacancies)
    counts = (ActivityCounts, CriteriaProgress)

    def __init__(self, policy: CommunityPolicy) -> None:
        super().__init__(policy)
        self._last: LeadershipEvaluation | None = None
        self._grids: Memo[Grids] = Memo()
        self._vacancies: Memo[Vacancies] = Memo()

    def evaluate(self, context: EvaluationContext) -> Answer:
        """All families on the days that are counted; nothing where no role was ever recorded."""
        roster = context.find(Roster)
        if roster is None:
            return Answer()
        inputs = self._inputs(context, roster)
        if self._last is None or not same(self._last.told, inputs):
            self._last = LeadershipEvaluation(inputs, seen(inputs, self.policy))
        found = self._last
        vacant = self._vacancies.of((found.seen, context.days), lambda: vacancies(found, context.days, self.policy))
        return Answer(chain(self._series(context, found.seen, inputs), criteria_series(context)), (found, vacant))

    def _series(
        self, context: EvaluationContext, seats: SeatsEvaluation, inputs: LeadershipInputs
    ) -> Iterator[tuple[Series, Values]]:
        begun = context.since(*ROLES)
        for key, values in leadership_series(inputs, seats, around(context), self.policy):
            yield key, np.where(begun, values, np.nan)

    def _inputs(self, context: EvaluationContext, roster: Roster) -> LeadershipInputs:
        presence = Presence.of(roster.persons, context.snapshot)
        first_day, mentorships = context.first_day, context.of(Mentorships)
        grids = self._laid_out(roster, presence, context.snapshot, (first_day, first_day + len(context.days) - 1))
        belongs = belonging(roster.persons, context.snapshot, grids.days)
        mentored = {person: theirs[0].since for person, theirs in mentorships.by_mentee.items()}
        mentoring_since = min((day_of(one.time) for one in context.facts.of(*MENTORING)), default=FOREVER)
        return LeadershipInputs(roster, presence, grids, belongs, mentored, mentoring_since)

    def _laid_out(
        self, roster: Roster, presence: Presence, snapshot: CommunitySnapshot, covered: tuple[int, int]
    ) -> Grids:
        active, affiliated = presence.active, snapshot.who.affiliated
        ranges = (active.who, active.start, active.end, affiliated.start, affiliated.end)
        return self._grids.of(
            (roster, presence.first, covered, *ranges), lambda: Grids.of(roster, presence, snapshot, covered)
        )


def same(one: LeadershipInputs, other: LeadershipInputs) -> bool:
    """Whether two tell the same of all seats: the same roster, holders at work and belonging on the same days."""
    active, then = one.presence.active, other.presence.active
    arrays = (
        (one.grids.days, other.grids.days),
        (active.who, then.who),
        (active.start, then.start),
        (active.end, then.end),
        (one.belonging.organisation, other.belonging.organisation),
        (one.belonging.basis, other.belonging.basis),
    )
    unchanged = one.roster == other.roster and one.presence.first == other.presence.first
    return unchanged and all(np.array_equal(mine, theirs) for mine, theirs in arrays)


def around(context: EvaluationContext) -> LeadershipContext:
    """What leadership is held against."""
    counts, days = context.counts.of(ActivityCounts), context.days
    active = counts.days.counts(("active", counts.windows.headline))
    by_basis = {one: counts.days.counts(("active_of", one)) for one in KNOWN_BASES}
    since = days - YEAR
    for goal, on in in_force(context.of(Goals).every, days):
        since[on] = goal.baseline_on
    return LeadershipContext(
        context.first_day,
        np.where(context.present, active, np.nan),
        share_of(by_basis["volunteer"], active),
        share_of(np.sum(list(by_basis.values()), axis=0), active),
        since,
    )
