"""Who is behind a number about communication or impact, and what was told of it."""

from collections.abc import Sequence

import numpy as np

from events.community import EngagementHeld
from projections.communication.inputs import CommunicationInputs
from projections.communication.series import OTHER, SLOTS, label_of
from projections.community.contributed import work_of
from projections.facts.fact import up_to
from projections.metrics.drilldown import Drilldown, NumberQuery, by_person
from projections.people.index import BASES
from projections.timeline.days import day_of
from projections.timeline.ranges import Work


def at_work(query: NumberQuery) -> Drilldown:
    """Who did work of a kind, of one basis where that is asked."""
    snapshot, wanted, first = query.snapshot, query.labels.get("kind", ""), query.day - query.window + 1
    if wanted not in snapshot.names.kinds:
        return Drilldown()
    recent = snapshot.human.within(query.day, query.window)
    cells = snapshot.names.active(recent.where(recent.kind == snapshot.names.kinds.index(wanted)), snapshot.policy)
    work = work_of(cells, snapshot.who)
    if basis := query.labels.get("basis"):
        mine = snapshot.who.basis_at(work) == BASES.index(basis) if basis in BASES else work.who < 0
        work = Work(work.who[mine], work.day[mine], work.times[mine])
    return Drilldown(by_person(snapshot, np.unique(work.who)), first, query.day, kind=wanted)


def engaged(query: NumberQuery) -> Drilldown:
    """The last engagement of a kind."""
    return Drilldown(told=engagements(query)[-1:])


def in_slots(query: NumberQuery) -> Drilldown:
    """The engagements of a kind in its last slots."""
    days = SLOTS * query.snapshot.policy.communication.cadence_days.get(query.labels.get("kind", OTHER), 0)
    return Drilldown(told=[one for one in engagements(query) if day_of(one.time) > query.day - days])


def engagements(query: NumberQuery) -> Sequence[EngagementHeld]:
    """All engagements of a kind."""
    policy, kind = query.snapshot.policy, query.labels.get("kind", OTHER)
    return [
        one
        for one in up_to(query.snapshot.of(CommunicationInputs).engagements, query.day)
        if label_of(one, policy) == kind
    ]


def written_down(query: NumberQuery) -> Drilldown:
    """All that was documented of a practice."""
    practice = query.labels.get("practice")
    return Drilldown(
        told=[
            one
            for one in up_to(query.snapshot.of(CommunicationInputs).practices, query.day)
            if one.data.practice == practice
        ]
    )
