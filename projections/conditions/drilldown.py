"""What is behind a condition: on which days it held, and of which scopes."""

from collections.abc import Iterator

import numpy as np

from projections.conditions.series import ConditionsEvaluation
from projections.leadership.day import Day
from projections.leadership.series import LeadershipEvaluation
from projections.metrics.drilldown import Drilldown, NumberQuery, Spell
from projections.timeline.days import date_of, number_of
from projections.timeline.history import History, series


def drill_condition(query: NumberQuery) -> Drilldown:
    """When a condition held; of vacant scopes, these and who led them last."""
    name = query.labels.get("condition", "")
    held = list(spells(query.history, name, query.day)) if query.history else []
    raised = query.snapshot.find(ConditionsEvaluation)
    found = query.snapshot.find(LeadershipEvaluation)
    if name != "scope_vacant" or raised is None or found is None:
        return Drilldown(held=held)
    day, which = Day(found, query.snapshot.policy, query.day), held_of(raised, name, query.day)
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


def held_of(raised: ConditionsEvaluation, condition: str, day: int) -> list[str]:
    """What a condition holds of on a day (its number), by name."""
    at = day - raised.first_day
    return sorted(one for one, days in raised.named.get(condition, {}).items() if 0 <= at < len(days) and days[at])
