"""The families about responses: what each means, and its values on every day.

Source: DEFINITIONS, "Activity", Response.
"""

from collections.abc import Iterator, Mapping

from projections.community.known import Known
from projections.history import Series, Values

FAMILIES: Mapping[str, str] = {
    "first_response_seconds_median": "Median time to the first response by another human, over the headline window, for newcomers and others.",
    "acceptance_ratio": "Accepted contributions as a share of those accepted or declined, for newcomers and others.",
    "newcomers_unanswered": "Newcomers who have waited for an answer for more than 7 days.",
}


def response_series(known: Known) -> Iterator[tuple[Series, Values]]:
    """All families about responses; nothing where no source says what responds to what."""
    yield from ()
