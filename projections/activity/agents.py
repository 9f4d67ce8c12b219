"""How much of the work was made with AI agents, as far as those who did it said so: of person-days, never of people.

Source: docs/definitions.md, "Activity", Declared agents.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from events.contributions import AgentDeclared, ContributionRetracted
from projections.activity.arrivals import ALL, ArrivalCounts
from projections.activity.measures import ACTIVE, BEFORE
from projections.community.context import EvaluationContext
from projections.community.contributed import work_of
from projections.community.snapshot import CommunitySnapshot
from projections.community.standing_facts import StandingFacts
from projections.timeline.days import day_of
from projections.timeline.history import Series, Values, series, share_of
from projections.timeline.ranges import DayCounts, Ints, Work, overlay, pack, spells, volumes

BOTH: Final = ACTIVE | BEFORE


def agent_series(context: EvaluationContext) -> Iterator[tuple[Series, Values]]:
    """Person-days of the headline window, and what was declared of them, from the first declaration that counts on."""
    policy, days = context.policy, context.days
    volume = context.counts.of(ArrivalCounts).volume(ALL)
    yield series("work_volume"), np.where(context.present, volume, np.nan)
    theirs, declared = declared_work(context.snapshot, declarations(context.facts))
    if not len(declared.who):
        return
    window = policy.headline_window_days
    active = spells(theirs, window, policy.min_contributions)
    tally = DayCounts(context.first_day, len(days))
    held = volumes(declared, active, window)
    tally.add("person-days", held.start, held.end, held.layers)
    tally.add("people", *overlay(active, spells(declared, window)).where(BOTH))
    begun = days >= declared.day.min()
    yield series("agent_assisted_ratio"), np.where(begun, share_of(tally.counts("person-days"), volume), np.nan)
    yield (
        series("agent_assisted_contributors", window_days=window),
        np.where(begun, tally.counts("people"), np.nan),
    )


def declarations(facts: StandingFacts) -> Sequence[tuple[str, int]]:
    """Who declared an agent on which day, in contributions that nobody took back."""
    gone = {(one.data.retracts.source, one.data.retracts.id) for one in facts.of(ContributionRetracted)}
    return [
        (one.subject, day_of(one.time))
        for one in facts.of(AgentDeclared)
        if (one.data.contribution.source, one.data.contribution.id) not in gone
    ]


def declared_work(snapshot: CommunitySnapshot, declared: Sequence[tuple[str, int]]) -> tuple[Work, Work]:
    """The active work of the people who ever declared an agent, and what of it lies on a day on which they did."""
    identity, day = _numbered(snapshot, declared)
    person = snapshot.who.person[identity]
    cells = snapshot.cells.of_identities(snapshot.who.identities_of(np.unique(person)))
    human = cells.where(snapshot.who.is_human[cells.identity])
    work = work_of(snapshot.names.active(human, snapshot.policy), snapshot.who)
    on_that_day = np.isin(pack(work.who, work.day), pack(person, day))
    return work, Work(work.who[on_that_day], work.day[on_that_day], work.times[on_that_day])


def _numbered(snapshot: CommunitySnapshot, declared: Sequence[tuple[str, int]]) -> tuple[Ints, Ints]:
    """The numbers of the humans among them, and the days."""
    wanted = {who for who, _ in declared}
    numbers = {name: at for at, name in enumerate(snapshot.names.identities) if name in wanted}
    rows = [(numbers[who], day) for who, day in declared if who in numbers]
    identity, day = np.array(rows, np.int64).reshape(-1, 2).T
    human = snapshot.who.is_human[identity]
    return identity[human], day[human]
