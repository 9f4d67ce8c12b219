"""The role events of a community, and the families that they give."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import numpy as np

from projections.activity.metrics import Mask
from projections.community.counts import Counts
from projections.community.joined import Joined
from projections.facts.fact import Fact
from projections.growth.goal import Goal
from projections.growth.metrics import in_force
from projections.history import Series, Values
from projections.leadership.measures import share_of
from projections.leadership.metrics import Around, Seen, Swept, Told, first_mentored, leadership_series, seen
from projections.leadership.state import Grids, Presence, Roster, belonging
from projections.leadership.verdict import YEAR
from projections.people.measures import People
from projections.people.who import FOREVER
from projections.policy import CommunityPolicy

WITHDRAWN = "tenfold.source.withdrawn.v1"


class Leadership:
    """What a community's roles come to."""

    def __init__(self) -> None:
        self._roles: list[Fact] = []
        self._mentoring: list[Fact] = []
        self._withdrawn: list[Fact] = []
        self.last: Swept | None = None

    def apply(self, facts: Iterable[Fact]) -> None:
        """Take in events about roles, scopes and mentoring."""
        for fact in facts:
            if fact.type.startswith(("tenfold.role.", "tenfold.scope.")):
                self._roles.append(fact)
            elif fact.type.startswith("tenfold.mentoring."):
                self._mentoring.append(fact)
            elif fact.type == WITHDRAWN:
                self._withdrawn.append(fact)

    def series(
        self, people: People, joined: Joined, counts: Counts, goals: Sequence[Goal]
    ) -> Iterator[tuple[Series, Values]]:
        """All families on the days that are counted; nothing where no role was ever recorded."""
        roles, mentoring = self._standing(self._roles), self._standing(self._mentoring)
        if not roles:
            return
        roster = Roster.of(roles, people)
        presence = Presence.of(roster.persons, joined)
        grids = Grids.of(roster, presence, joined, (counts.first_day, counts.first_day + counts.days - 1))
        belongs = belonging(roster.persons, joined, grids.days)
        mentored = first_mentored(mentoring, people)
        mentoring_since = min((fact.moment[1] for fact in mentoring), default=FOREVER)
        told = Told(roster, presence, grids, belongs, mentored, mentoring_since)
        begun = around_begins(roles, counts)
        known = self._seen_before(told, joined.policy)
        for key, values in leadership_series(told, known, around(counts, goals), joined.policy):
            yield key, np.where(begun, values, np.nan)

    def _standing(self, facts: Sequence[Fact]) -> Sequence[Fact]:
        """The events of sources that were not withdrawn."""
        return [fact for fact in facts if not any(is_gone(fact, withdrawal) for withdrawal in self._withdrawn)]

    def _seen_before(self, told: Told, policy: CommunityPolicy) -> Seen:
        """Most changes touch no seat: then what was seen before still holds."""
        if self.last is None or not same(self.last.told, told):
            self.last = Swept(told, seen(told, policy))
        return self.last.seen


def is_gone(fact: Fact, withdrawal: Fact) -> bool:
    """Whether a withdrawal takes an event back."""
    before = withdrawal.data.get("before")
    is_early = before is None or fact.time < datetime.fromisoformat(before)
    return fact.source == withdrawal.data["source"] and is_early


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


def around_begins(roles: Sequence[Fact], counts: Counts) -> Mask:
    """The days from the first role event on."""
    first = min(fact.moment[1] for fact in roles)
    mask: Mask = counts.first_day + np.arange(counts.days) >= first
    return mask


def around(counts: Counts, goals: Sequence[Goal]) -> Around:
    """What leadership is held against."""
    present = counts.tally.counts("contributions") > 0
    active = counts.tally.counts(("active", counts.windows.headline))
    by_basis = {one: counts.tally.counts(("active_of", one)) for one in ("volunteer", "paid", "both")}
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
