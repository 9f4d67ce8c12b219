"""Between which teams people flow: those whose main team is one and who work in the other.

Source: docs/definitions.md, "Other communities, communication, impact", Flow.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from projections.collaboration.changes import Changes
from projections.collaboration.counts import TEAM_BITS, CrossTeamCounts, flow
from projections.community.context import EvaluationContext
from projections.timeline.ranges import Flags, Ints


class Flows(Mapping[tuple[str, str], Ints]):
    """From one team to another → how many people flow, by day; a pair is counted when it is asked for.

    Args:
        across: the counts.
        names: the teams' names by number.
    """

    def __init__(self, across: CrossTeamCounts, names: Sequence[str]) -> None:
        self._across, self._names = across, names
        self._numbers = {name: number for number, name in enumerate(names)}

    def __getitem__(self, key: tuple[str, str]) -> Ints:
        if key not in self._pairs:
            raise KeyError(key)
        one, other = (self._numbers[name] for name in key)
        changes = self._across.pairs.changes
        pair = min(one, other) << TEAM_BITS | max(one, other)
        return flow(self._across.pairs.by_day(changes.where(changes.key == pair)), to_larger=one < other)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(sorted(self._pairs))

    def __len__(self) -> int:
        return len(self._pairs)

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        spans, found = self._across.pairs.changes.spans, set[tuple[str, str]]()
        for to_larger in (True, False):
            for pair in np.unique(spans.key[flow(spans.count, to_larger=to_larger) > 0]).tolist():
                smaller, larger = self._names[pair >> TEAM_BITS], self._names[pair & (1 << TEAM_BITS) - 1]
                found.add((smaller, larger) if to_larger else (larger, smaller))
        return frozenset(found)

    def into(self, team: str, origin: str | None = None) -> Flags:
        """The days on which anybody flows into a team, from one other team or from any."""
        goal, start = self._numbers.get(team), self._numbers.get(origin) if origin is not None else None
        changes = self._across.pairs.changes
        if goal is None or (origin is not None and start is None):
            return np.zeros(self._across.days, bool)
        smaller, larger = changes.key >> TEAM_BITS, changes.key & (1 << TEAM_BITS) - 1
        upward = self._any(changes, (larger == goal) & (True if start is None else smaller == start), to_larger=True)
        downward = self._any(changes, (smaller == goal) & (True if start is None else larger == start), to_larger=False)
        return upward | downward

    def _any(self, changes: Changes, chosen: Flags, *, to_larger: bool) -> Flags:
        spans = changes.where(chosen).spans
        flowing = flow(spans.count, to_larger=to_larger) > 0
        return self._across.pairs.held(spans.start[flowing], spans.end[flowing])


def flows(context: EvaluationContext) -> Flows:
    """From one team to another → how many people flow, by day, for all pairs between which anybody ever did."""
    return Flows(context.counts.of(CrossTeamCounts), context.snapshot.names.teams)


def days_both_ways(context: EvaluationContext) -> Flags:
    """The days on which two people or more flow both ways between some two teams."""
    return context.counts.of(CrossTeamCounts).pairs.things("both ways") > 0
