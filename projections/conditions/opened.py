"""A condition opened up: why it holds, and the families that it rests on."""

from collections.abc import Mapping
from datetime import date

from projections.community.joined import Joined
from projections.conditions.shown import sentence
from projections.history import History
from projections.stage.asked import Everything

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


def rests_on(family: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The families that a condition rests on; none for other numbers."""
    return RESTS_ON.get(labels.get("condition", ""), ()) if family in CONDITION else ()


def because(joined: Joined, history: History, family: str, labels: Mapping[str, str], as_of: date) -> str:
    """Why a condition holds, or since when it does not; empty for other numbers."""
    if family not in CONDITION:
        return ""
    return sentence(Everything(history), joined.conditions, joined.policy, labels.get("condition", ""), as_of)
