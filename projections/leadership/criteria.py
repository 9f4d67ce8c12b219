"""Who meets the criteria of a role and does not hold it.

Source: DEFINITIONS, "Leadership", People meeting criteria.
"""

from collections.abc import Iterator, Mapping

from projections.community.known import Known
from projections.history import Series, Values

FAMILIES: Mapping[str, str] = {
    "people_meeting_criteria": "People who meet the policy's criteria of a role and do not hold it.",
}


def criteria_series(known: Known) -> Iterator[tuple[Series, Values]]:
    """For each role that the policy has criteria for."""
    yield from ()
