"""Who is behind a number about work across teams and with others, and what was told of it."""

from events.envelope import Event, Order
from projections.collaboration.bridges import across, bridging
from projections.collaboration.relationships import Relationships, concerns
from projections.communication.inputs import CommunicationInputs
from projections.facts.fact import up_to
from projections.metrics.drilldown import Drilldown, NumberQuery, by_person
from projections.timeline.days import day_of
from projections.timeline.ranges import Ints


def in_several(query: NumberQuery) -> Drilldown:
    """Who works in two teams or more."""
    return in_teams(query, across(query.snapshot, query.day))


def alone_between(query: NumberQuery) -> Drilldown:
    """Who alone works in both teams of a pair."""
    return in_teams(query, bridging(query.snapshot, query.day))


def in_teams(query: NumberQuery, people: Ints) -> Drilldown:
    """These people, with their work in teams of the window that says so."""
    first = query.day - query.snapshot.policy.collaboration.cross_team_days + 1
    return Drilldown(by_person(query.snapshot, people), first, query.day, in_a_team=True)


def related(query: NumberQuery) -> Drilldown:
    """What established the relationships that are active, and the engagements held with their partners since."""
    related = query.snapshot.of(Relationships).every
    active = [one for one in related if one.active_on(query.day)]
    told: dict[Order, Event] = {one.order: one for each in active for one in up_to(each.told, query.day)}
    held = up_to(query.snapshot.of(CommunicationInputs).engagements, query.day)
    told |= {
        one.order: one
        for one in held
        if any(concerns(one, each.team, each.partner) and day_of(one.time) >= each.start for each in active)
    }
    return Drilldown(told=[one for _, one in sorted(told.items())])
