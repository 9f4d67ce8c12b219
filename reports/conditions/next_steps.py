"""What to do about each condition."""

from collections.abc import Mapping

NEXT: Mapping[str, str] = {
    "shrinking": "See who lapsed and when, and ask some of them why.",
    "growth_stalled": "See at which step of the pathway people stop.",
    "behind_path": "See whether too few come or too few stay, and set the goal anew if it was wrong.",
    "retention_dropped": "See which cohorts left, and ask some of them why.",
    "leadership_concentrated": "Offer seats in the scopes that rest on the same few people.",
    "no_new_leader": "Offer somebody who does the work already a seat, and a mentor.",
    "strength_falling": "Find a second person or an owner for the scopes that lack one.",
    "scope_vacant": "Appoint a leader, or retire the scope.",
    "coordinator_runway": "Find a second coordinator, or extend the term.",
    "newcomers_unmentored": "Ask for mentors, and introduce newcomers to them.",
    "mentor_overloaded": "Ask for more mentors, and hand some mentorships over.",
    "newcomers_unanswered": "Answer those who have waited longest.",
    "pathway_gap": "Look at what the step asks for, and record what is done about it.",
    "report_overdue": "Publish a report about impact, and record its link.",
    "meeting_overdue": "Hold a meeting, and record it.",
    "no_cross_team": "Find a piece of work that needs two teams.",
    "unusual_arrivals": "See where they come from: an event, a campaign, or automation.",
    "source_unchecked": "Import the source again, or retire it.",
    "history_unsettled": "Wait until it settles before acting on other conditions.",
}
"""Condition → what to do next, asked of roles and never of a person."""
