"""What each family is called, in which group of numbers, and in which unit its values read."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.format.values import Unit


@dataclass(frozen=True, slots=True)
class Wording:
    """A family in words: its group and name on a page, and how its values read."""

    group: str
    title: str
    unit: Unit = Unit.COUNT


ACTIVITY, TEAMS, EXCLUDED, ONION, GROWTH, GOAL, SOURCES = (
    "Who is here",
    "Teams",
    "Left out of every number",
    "How work is spread",
    "Growth",
    "Goal",
    "Sources",
)
LEADERSHIP, STRENGTH, BESIDE, RENEWAL, KNOWN = (
    "How leadership is spread",
    "How strong leadership is",
    "Leadership beside the community",
    "How leadership renews itself",
    "What is known of leaders",
)
PATHWAY = "Contribution pathway"
RESPONSES = "How people are answered"
MENTORING = "Mentoring"
TOGETHER = "Work across teams and with others"
COMMUNICATION = "Communication"
IMPACT = "Shares of work"
CANDIDATES = "Who could take a role"
STAGE = "The scaling stage"
TOLD = "What to look at"
OTHER = "Other numbers"

WORDINGS: Mapping[str, Wording] = {
    "tenfold_active_contributors": Wording(ACTIVITY, "Active contributors"),
    "tenfold_recurring_contributors": Wording(ACTIVITY, "Recurring contributors"),
    "tenfold_new_contributors": Wording(ACTIVITY, "New"),
    "tenfold_returned_contributors": Wording(ACTIVITY, "Returned"),
    "tenfold_lapsed_contributors": Wording(ACTIVITY, "Lapsed"),
    "tenfold_growth_corrections": Wording(ACTIVITY, "Corrections"),
    "tenfold_newcomers": Wording(ACTIVITY, "Newcomers"),
    "tenfold_retention_ratio": Wording(ACTIVITY, "Retention", Unit.SHARE),
    "tenfold_contributions": Wording(ACTIVITY, "Contributions"),
    "tenfold_team_active_contributors": Wording(TEAMS, "Active"),
    "tenfold_core_contributors_by_volume": Wording(ONION, "Core by volume"),
    "tenfold_regular_contributors_by_volume": Wording(ONION, "Regular by volume"),
    "tenfold_casual_contributors_by_volume": Wording(ONION, "Casual by volume"),
    "tenfold_contributor_absence_factor": Wording(ONION, "Contributor absence factor"),
    "tenfold_elephant_factor": Wording(ONION, "Elephant factor"),
    "tenfold_departure_exposure_ratio": Wording(ONION, "Exposure", Unit.SHARE),
    "tenfold_newcomer_share_ratio": Wording(ONION, "Newcomer share", Unit.SHARE),
    "tenfold_affiliation_known_ratio": Wording(ONION, "Affiliation known", Unit.SHARE),
    "tenfold_growth_verdict": Wording(GROWTH, "Verdict"),
    "tenfold_weekly_contributors": Wording(GROWTH, "Contributors in the last week"),
    "tenfold_growth_change_ratio": Wording(GROWTH, "Change on a year ago", Unit.CHANGE),
    "tenfold_growth_change_low_ratio": Wording(GROWTH, "Change, at least", Unit.CHANGE),
    "tenfold_growth_change_high_ratio": Wording(GROWTH, "Change, at most", Unit.CHANGE),
    "tenfold_goal_baseline_contributors": Wording(GOAL, "Baseline"),
    "tenfold_goal_target_contributors": Wording(GOAL, "Target line"),
    "tenfold_growth_ratio": Wording(GOAL, "Growth ratio", Unit.TIMES),
    "tenfold_growth_path_ratio": Wording(GOAL, "Active, by the target line", Unit.SHARE),
    "tenfold_goal_due_timestamp_seconds": Wording(GOAL, "Due", Unit.MOMENT),
    "tenfold_goal_eta_earliest_timestamp_seconds": Wording(GOAL, "Reached, earliest", Unit.MOMENT),
    "tenfold_goal_eta_latest_timestamp_seconds": Wording(GOAL, "Reached, latest", Unit.MOMENT),
    "tenfold_leadership_verdict": Wording(LEADERSHIP, "Leadership verdict"),
    "tenfold_effective_leaders": Wording(LEADERSHIP, "Effective leaders", Unit.TENTHS),
    "tenfold_effective_leaders_entropy": Wording(LEADERSHIP, "Effective leaders by entropy", Unit.TENTHS),
    "tenfold_leaders": Wording(LEADERSHIP, "Leaders"),
    "tenfold_leadership_seats": Wording(LEADERSHIP, "Leadership seats"),
    "tenfold_scopes_per_leader_max": Wording(LEADERSHIP, "Most scopes on one leader"),
    "tenfold_leadership_top_share_ratio": Wording(LEADERSHIP, "Largest share of one leader", Unit.SHARE),
    "tenfold_leadership_absence_factor": Wording(LEADERSHIP, "Leadership absence factor"),
    "tenfold_leadership_elephant_factor": Wording(LEADERSHIP, "Leadership elephant factor"),
    "tenfold_leadership_share_ratio": Wording(LEADERSHIP, "Share of leadership", Unit.SHARE),
    "tenfold_leadership_gini_ratio": Wording(LEADERSHIP, "Gini coefficient", Unit.INDEX),
    "tenfold_leadership_hhi": Wording(LEADERSHIP, "Herfindahl-Hirschman index"),
    "tenfold_leadership_concentration_ratio": Wording(LEADERSHIP, "Concentration", Unit.INDEX),
    "tenfold_scopes": Wording(STRENGTH, "Scopes"),
    "tenfold_leadership_strength_ratio": Wording(STRENGTH, "Strength ratio", Unit.SHARE),
    "tenfold_leadership_strength_without_top_ratio": Wording(
        STRENGTH, "Strength ratio without the top leader", Unit.SHARE
    ),
    "tenfold_contributors_per_effective_leader": Wording(BESIDE, "Contributors per effective leader", Unit.TENTHS),
    "tenfold_leadership_spread_ratio": Wording(BESIDE, "Spread ratio", Unit.INDEX),
    "tenfold_volunteer_representation_ratio": Wording(BESIDE, "Volunteer representation", Unit.INDEX),
    "tenfold_last_new_leader_timestamp_seconds": Wording(RENEWAL, "Last new leader", Unit.MOMENT),
    "tenfold_new_leaders": Wording(RENEWAL, "New leaders"),
    "tenfold_left_leaders": Wording(RENEWAL, "Leaders who left"),
    "tenfold_renewal_balance_leaders": Wording(RENEWAL, "Renewal balance", Unit.DIFFERENCE),
    "tenfold_leader_tenure_median_seconds": Wording(RENEWAL, "Median tenure", Unit.SPAN),
    "tenfold_new_leaders_contributed_ratio": Wording(RENEWAL, "New leaders who contributed before", Unit.SHARE),
    "tenfold_new_leaders_mentored_ratio": Wording(RENEWAL, "New leaders who were mentored before", Unit.SHARE),
    "tenfold_core_contributors_by_role": Wording(KNOWN, "Core contributors by role"),
    "tenfold_leaders_without_known_work": Wording(KNOWN, "Leaders without known work"),
    "tenfold_leadership_observed_ratio": Wording(KNOWN, "Observed seats", Unit.SHARE),
    "tenfold_people_meeting_criteria": Wording(CANDIDATES, "People meeting criteria"),
    "tenfold_pathway_contributors": Wording(PATHWAY, "Active in a year, furthest step"),
    "tenfold_pathway_conversion_ratio": Wording(PATHWAY, "Conversion", Unit.SHARE),
    "tenfold_pathway_conversion_people": Wording(PATHWAY, "People of the quarter"),
    "tenfold_pathway_quarter_start_timestamp_seconds": Wording(PATHWAY, "Quarter began", Unit.MOMENT),
    "tenfold_pathway_step_days_median": Wording(PATHWAY, "Median days to the next step", Unit.TENTHS),
    "tenfold_pathway_gap": Wording(PATHWAY, "Gap"),
    "tenfold_first_response_seconds_median": Wording(RESPONSES, "Median time to the first response", Unit.SPAN),
    "tenfold_first_response_people": Wording(RESPONSES, "People answered"),
    "tenfold_acceptance_ratio": Wording(RESPONSES, "Acceptance", Unit.SHARE),
    "tenfold_acceptance_people": Wording(RESPONSES, "People whose work was decided on"),
    "tenfold_newcomers_unanswered": Wording(RESPONSES, "Newcomers unanswered for more than 7 days"),
    "tenfold_mentorships_active": Wording(MENTORING, "Active mentorships"),
    "tenfold_mentors_active": Wording(MENTORING, "Mentors with an active mentee"),
    "tenfold_mentor_load_max": Wording(MENTORING, "Most active mentees of one mentor"),
    "tenfold_mentoring_coverage_ratio": Wording(MENTORING, "Newcomers who have or had a mentor", Unit.SHARE),
    "tenfold_newcomer_retention_people": Wording(MENTORING, "Came 121 to 365 days ago"),
    "tenfold_newcomer_retention_ratio": Wording(MENTORING, "Stayed, of these", Unit.SHARE),
    "tenfold_core_by_role_recruited": Wording(MENTORING, "Recruited into core by role"),
    "tenfold_core_by_role_recruited_mentored": Wording(MENTORING, "Recruited and mentored before"),
    "tenfold_cross_team_contributors": Wording(TOGETHER, "People who work in two teams or more"),
    "tenfold_bridges_single_person": Wording(TOGETHER, "Pairs of teams that rest on one person"),
    "tenfold_relationships_active": Wording(TOGETHER, "Active relationships"),
    "tenfold_last_engagement_timestamp_seconds": Wording(COMMUNICATION, "Last held", Unit.MOMENT),
    "tenfold_engagement_slots_filled": Wording(COMMUNICATION, "Of the last 4 slots filled"),
    "tenfold_practice_documented_timestamp_seconds": Wording(COMMUNICATION, "Documented", Unit.MOMENT),
    "tenfold_work_share_ratio": Wording(IMPACT, "Share of the work", Unit.SHARE),
    "tenfold_work_share_people": Wording(IMPACT, "People who did it"),
    "tenfold_milestone": Wording(STAGE, "Milestone"),
    "tenfold_scaling_success": Wording(STAGE, "Success of the stage"),
    "tenfold_risk": Wording(STAGE, "Risk"),
    "tenfold_coordinators_active": Wording(STAGE, "Coordinators"),
    "tenfold_coordinator_runway_seconds": Wording(STAGE, "Coordinator runway", Unit.SPAN),
    "tenfold_coordinator_mentorship_share_ratio": Wording(STAGE, "Mentorships resting on one coordinator", Unit.SHARE),
    "tenfold_condition": Wording(TOLD, "Condition"),
    "tenfold_condition_since_timestamp_seconds": Wording(TOLD, "Condition since", Unit.MOMENT),
    "tenfold_excluded_contributions": Wording(EXCLUDED, "Contributions by"),
    "tenfold_source_checked_timestamp_seconds": Wording(SOURCES, "Read through", Unit.MOMENT),
    "tenfold_source_last_event_timestamp_seconds": Wording(SOURCES, "Last event", Unit.MOMENT),
}


def wording(family: str) -> Wording:
    """A family in words; its own name where nobody wrote any."""
    name = family.removeprefix("tenfold_").replace("_", " ").capitalize()
    return WORDINGS.get(family) or Wording(OTHER, name)


def place(family: str) -> int:
    """Where a family stands in reading order; those that nobody worded come last."""
    names = list(WORDINGS)
    return names.index(family) if family in WORDINGS else len(names)
