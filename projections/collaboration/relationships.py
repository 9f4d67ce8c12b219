"""With whom the community or one of its teams works together, and whether it still does: relationships as ranges.

Source: docs/definitions.md, "Other communities, communication, impact", Relationship.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, assert_never

import numpy as np

from events.community import EngagementHeld, RelationshipEnded, RelationshipEstablished
from projections.collaboration.flows import flows
from projections.community.context import EvaluationContext
from projections.facts.fact import up_to
from projections.people.index import FOREVER
from projections.timeline.days import day_of
from projections.timeline.ranges import Flags, Ints

Word = RelationshipEstablished | RelationshipEnded
WORDS: Final = (RelationshipEstablished, RelationshipEnded)
Into = Callable[[str, str | None], Flags]
"""Says on which days anybody flows into a team, from one other team or from any."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship from day `start` up to, not including, `end` (day numbers).

    Attributes:
        team: whose it is; None is the whole community.
        partner: the team or other community that it is with.
        active: the days on which it was not dormant, as ranges of the same kind, oldest first.
        engagements: the days of all engagements ever held with the partner, one for each, oldest first.
        told: the events that established it, oldest first.
    """

    team: str | None
    partner: str
    start: int
    end: int
    active: Sequence[tuple[int, int]]
    engagements: Sequence[int]
    told: Sequence[RelationshipEstablished] = field(repr=False)

    def held(self, day: int) -> bool:
        """Whether it was established and has not ended by the end of a day."""
        return self.start <= day < self.end

    def active_on(self, day: int) -> bool:
        """Whether it holds on a day and is not dormant."""
        return any(start <= day < end for start, end in self.active)

    def nature_on(self, day: int) -> str:
        """Of which nature it was on a day, as last established by then."""
        return up_to(self.told, day)[-1].data.nature

    def engagements_within(self, day: int, days: int) -> int:
        """How many engagements were held with the partner in the days that end on a day."""
        return sum(day - days < one <= day for one in self.engagements)


@dataclass(frozen=True, slots=True)
class Relationships:
    """All relationships that there ever were, by team, partner and start; one that is taken up again is another."""

    every: Sequence[Relationship] = ()


def relationships(context: EvaluationContext) -> Relationships:
    """All of a community."""
    words = context.facts.of(*WORDS)
    held, dormant = context.facts.of(EngagementHeld), context.policy.collaboration.dormant_days
    return Relationships(list(told_of(words, held, flows(context).into, context.first_day, dormant)))


def told_of(
    words: Sequence[Word], engagements: Sequence[EngagementHeld], into: Into, first_day: int, dormant_days: int
) -> Iterator[Relationship]:
    """Fold the events of relationships.

    Args:
        words: of relationships established and ended, oldest first.
        engagements: what was held, oldest first.
        into: flows by day.
        first_day: day number of the flows' first value.
        dormant_days: how long after the last sign of life one is dormant.
    """
    of_each: dict[tuple[str, str], list[Word]] = {}
    for one in words:
        of_each.setdefault((one.team or "", one.data.with_), []).append(one)
    meetings = Meetings(engagements)
    for (team, partner), theirs in sorted(of_each.items()):
        held = meetings.held(team or None, partner)
        flowing = first_day + np.flatnonzero(into(partner, team or None))
        for told, end in terms(theirs):
            start = day_of(told[0].time)
            signs = np.unique(np.concatenate(([day_of(one.time) for one in told], held, flowing)).astype(np.int64))
            active = alive(signs[(signs >= start) & (signs < end)], dormant_days, end)
            yield Relationship(team or None, partner, start, end, active, held, told)


def concerns(engagement: EngagementHeld, team: str | None, partner: str) -> bool:
    """Whether an engagement was held with a partner, and by the team; what all held together each team did."""
    same_team = team is None or engagement.team is None or engagement.team == team
    return engagement.data.with_ == partner and same_team


class Meetings:
    """The days of engagements by partner, and by the team that held them; told apart in one pass.

    Args:
        engagements: what was held, oldest first.
    """

    def __init__(self, engagements: Sequence[EngagementHeld]) -> None:
        self._by_partner: defaultdict[str, list[int]] = defaultdict(list)
        self._by_team: defaultdict[tuple[str, str | None], list[int]] = defaultdict(list)
        for one in engagements:
            partner = one.data.with_
            if partner is not None:
                self._by_partner[partner].append(day_of(one.time))
                self._by_team[partner, one.team].append(day_of(one.time))

    def held(self, team: str | None, partner: str) -> Sequence[int]:
        """The days with a partner, oldest first: of all, or of a team; what all held together each team did."""
        if team is None:
            return self._by_partner.get(partner, [])
        together, own = (self._by_team.get((partner, which), []) for which in (None, team))
        return sorted([*together, *own])


def terms(words: Sequence[Word]) -> Iterator[tuple[Sequence[RelationshipEstablished], int]]:
    """What established each relationship, and the day on which it ended; one that does not see a day's end is none."""
    told: list[RelationshipEstablished] = []
    for one in words:
        match one:
            case RelationshipEstablished():
                told.append(one)
            case RelationshipEnded():
                if told and day_of(told[0].time) < day_of(one.time):
                    yield told, day_of(one.time)
                told = []
            case _:
                assert_never(one)
    if told:
        yield told, FOREVER


def alive(signs: Ints, dormant_days: int, end: int) -> Sequence[tuple[int, int]]:
    """The ranges of days that begin with a sign of life and last for so long after the last of them."""
    if not len(signs):
        return ()
    gap = np.flatnonzero(np.diff(signs) > dormant_days)
    starts = signs[np.concatenate(([0], gap + 1))]
    lasts = signs[np.concatenate((gap, [len(signs) - 1]))]
    return [(int(one), min(int(last) + dormant_days, end)) for one, last in zip(starts, lasts, strict=True)]
