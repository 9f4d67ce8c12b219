"""What is behind a condition: on which days it held, of which scopes, and the families that it rests on."""

from collections.abc import Iterator, Mapping

import numpy as np

from projections.conditions.families import ConditionsEvaluation
from projections.leadership.day import Day
from projections.leadership.families import LeadershipEvaluation
from projections.metrics.drilldown import Drill, Drilldown, NumberQuery, Spell
from projections.timeline.days import date_of, number_of
from projections.timeline.history import History, series

CONDITION = frozenset({"condition", "condition_since_timestamp_seconds"})

RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "shrinking": ("growth_verdict",),
    "growth_stalled": ("growth_verdict", "growth_path_ratio"),
    "behind_path": ("growth_path_ratio",),
    "retention_dropped": ("retention_ratio", "active_contributors"),
    "leadership_concentrated": ("leadership_verdict",),
    "no_new_leader": ("last_new_leader_timestamp_seconds", "active_contributors"),
    "strength_falling": ("leadership_strength_ratio", "scopes"),
    "scope_vacant": ("scopes", "leadership_seats", "team_active_contributors"),
    "coordinator_runway": ("risk",),
    "newcomers_unmentored": ("mentoring_coverage_ratio", "newcomers", "mentorships_active"),
    "mentor_overloaded": ("mentor_load_max",),
    "newcomers_unanswered": ("newcomers_unanswered", "newcomers"),
    "pathway_gap": ("pathway_gap", "pathway_conversion_ratio"),
    "report_overdue": ("last_engagement_timestamp_seconds",),
    "meeting_overdue": ("last_engagement_timestamp_seconds",),
    "no_cross_team": ("cross_team_contributors", "team_active_contributors"),
    "unusual_arrivals": ("newcomers",),
    "source_unchecked": ("source_checked_timestamp_seconds",),
    "history_unsettled": ("active_contributors", "growth_corrections"),
}
"""Condition → the families that it rests on."""


ABOUT: Mapping[str, Mapping[str, str]] = {
    "coordinator_runway": {"risk": "coordinator_runway"},
    "report_overdue": {"kind": "report"},
    "meeting_overdue": {"kind": "meeting"},
}
"""Condition → which of the numbers of these families it rests on, where it is not all."""


def rests_on(family: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The families that a condition rests on; none for other numbers."""
    return RESTS_ON.get(labels.get("condition", ""), ()) if family in CONDITION else ()


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
