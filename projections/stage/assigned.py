"""Who answers for a milestone, who helps, what there will be to show, and by when.

Source: DEFINITIONS, "Milestones, success, risks"; the newest word on a milestone holds.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from projections.community.context import EvaluationContext
from projections.facts.fact import Fact
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
    told: Fact


def assigned(context: EvaluationContext) -> Mapping[str, Sequence[Assigned]]:
    """Every assignment by milestone, oldest first."""
    found: dict[str, list[Assigned]] = defaultdict(list)
    for fact in context.said.of("milestone.assigned"):
        responsible, support = (named(context, fact.data.get(part)) for part in ("responsible", "support"))
        if responsible and fact.team is None:
            due = fact.data.get("due_on")
            told = (fact.data.get("deliverable"), date.fromisoformat(due) if due else None)
            found[fact.data["milestone"]].append(Assigned(day_of(fact.time), responsible, support, *told, fact))
    return found


def named(context: EvaluationContext, given: str | None) -> Assignee | None:
    """Somebody as an event names them."""
    return Assignee(given, context.people.person_of(given)) if given else None


def on(every: Sequence[Assigned], day: int) -> Assigned | None:
    """The assignment that holds on a day (its number)."""
    return next((one for one in reversed(every) if one.since <= day), None)
