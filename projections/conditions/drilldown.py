"""A condition opened up: why it holds, on which days it did, of which scopes, and the families that it rests on."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from projections.community.snapshot import CommunitySnapshot
from projections.conditions.families import ConditionsEvaluation
from projections.leadership.day import Day
from projections.leadership.drilldown import Opened
from projections.leadership.families import LeadershipEvaluation
from projections.timeline.days import date_of, number_of
from projections.timeline.history import History, series
from reports.conditions.report import named, sentence
from reports.stage.query import Everything

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


class Spell(NamedTuple):
    """The days from the first to the last on which a condition held without a break."""

    first_day: date
    last_day: date


def rests_on(family: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The families that a condition rests on; none for other numbers."""
    return RESTS_ON.get(labels.get("condition", ""), ()) if family in CONDITION else ()


def held(history: History, family: str, labels: Mapping[str, str], as_of: date) -> Iterator[Spell]:
    """When a condition held up to a day, oldest first; nothing for other numbers."""
    values = history.series.get(series("condition", condition=labels.get("condition", "")))
    if family not in CONDITION or values is None:
        return
    first = number_of(history.first_day)
    holds = np.pad(values[: max(number_of(as_of) - first + 1, 0)] == 1, 1)
    starts, ends = (np.flatnonzero(holds[:-1] & ~holds[1:] if over else ~holds[:-1] & holds[1:]) for over in (0, 1))
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield Spell(date_of(first + start), date_of(first + end - 1))


def opened(
    snapshot: CommunitySnapshot, history: History, family: str, labels: Mapping[str, str], as_of: date
) -> Opened:
    """Why a condition holds, or since when it does not; of vacant scopes, these and who led them last."""
    if family not in CONDITION:
        return Opened()
    name, shown = labels.get("condition", ""), Everything(history)
    why = sentence(shown, snapshot.find(ConditionsEvaluation), snapshot.policy, name, as_of)
    found = snapshot.find(LeadershipEvaluation)
    if name != "scope_vacant" or found is None:
        return Opened(because=why)
    day, which = Day(found, snapshot.policy, number_of(as_of)), named(snapshot.find(ConditionsEvaluation), name, as_of)
    scopes = [one for one in day.scopes() if one.scope in which]
    return Opened({one.person: one for one in day.led_last(which)}, scopes, why)
