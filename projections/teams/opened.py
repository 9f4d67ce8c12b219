"""A number about work across teams, communication or impact opened up: whom it counts, and what was told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from projections.activity.ranges import Ints, Work
from projections.communication.metrics import OTHER, SLOTS, label_of
from projections.counted import Asked
from projections.facts.fact import Fact, up_to
from projections.people.who import BASES
from projections.teams.relationships import concerns
from projections.teams.shown import across, bridging


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


def in_several(asked: Asked) -> Opened:
    """Who works in two teams or more."""
    return Opened(across(asked.joined, asked.day), asked.joined.policy.collaboration.cross_team_days, in_a_team=True)


def alone_between(asked: Asked) -> Opened:
    """Who alone works in both teams of a pair."""
    return Opened(bridging(asked.joined, asked.day), asked.joined.policy.collaboration.cross_team_days, in_a_team=True)


def at_work(asked: Asked) -> Opened:
    """Who did work of a kind, of one basis where that is asked."""
    joined, wanted, window = asked.joined, asked.labels.get("kind", ""), asked.joined.policy.headline_window_days
    if wanted not in joined.names.kinds:
        return Opened()
    recent = joined.human.within(asked.day, window)
    cells = joined.names.active(recent.where(recent.kind == joined.names.kinds.index(wanted)), joined.policy)
    work = Work.of(joined.who.person[cells.identity], cells.day, cells.count)
    if basis := asked.labels.get("basis"):
        mine = joined.who.basis_at(work) == BASES.index(basis) if basis in BASES else work.who < 0
        return Opened(np.unique(work.who[mine]), window, wanted)
    return Opened(np.unique(work.who), window, wanted)


def engaged(asked: Asked) -> Opened:
    """The last engagement of a kind."""
    return Opened(told=engagements(asked)[-1:])


def in_slots(asked: Asked) -> Opened:
    """The engagements of a kind in its last slots."""
    days = SLOTS * asked.joined.policy.communication.cadence_days.get(asked.labels.get("kind", OTHER), 0)
    return Opened(told=[one for one in engagements(asked) if one.moment[1] > asked.day - days])


def engagements(asked: Asked) -> Sequence[Fact]:
    """All engagements of a kind."""
    policy, kind = asked.joined.policy, asked.labels.get("kind", OTHER)
    return [one for one in up_to(asked.joined.told.engagements, asked.day) if label_of(one, policy) == kind]


def written_down(asked: Asked) -> Opened:
    """All that was documented of a practice."""
    practice = asked.labels.get("practice")
    return Opened(
        told=[one for one in up_to(asked.joined.told.practices, asked.day) if one.data["practice"] == practice]
    )


def related(asked: Asked) -> Opened:
    """What established the relationships that are active, and the engagements held with their partners since."""
    related = asked.joined.stage.synergy.related if asked.joined.stage else ()
    active = [one for one in related if one.active_on(asked.day)]
    told = {one.order: one for each in active for one in up_to(each.told, asked.day)}
    held = up_to(asked.joined.told.engagements, asked.day)
    told |= {
        one.order: one
        for one in held
        if any(concerns(one, each.team, each.partner) and one.moment[1] >= each.start for each in active)
    }
    return Opened(told=[one for _, one in sorted(told.items())])


OPENED: Mapping[str, Callable[[Asked], Opened]] = {
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
