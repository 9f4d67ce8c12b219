"""What is behind a condition: on which days it held, of which scopes, and the families that it rests on."""

from collections.abc import Iterator, Mapping

import numpy as np

from projections.conditions.catalog import CONDITIONS
from projections.conditions.evaluation import ConditionsEvaluation
from projections.leadership.day import Day
from projections.leadership.families import LeadershipEvaluation
from projections.metrics.drilldown import Drill, Drilldown, NumberQuery, Spell
from projections.timeline.days import date_of, number_of
from projections.timeline.history import History, series

CONDITION = frozenset({"condition", "condition_since_timestamp_seconds"})


def rests_on(family: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The families that a condition rests on; none for other numbers."""
    found = CONDITIONS.get(labels.get("condition", "")) if family in CONDITION else None
    return found.rests_on if found else ()


def only(labels: Mapping[str, str]) -> Mapping[str, str]:
    """Labels of those of their numbers that it rests on; none where it is all, or for other numbers."""
    found = CONDITIONS.get(labels.get("condition", ""))
    return found.only if found else {}


def drill(query: NumberQuery) -> Drilldown:
    """When a condition held; of vacant scopes, these and who led them last."""
    name = query.labels.get("condition", "")
    held = list(spells(query.history, name, query.day)) if query.history else []
    raised = query.snapshot.find(ConditionsEvaluation)
    found = query.snapshot.find(LeadershipEvaluation)
    if name != "scope_vacant" or raised is None or found is None:
        return Drilldown(held=held)
    day, which = Day(found, query.snapshot.policy, query.day), named(raised, name, query.day)
    leaders = {one.person: one for one in day.led_last(which)}
    return Drilldown(leaders=leaders, scopes=[one for one in day.scopes() if one.scope in which], held=held)


def spells(history: History, condition: str, day: int) -> Iterator[Spell]:
    """When a condition held up to a day (its number), oldest first."""
    values = history.series.get(series("condition", condition=condition))
    if values is None:
        return
    first = number_of(history.first_day)
    holds = np.pad(values[: max(day - first + 1, 0)] == 1, 1)
    starts, ends = (np.flatnonzero(holds[:-1] & ~holds[1:] if over else ~holds[:-1] & holds[1:]) for over in (0, 1))
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield Spell(date_of(first + start), date_of(first + end - 1))


def named(raised: ConditionsEvaluation, condition: str, day: int) -> list[str]:
    """What a condition holds of on a day (its number), by name."""
    at = day - raised.first_day
    return sorted(one for one, days in raised.named.get(condition, {}).items() if 0 <= at < len(days) and days[at])


DRILLDOWNS: Mapping[str, Drill] = dict.fromkeys(CONDITION, drill)
"""Family → what is behind it."""
