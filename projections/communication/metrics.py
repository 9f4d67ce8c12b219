"""The families about communication and impact: what each means, and its values on every day.

Source: DEFINITIONS, "Other communities, communication, impact"; and "Milestones, success, risks", Practices.
"""

from collections.abc import Iterator, Mapping

from projections.community.known import Known
from projections.history import Series, Values

FAMILIES: Mapping[str, str] = {
    "last_engagement_timestamp_seconds": "When an engagement of this kind was last held.",
    "engagement_slots_filled": "How many of the last 4 slots of this kind's cadence have an engagement in them.",
    "work_share_ratio": "Share of the person-days of a kind of work in the last 90 days, by basis of those who did it.",
    "practice_documented_timestamp_seconds": "When a practice was last documented.",
}


def communication_series(known: Known) -> Iterator[tuple[Series, Values]]:
    """All families about communication and impact."""
    yield from ()
