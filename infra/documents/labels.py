"""The labels of every family beside `community`, and what they can be.

Source: DESIGN, "Metrics". A test holds every series that is ever made against it.
"""

from collections.abc import Mapping

WINDOW = ("window_days",)
SEATS = ("seats",)
NEWCOMER = ("newcomer",)
STEP = ("step",)
KIND = ("kind",)

LABELS: Mapping[str, tuple[str, ...]] = (
    dict.fromkeys(
        (
            "active_contributors",
            "recurring_contributors",
            "new_contributors",
            "returned_contributors",
            "lapsed_contributors",
            "newcomers",
            "contributions",
            "retention_ratio",
            "growth_corrections",
        ),
        WINDOW,
    )
    | dict.fromkeys(
        (
            "leaders",
            "leadership_seats",
            "effective_leaders",
            "effective_leaders_entropy",
            "leadership_concentration_ratio",
            "leadership_hhi",
            "leadership_gini_ratio",
            "leadership_top_share_ratio",
            "leadership_absence_factor",
            "leadership_elephant_factor",
            "leadership_strength_ratio",
            "leadership_strength_without_top_ratio",
            "scopes_per_leader_max",
        ),
        SEATS,
    )
    | dict.fromkeys(
        ("first_response_seconds_median", "first_response_people", "acceptance_ratio", "acceptance_people"), NEWCOMER
    )
    | dict.fromkeys(
        (
            "pathway_contributors",
            "pathway_conversion_ratio",
            "pathway_conversion_people",
            "pathway_quarter_start_timestamp_seconds",
            "pathway_step_days_median",
            "pathway_gap",
        ),
        STEP,
    )
    | dict.fromkeys(("newcomer_retention_ratio", "newcomer_retention_people"), ("mentored",))
    | dict.fromkeys(("last_engagement_timestamp_seconds", "engagement_slots_filled", "work_share_people"), KIND)
    | dict.fromkeys(("growth_verdict", "leadership_verdict"), ("verdict",))
    | dict.fromkeys(("condition", "condition_since_timestamp_seconds"), ("condition",))
    | dict.fromkeys(("source_checked_timestamp_seconds", "source_last_event_timestamp_seconds"), ("source",))
    | {
        "excluded_contributions": ("reason",),
        "team_active_contributors": ("team", "window_days"),
        "growth_ratio": ("coverage",),
        "leadership_share_ratio": ("basis", "seats"),
        "scopes": ("seats", "strength"),
        "departure_exposure_ratio": ("of", "unit"),
        "people_meeting_criteria": ("role",),
        "practice_documented_timestamp_seconds": ("practice",),
        "milestone": ("milestone", "state"),
        "work_share_ratio": ("basis", "kind"),
        "scaling_success": ("criterion",),
        "risk": ("risk", "state"),
    }
)
"""Family (without prefix) → its labels, alphabetically; families that are not here have none."""

VALUES: Mapping[str, str] = {
    "basis": "`volunteer`, `paid`, `both`, `unknown`: why people contribute, as far as it was said",
    "condition": "one of the conditions of [the definitions](definitions.md#conditions-what-alerts-speak-of)",
    "coverage": "`same_sources`: only what the goal's baseline counted; `all`",
    "criterion": "`growth`, `distribution`, `strength`, `momentum`",
    "kind": "of work: `commit`, `review`, …; of engagements: those with a cadence in the policy, and `other`",
    "mentored": "`yes`, `no`",
    "milestone": "`core_mentored`, `leadership_chances`, `synergy`, `communication`",
    "newcomer": "`yes`, `no`",
    "of": "`volume` of work, `leadership`, `scopes`",
    "practice": "`communication_channel`, `recruiting_plan`, `leadership_plan`, `contribution_pathway`, "
    "`community_practices`",
    "reason": "`bot`, `agent` (an AI agent); of records set aside: why",
    "risk": "`coordinator_runway`, `ownership_openness`, `pathway_gaps`",
    "role": "roles that have criteria in the policy",
    "seats": "`nominal`: all that are documented; `active`: those whose holder worked lately",
    "source": "the first 100 sources that were heard of, then `other`",
    "state": "one series for each; 1 for the one that holds, 0 for the others",
    "step": "`arrived`, `second_day`, `sustained`, `core`, `leader`",
    "strength": "`covered`, `thin`, `vacant`, `inherited`",
    "team": "teams that the policy lists, and `other`",
    "unit": "`person`, `organisation`",
    "verdict": "one series for each; 1 for the one that holds, 0 for the others",
    "window_days": "windows of the policy, by default 30, 90 and 365",
}
"""What each label can be."""
