"""The families about conditions: what each means, and whether it holds on every day.

Source: DEFINITIONS, "Conditions".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple

import numpy as np

from projections.activity.arrivals import ArrivalCounts
from projections.activity.evaluation import EvaluateActivity
from projections.collaboration.evaluation import EvaluateCollaboration
from projections.communication.evaluation import EvaluateCommunication
from projections.community.context import EvaluationContext
from projections.community.published import Published
from projections.conditions.rules import RULES, named
from projections.conditions.vacancies import Vacancies, vacancies
from projections.freshness.evaluation import EvaluateFreshness
from projections.growth.evaluation import EvaluateGrowth
from projections.leadership.evaluation import EvaluateLeadership
from projections.leadership.families import LeadershipEvaluation, SeatsEvaluation
from projections.mentoring.evaluation import EvaluateMentoring
from projections.metrics.evaluation import Answer, Evaluation
from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.labels import Label
from projections.metrics.privacy import PUBLIC, PUBLIC_DAY
from projections.metrics.unit import Unit
from projections.pathway.evaluation import EvaluatePathway
from projections.policy.policy import CommunityPolicy
from projections.responses.evaluation import EvaluateResponses
from projections.seats.evaluation import EvaluateSeats
from projections.stage.assigned import Assignee
from projections.stage.assigned import named as named_in
from projections.stage.evaluation import EvaluateStage
from projections.timeline.days import day_of
from projections.timeline.history import Sample, Series, Values, series
from projections.timeline.hysteresis import since, up_to
from projections.timeline.ranges import Flags

CONDITION_LABEL = Label(
    "condition", words="one of the conditions of [the definitions](definitions.md#conditions-what-alerts-speak-of)"
)
FAMILIES: tuple[Family, ...] = (
    Family(
        "condition",
        "Condition",
        "1 while a condition holds, 0 while it does not, as of the last closed day.",
        group=Group.CONDITIONS,
        unit=Unit.STATE,
        labels=(CONDITION_LABEL,),
        privacy=PUBLIC,
    ),
    Family(
        "condition_since_timestamp_seconds",
        "Condition since",
        "Since which day it has held, or has not; absent until it first changes.",
        group=Group.CONDITIONS,
        unit=Unit.MOMENT,
        labels=(CONDITION_LABEL,),
        privacy=PUBLIC_DAY,
    ),
)
ABOUT = "condition:"
CONDITION = "tenfold_condition"


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


@dataclass(frozen=True, slots=True)
class Grids:
    """Vacant scopes as last laid out, and of what."""

    seen: SeatsEvaluation
    days: int
    vacancies: Vacancies


class EvaluateConditions(Evaluation):
    """Judges all conditions; keeps how scopes were laid out, since most changes touch no seat."""

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

    def __init__(self, policy: CommunityPolicy) -> None:
        super().__init__(policy)
        self._grids: Grids | None = None

    def evaluate(self, context: EvaluationContext) -> Answer:
        """Both families on every day; what a day that is not over yet will be is not known: it is as the day before."""
        parts = named(context, self._vacancies(context, context.find(LeadershipEvaluation)))
        closed = context.closed_through - context.first_day + 1
        found = ConditionsEvaluation(
            context.first_day, context.closed_through, ended(parts, closed), list(acted(context)), context.published
        )
        return Answer(condition_series(context, parts, closed), (found,))

    def _vacancies(self, context: EvaluationContext, swept: LeadershipEvaluation | None) -> Vacancies | None:
        if swept is None:
            return None
        days = context.days
        if self._grids is None or self._grids.seen is not swept.seen or self._grids.days != len(days):
            self._grids = Grids(swept.seen, len(days), vacancies(swept, days, context.policy))
        return self._grids.vacancies


def condition_series(
    context: EvaluationContext, parts: Mapping[str, Mapping[str, Flags]], closed: int
) -> Iterator[tuple[Series, Values]]:
    """Both families; `parts` are the days on which conditions hold of something that has a name."""
    held = {name: rule(context) for name, rule in RULES.items()}
    held |= {name: any_of(theirs, len(context.days)) for name, theirs in parts.items()}
    for name, days in held.items():
        yield series("condition", condition=name), np.nan_to_num(up_to(days.astype(np.float64), closed))
        changed = up_to(since(days, context.days), closed)
        yield series("condition_since_timestamp_seconds", condition=name), changed


def acted(context: EvaluationContext) -> Iterator[Acted]:
    """What was recorded about conditions, oldest first."""
    for fact in context.said.of("action.recorded"):
        owner = named_in(context, fact.data["owner"])
        if fact.data["about"].startswith(ABOUT) and owner:
            yield Acted(fact.data["about"].removeprefix(ABOUT), day_of(fact.time), owner, fact.data["url"])


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


def unsettled(samples: Iterable[Sample]) -> list[Sample]:
    """Numbers as they are told while an import or a rebuild runs: those of before, of a history that is not settled."""
    about = {"condition": "history_unsettled"}
    return [replace(one, value=1.0) if one.name == CONDITION and one.labels == about else one for one in samples]
