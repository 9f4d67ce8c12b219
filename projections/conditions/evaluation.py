"""On which days each condition holds, and of what.

Source: DEFINITIONS, "Conditions".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from events.community import ActionRecorded
from projections.activity.arrivals import ArrivalCounts
from projections.activity.evaluation import EvaluateActivity
from projections.collaboration.evaluation import EvaluateCollaboration
from projections.communication.evaluation import EvaluateCommunication
from projections.community.context import EvaluationContext
from projections.community.published import Published
from projections.conditions.catalog import CONDITIONS
from projections.conditions.families import FAMILIES
from projections.freshness.evaluation import EvaluateFreshness
from projections.growth.evaluation import EvaluateGrowth
from projections.leadership.evaluation import EvaluateLeadership
from projections.mentoring.evaluation import EvaluateMentoring
from projections.metrics.condition import Holds
from projections.metrics.evaluation import Answer, Evaluation
from projections.pathway.evaluation import EvaluatePathway
from projections.responses.evaluation import EvaluateResponses
from projections.seats.evaluation import EvaluateSeats
from projections.stage.assigned import Assignee
from projections.stage.assigned import named as named_in
from projections.stage.evaluation import EvaluateStage
from projections.timeline.days import day_of
from projections.timeline.history import Series, Values, series
from projections.timeline.hysteresis import since, up_to
from projections.timeline.ranges import Flags

ABOUT = "condition:"


class Acted(NamedTuple):
    """What somebody does about a condition, from a day on (day number)."""

    condition: str
    day: int
    owner: Assignee
    url: str


@dataclass(frozen=True, slots=True)
class ConditionsEvaluation:
    """What reports say of conditions beside their numbers, as of the last sweep.

    Attributes:
        first_day: day number of the first day.
        closed_through: the newest day (a day number) that has ended.
        named: condition → what it is about (scopes, sources, steps) → the days on which it holds of it.
        actions: what is done about conditions, oldest first.
        published: day number → what was published when it closed.
    """

    first_day: int
    closed_through: int
    named: Mapping[str, Mapping[str, Flags]]
    actions: Sequence[Acted]
    published: Mapping[int, Published]


class EvaluateConditions(Evaluation):
    """Judges all conditions."""

    needs = (
        EvaluateActivity,
        EvaluateGrowth,
        EvaluateSeats,
        EvaluateMentoring,
        EvaluateLeadership,
        EvaluateResponses,
        EvaluatePathway,
        EvaluateCollaboration,
        EvaluateCommunication,
        EvaluateStage,
        EvaluateFreshness,
    )
    families: ClassVar = FAMILIES
    finds = (ConditionsEvaluation,)
    counts = (ArrivalCounts,)

    def evaluate(self, context: EvaluationContext) -> Answer:
        """Both families on every day; what a day that is not over yet will be is not known: it is as the day before."""
        closed = context.closed_through - context.first_day + 1
        judged = {name: one.rule(context) for name, one in CONDITIONS.items()}
        parts = {name: found for name, found in judged.items() if isinstance(found, Mapping)}
        found = ConditionsEvaluation(
            context.first_day, context.closed_through, ended(parts, closed), list(acted(context)), context.published
        )
        return Answer(condition_series(context, judged, closed), (found,))


def condition_series(
    context: EvaluationContext, judged: Mapping[str, Holds], closed: int
) -> Iterator[tuple[Series, Values]]:
    """Both families of every condition, by its name."""
    for name, found in judged.items():
        days = any_of(found, len(context.days)) if isinstance(found, Mapping) else found
        yield series("condition", condition=name), np.nan_to_num(up_to(days.astype(np.float64), closed))
        changed = up_to(since(days, context.days), closed)
        yield series("condition_since_timestamp_seconds", condition=name), changed


def acted(context: EvaluationContext) -> Iterator[Acted]:
    """What was recorded about conditions, oldest first."""
    for event in context.facts.of(ActionRecorded):
        told, owner = event.data, named_in(context, event.data.owner)
        if told.about.startswith(ABOUT) and owner:
            yield Acted(told.about.removeprefix(ABOUT), day_of(event.time), owner, told.url)


def any_of(theirs: Mapping[str, Flags], days: int) -> Flags:
    """The days on which a condition holds of anything."""
    found: Flags = np.logical_or.reduce([np.zeros(days, bool), *theirs.values()])
    return found


def ended(parts: Mapping[str, Mapping[str, Flags]], closed: int) -> Mapping[str, Mapping[str, Flags]]:
    """What a condition holds of, as of days that have ended."""
    return {
        name: {one: up_to(days.astype(np.float64), closed) == 1 for one, days in theirs.items()}
        for name, theirs in parts.items()
    }
