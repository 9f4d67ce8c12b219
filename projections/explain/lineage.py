"""From which families a number is computed, and which of their numbers those are."""

from collections.abc import Mapping

from projections.conditions import drilldown as conditions
from projections.stage import drilldown as stage

RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "growth_verdict": ("growth_change_ratio", "growth_change_low_ratio", "growth_change_high_ratio"),
    "growth_change_ratio": ("weekly_contributors",),
    "growth_change_low_ratio": ("weekly_contributors",),
    "growth_change_high_ratio": ("weekly_contributors",),
    "growth_ratio": ("active_contributors", "goal_baseline_contributors"),
    "growth_path_ratio": ("active_contributors", "goal_target_contributors"),
    "growth_corrections": ("active_contributors",),
    "goal_eta_earliest_timestamp_seconds": ("active_contributors", "goal_baseline_contributors"),
    "goal_eta_latest_timestamp_seconds": ("active_contributors", "goal_baseline_contributors"),
    "elephant_factor": ("affiliation_known_ratio",),
}
"""Families that count nobody themselves → those they are computed from."""


def rests_on(family: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The families that a number is computed from; none where it counts people itself."""
    return RESTS_ON.get(family) or stage.rests_on(family, labels) or conditions.rests_on(family, labels)


def found_by(family: str, labels: Mapping[str, str]) -> Mapping[str, str]:
    """The labels by which to find, of the families that a number is computed from, the numbers that it is."""
    subject = stage.subject(family, labels)
    return {**labels, **stage.ABOUT.get(subject, {}), **conditions.only(labels)}
