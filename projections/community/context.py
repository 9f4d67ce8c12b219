"""What a question about a community may rest on: its facts, its people, its counts, and what was answered before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from projections.community.snapshot import CommunitySnapshot
from projections.community.standing_facts import StandingFacts
from projections.evaluation.counts import CommunityCounts
from projections.growth.goal import Goal
from projections.people.identities import People
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import Series, Values, series
from projections.timeline.ranges import Flags, Ints

if TYPE_CHECKING:
    from projections.community.published import Published
    from projections.community.sources import Sources
    from projections.leadership.state import Roster
    from projections.mentoring.mentorships import Mentorships
    from projections.responses.state import ResponsesQuestion


@dataclass(frozen=True, slots=True)
class EvaluationContext:
    """Every question is asked for the same days; none changes what another rests on.

    Attributes:
        said: the rare facts.
        roster: who ever held a seat; None where no role was ever recorded.
        answered: the series of the questions asked before.
        sources: how far each source was read.
        published: day number → what was published when that day closed.
        closed_through: the newest day (a day number) that has ended.
        responses: what answers what.
    """

    people: People
    snapshot: CommunitySnapshot
    counts: CommunityCounts
    said: StandingFacts
    goals: Sequence[Goal]
    roster: Roster | None
    mentorships: Mentorships
    answered: Mapping[Series, Values]
    responses: ResponsesQuestion
    sources: Sources
    published: Mapping[int, Published]
    closed_through: int

    @property
    def policy(self) -> CommunityPolicy:
        """The community's policy."""
        return self.snapshot.policy

    @property
    def first_day(self) -> int:
        """The day number of each series' first value."""
        return self.counts.first_day

    @property
    def days(self) -> Ints:
        """The day numbers."""
        return self.counts.first_day + np.arange(self.counts.days)

    @property
    def present(self) -> Flags:
        """The days from the first contribution of a human on."""
        present: Flags = self.counts.tally.counts("contributions") > 0
        return present

    def values(self, name: str, **labels: str | int) -> Values:
        """What was answered before; NaN throughout where nothing was."""
        found = self.answered.get(series(name, **labels))
        return np.full(self.counts.days, np.nan) if found is None else found

    def since(self, *types: str) -> Flags:
        """The days from the first event of any of these types on (see `Said.of`)."""
        facts = self.said.of(*types)
        first = facts[0].moment[1] if facts else self.first_day + self.counts.days
        recorded: Flags = self.days >= first
        return recorded
