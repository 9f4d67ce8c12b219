"""The role events of a community, and the families that they give."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from projections.community.counts import Counts
from projections.community.joined import Joined
from projections.community.known import Known
from projections.community.said import Said
from projections.days import YEAR
from projections.growth.goal import Goal
from projections.growth.metrics import in_force
from projections.history import Series, Values, share_of
from projections.kept import Kept
from projections.leadership.metrics import Around, Seen, Swept, Told, leadership_series, seen
from projections.leadership.state import Grids, Presence, Roster, belonging
from projections.mentoring.ranges import MENTORING
from projections.people.measures import People
from projections.people.who import FOREVER, KNOWN_BASES
from projections.policy import CommunityPolicy

ROLES: Final = ("role.granted", "role.revoked", "role.paused", "scope.declared", "scope.retired")


class Leadership:
    """What a community's roles come to; keeps what it saw last, since most changes touch no seat."""

    def __init__(self) -> None:
        self.last: Swept | None = None
        self._roster: Kept[Roster] = Kept()
        self._grids: Kept[Grids] = Kept()

    def series(self, known: Known) -> Iterator[tuple[Series, Values]]:
        """All families on the days that are counted; nothing where no role was ever recorded."""
        roster, joined, counts = known.roster, known.joined, known.counts
        if roster is None:
            return
        presence = Presence.of(roster.persons, joined)
        grids = self._laid_out(roster, presence, joined, (counts.first_day, counts.first_day + counts.days - 1))
        belongs = belonging(roster.persons, joined, grids.days)
        mentoring = known.said.of(*MENTORING)
        mentored = {person: theirs[0].since for person, theirs in known.mentorships.by_mentee.items()}
        mentoring_since = min((fact.moment[1] for fact in mentoring), default=FOREVER)
        told = Told(roster, presence, grids, belongs, mentored, mentoring_since)
        begun = known.since(*ROLES)
        seen_before = self._seen_before(told, joined.policy)
        for key, values in leadership_series(told, seen_before, around(counts, known.goals), joined.policy):
            yield key, np.where(begun, values, np.nan)

    def roster(self, said: Said, people: People) -> Roster | None:
        """Who ever held a seat; None where no role was ever recorded."""
        roles = said.of(*ROLES)
        return self._roster.of((roles, people.version), lambda: Roster.of(roles, people)) if roles else None

    def _laid_out(self, roster: Roster, presence: Presence, joined: Joined, covered: tuple[int, int]) -> Grids:
        active, affiliated = presence.active, joined.who.affiliated
        ranges = (active.who, active.start, active.end, affiliated.start, affiliated.end)
        return self._grids.of(
            (roster, presence.first, covered, *ranges), lambda: Grids.of(roster, presence, joined, covered)
        )

    def _seen_before(self, told: Told, policy: CommunityPolicy) -> Seen:
        """Most changes touch no seat: then what was seen before still holds."""
        if self.last is None or not same(self.last.told, told):
            self.last = Swept(told, seen(told, policy))
        return self.last.seen


def same(one: Told, other: Told) -> bool:
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


def around(counts: Counts, goals: Sequence[Goal]) -> Around:
    """What leadership is held against."""
    present = counts.tally.counts("contributions") > 0
    active = counts.tally.counts(("active", counts.windows.headline))
    by_basis = {one: counts.tally.counts(("active_of", one)) for one in KNOWN_BASES}
    days = counts.first_day + np.arange(counts.days)
    since = days - YEAR
    for goal, on in in_force(goals, days):
        since[on] = goal.baseline_on
    return Around(
        counts.first_day,
        np.where(present, active, np.nan),
        share_of(by_basis["volunteer"], active),
        share_of(np.sum(list(by_basis.values()), axis=0), active),
        since,
    )
