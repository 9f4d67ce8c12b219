"""The families about the scaling stage: what each means, and its values on every day.

Source: DEFINITIONS, "Milestones, success, risks".
"""

from collections.abc import Iterator, Mapping

from projections.community.known import Known
from projections.history import Series, Values

FAMILIES: Mapping[str, str] = {
    "milestone": "1 for the state that holds: met, at_risk, not_met or unknown.",
    "scaling_success": "1 while a criterion of success holds, else 0.",
    "risk": "1 for the state that holds: low, high or unknown.",
    "coordinators_active": "People who hold a coordinator seat that is active.",
    "coordinator_mentorship_share_ratio": "The largest share of active mentorships that one coordinator carries.",
    "coordinator_runway_seconds": "Time until the last term of an active coordinator ends.",
}


def stage_series(known: Known) -> Iterator[tuple[Series, Values]]:
    """All families about the stage."""
    yield from ()
