"""The role events of a community, and the families that they give."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from projections.community.context import EvaluationContext
from projections.community.snapshot import CommunitySnapshot
from projections.community.standing_facts import StandingFacts
from projections.evaluation.counts import CommunityCounts
from projections.growth.families import in_force
from projections.growth.goal import Goal
from projections.leadership.families import (
    LeadershipContext,
    LeadershipEvaluation,
    LeadershipInputs,
    SeatsEvaluation,
    leadership_series,
    seen,
)
from projections.leadership.state import Grids, Presence, Roster, belonging
from projections.mentoring.mentorships import MENTORING
from projections.people.identities import People
from projections.people.index import FOREVER, KNOWN_BASES
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR
from projections.timeline.history import Series, Values, share_of
from projections.timeline.memo import Memo

ROLES: Final = ("role.granted", "role.revoked", "role.paused", "scope.declared", "scope.retired")


class LeadershipQuestion:
    """What a community's roles come to; keeps what it saw last, since most changes touch no seat."""

    def __init__(self) -> None:
        self.last: LeadershipEvaluation | None = None
        self._roster: Memo[Roster] = Memo()
        self._grids: Memo[Grids] = Memo()

    def series(self, context: EvaluationContext) -> Iterator[tuple[Series, Values]]:
        """All families on the days that are counted; nothing where no role was ever recorded."""
        roster, snapshot, counts = context.roster, context.snapshot, context.counts
        if roster is None:
            return
        presence = Presence.of(roster.persons, snapshot)
        grids = self._laid_out(roster, presence, snapshot, (counts.first_day, counts.first_day + counts.days - 1))
        belongs = belonging(roster.persons, snapshot, grids.days)
        mentoring = context.said.of(*MENTORING)
        mentored = {person: theirs[0].since for person, theirs in context.mentorships.by_mentee.items()}
        mentoring_since = min((fact.moment[1] for fact in mentoring), default=FOREVER)
        told = LeadershipInputs(roster, presence, grids, belongs, mentored, mentoring_since)
        begun = context.since(*ROLES)
        seen_before = self._seen_before(told, snapshot.policy)
        for key, values in leadership_series(told, seen_before, around(counts, context.goals), snapshot.policy):
            yield key, np.where(begun, values, np.nan)

    def roster(self, said: StandingFacts, people: People) -> Roster | None:
        """Who ever held a seat; None where no role was ever recorded."""
        roles = said.of(*ROLES)
        return self._roster.of((roles, people.version), lambda: Roster.of(roles, people)) if roles else None

    def _laid_out(
        self, roster: Roster, presence: Presence, snapshot: CommunitySnapshot, covered: tuple[int, int]
    ) -> Grids:
        active, affiliated = presence.active, snapshot.who.affiliated
        ranges = (active.who, active.start, active.end, affiliated.start, affiliated.end)
        return self._grids.of(
            (roster, presence.first, covered, *ranges), lambda: Grids.of(roster, presence, snapshot, covered)
        )

    def _seen_before(self, told: LeadershipInputs, policy: CommunityPolicy) -> SeatsEvaluation:
        """Most changes touch no seat: then what was seen before still holds."""
        if self.last is None or not same(self.last.told, told):
            self.last = LeadershipEvaluation(told, seen(told, policy))
        return self.last.seen


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


def around(counts: CommunityCounts, goals: Sequence[Goal]) -> LeadershipContext:
    """What leadership is held against."""
    present = counts.tally.counts("contributions") > 0
    active = counts.tally.counts(("active", counts.windows.headline))
    by_basis = {one: counts.tally.counts(("active_of", one)) for one in KNOWN_BASES}
    days = counts.first_day + np.arange(counts.days)
    since = days - YEAR
    for goal, on in in_force(goals, days):
        since[on] = goal.baseline_on
    return LeadershipContext(
        counts.first_day,
        np.where(present, active, np.nan),
        share_of(by_basis["volunteer"], active),
        share_of(np.sum(list(by_basis.values()), axis=0), active),
        since,
    )
