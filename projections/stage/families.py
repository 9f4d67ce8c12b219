"""The families about the scaling stage: what each means.

Source: DEFINITIONS, "Milestones, success, risks".
"""

from collections.abc import Mapping

FAMILIES: Mapping[str, str] = {
    "milestone": (
        "1 for the state that holds: met; at_risk, not met but on one of the 89 days before; not_met; or unknown, "
        "where what it needs was never recorded."
    ),
    "scaling_success": "1 while a criterion of the stage's success holds, else 0; absent where it cannot be judged.",
    "risk": "1 for the state that holds: low, high or unknown.",
    "coordinators_active": "People who hold a coordinator seat, of the seats that leadership is judged by.",
    "coordinator_mentorship_share_ratio": (
        "The largest share of the active mentorships of which one coordinator is the mentor."
    ),
    "coordinator_runway_seconds": (
        "Time to the latest end of a coordinator's term, as told by then; absent where one has no end, and where "
        "nobody coordinates."
    ),
}
