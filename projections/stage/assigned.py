"""Who answers for a milestone, who helps, what there will be to show, and by when.

Source: docs/definitions.md, "Milestones, success, risks"; the newest word on a milestone holds.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from events.community import MilestoneAssigned
from projections.community.context import EvaluationContext
from projections.timeline.days import day_of


class Assignee(NamedTuple):
    """Somebody as they were named, and the person behind that, where it is an identity."""

    given: str
    person: str


class Assigned(NamedTuple):
    """A milestone is somebody's from a day on (day number), until the next word on it; `told` is what said so."""

    since: int
    responsible: Assignee
    support: Assignee | None
    deliverable: str | None
    due_on: date | None
    told: MilestoneAssigned


def assigned(context: EvaluationContext) -> Mapping[str, Sequence[Assigned]]:
    """Every assignment by milestone, oldest first."""
    found: dict[str, list[Assigned]] = defaultdict(list)
    for event in context.facts.of(MilestoneAssigned):
        told = event.data
        responsible, support = assignee_of(context, told.responsible), assignee_of(context, told.support)
        if responsible and event.team is None:
            since = day_of(event.time)
            found[told.milestone].append(Assigned(since, responsible, support, told.deliverable, told.due_on, event))
    return found


def assignee_of(context: EvaluationContext, given: str | None) -> Assignee | None:
    """Somebody as an event names them."""
    return Assignee(given, context.people.person_of(given)) if given else None


def on(every: Sequence[Assigned], day: int) -> Assigned | None:
    """The assignment that holds on a day (its number)."""
    return next((one for one in reversed(every) if one.since <= day), None)
