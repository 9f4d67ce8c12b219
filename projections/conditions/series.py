"""On which days each condition holds, and of what.

Source: docs/definitions.md, "Conditions".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

import numpy as np

from events.community import ActionRecorded
from projections.community.context import EvaluationContext
from projections.community.covered import Read
from projections.community.published import Published
from projections.metrics.condition import Condition, Holds
from projections.metrics.family import Family
from projections.policy.policy import CommunityPolicy
from projections.stage.assigned import Assignee
from projections.stage.assigned import assignee_of as named_in
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


def condition_series(
    context: EvaluationContext, judged: Mapping[str, Holds], closed: int
) -> Iterator[tuple[Series, Values]]:
    """Both families of every condition, by its name."""
    for name, found in judged.items():
        days = any_of(found, len(context.days)) if isinstance(found, Mapping) else found
        yield series("condition", condition=name), np.nan_to_num(up_to(days.astype(np.float64), closed))
        changed = up_to(since(days, context.days), closed)
        yield series("condition_since_timestamp_seconds", condition=name), changed


def rests_on(one: Condition, families: Mapping[str, Family], policy: CommunityPolicy) -> Read:
    """What somebody has to read before it is known whether a condition holds: contributions, of all of them."""
    read = (families[name].rests_on(one.only, policy) for name in one.rests_on)
    return reduce(or_, read, Read.CONTRIBUTIONS)


def standing(one: Condition, judged: Holds, covered: Flags) -> Holds:
    """A condition as it stood on the last covered day; one about sources as it is."""
    if one.holds_of == "source" or covered.all():
        return judged
    if isinstance(judged, Mapping):
        return {name: stood(days, covered) for name, days in judged.items()}
    return stood(judged, covered)


def stood(days: Flags, covered: Flags) -> Flags:
    """What holds on each day as on the last covered one; before there is any, nothing does."""
    last = np.maximum.accumulate(np.where(covered, np.arange(len(days)), -1))
    found: Flags = (last >= 0) & days[np.maximum(last, 0)]
    return found


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
