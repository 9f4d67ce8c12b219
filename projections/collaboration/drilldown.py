"""A number about work across teams, communication or impact opened up: whom it counts, and what was told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from projections.activity.drilldown import NumberQuery
from projections.collaboration.bridges import across, bridging
from projections.collaboration.relationships import Relationships, concerns
from projections.communication.families import OTHER, SLOTS, label_of
from projections.communication.inputs import CommunicationInputs
from projections.facts.fact import Fact, up_to
from projections.people.index import BASES
from projections.timeline.ranges import Ints, Work


@dataclass(frozen=True, slots=True)
class Opened:
    """The numbers of the people that a number counts, and on what of their active work it rests.

    Attributes:
        days: how many days up to the one asked about count.
        kind: the kind of work that counts; None is any.
        in_a_team: whether only work in a team counts.
        told: the events of the community that it rests on, oldest first.
    """

    people: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    days: int = 0
    kind: str | None = None
    in_a_team: bool = False
    told: Sequence[Fact] = ()


def in_several(query: NumberQuery) -> Opened:
    """Who works in two teams or more."""
    return Opened(
        across(query.snapshot, query.day), query.snapshot.policy.collaboration.cross_team_days, in_a_team=True
    )


def alone_between(query: NumberQuery) -> Opened:
    """Who alone works in both teams of a pair."""
    return Opened(
        bridging(query.snapshot, query.day), query.snapshot.policy.collaboration.cross_team_days, in_a_team=True
    )


def at_work(query: NumberQuery) -> Opened:
    """Who did work of a kind, of one basis where that is asked."""
    snapshot, wanted, window = query.snapshot, query.labels.get("kind", ""), query.snapshot.policy.headline_window_days
    if wanted not in snapshot.names.kinds:
        return Opened()
    recent = snapshot.human.within(query.day, window)
    cells = snapshot.names.active(recent.where(recent.kind == snapshot.names.kinds.index(wanted)), snapshot.policy)
    work = Work.of(snapshot.who.person[cells.identity], cells.day, cells.count)
    if basis := query.labels.get("basis"):
        mine = snapshot.who.basis_at(work) == BASES.index(basis) if basis in BASES else work.who < 0
        return Opened(np.unique(work.who[mine]), window, wanted)
    return Opened(np.unique(work.who), window, wanted)


def engaged(query: NumberQuery) -> Opened:
    """The last engagement of a kind."""
    return Opened(told=engagements(query)[-1:])


def in_slots(query: NumberQuery) -> Opened:
    """The engagements of a kind in its last slots."""
    days = SLOTS * query.snapshot.policy.communication.cadence_days.get(query.labels.get("kind", OTHER), 0)
    return Opened(told=[one for one in engagements(query) if one.moment[1] > query.day - days])


def engagements(query: NumberQuery) -> Sequence[Fact]:
    """All engagements of a kind."""
    policy, kind = query.snapshot.policy, query.labels.get("kind", OTHER)
    return [
        one
        for one in up_to(query.snapshot.of(CommunicationInputs).engagements, query.day)
        if label_of(one, policy) == kind
    ]


def written_down(query: NumberQuery) -> Opened:
    """All that was documented of a practice."""
    practice = query.labels.get("practice")
    return Opened(
        told=[
            one
            for one in up_to(query.snapshot.of(CommunicationInputs).practices, query.day)
            if one.data["practice"] == practice
        ]
    )


def related(query: NumberQuery) -> Opened:
    """What established the relationships that are active, and the engagements held with their partners since."""
    related = query.snapshot.of(Relationships).every
    active = [one for one in related if one.active_on(query.day)]
    told = {one.order: one for each in active for one in up_to(each.told, query.day)}
    held = up_to(query.snapshot.of(CommunicationInputs).engagements, query.day)
    told |= {
        one.order: one
        for one in held
        if any(concerns(one, each.team, each.partner) and one.moment[1] >= each.start for each in active)
    }
    return Opened(told=[one for _, one in sorted(told.items())])


OPENED: Mapping[str, Callable[[NumberQuery], Opened]] = {
    "cross_team_contributors": in_several,
    "bridges_single_person": alone_between,
    "relationships_active": related,
    "last_engagement_timestamp_seconds": engaged,
    "engagement_slots_filled": in_slots,
    "practice_documented_timestamp_seconds": written_down,
    "work_share_ratio": at_work,
    "work_share_people": at_work,
}
"""Family (without prefix) → who and what is behind it."""
