"""Chances to lead that were offered, and who took them up.

Source: docs/definitions.md, "Milestones, success, risks", milestone 2.
"""

from collections.abc import Iterator
from typing import NamedTuple

from events.community import OpportunityOffered, OpportunityTaken
from projections.community.context import EvaluationContext
from projections.timeline.days import day_of


class Taken(NamedTuple):
    """Somebody took up an offer, known from day `start` on (day numbers).

    Attributes:
        person: who took it.
        day: when they did; earlier than `start` where the offer was only recorded later.
        events: the offer and its taking.
    """

    opportunity: str
    person: str
    day: int
    start: int
    events: tuple[OpportunityOffered, OpportunityTaken]

    def within(self, day: int, window: int) -> bool:
        """Whether it was taken up within so many days, as known on a day."""
        return self.start <= day < self.day + window


def taken(context: EvaluationContext) -> Iterator[Taken]:
    """Every offer that was taken up; one that was taken without being offered was no offer."""
    offered: dict[str, OpportunityOffered] = {}
    for one in context.facts.of(OpportunityOffered):
        offered.setdefault(one.data.opportunity, one)
    for taking in context.facts.of(OpportunityTaken):
        offer = offered.get(taking.data.opportunity)
        if offer and context.people.nature(taking.subject) == "human":
            person, day = context.people.person_of(taking.subject), day_of(taking.time)
            yield Taken(taking.data.opportunity, person, day, max(day, day_of(offer.time)), (offer, taking))
