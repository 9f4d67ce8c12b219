"""The families about the contribution pathway: what each means, and its values on every day.

Source: DEFINITIONS, "Contribution pathway".
"""

from collections.abc import Iterator, Mapping

from projections.community.known import Known
from projections.history import Series, Values

FAMILIES: Mapping[str, str] = {
    "pathway_contributors": "People active within a year, by the furthest step they reached.",
    "pathway_conversion_ratio": "Share of those who reached the step in the newest mature quarter that reached the next within its horizon.",
    "pathway_step_days_median": "Median days that those took who went on.",
    "pathway_gap": "1 while conversion is far below the four quarters before, or below the floor twice in a row; 0 while it is judged and is not.",
}


def pathway_series(known: Known) -> Iterator[tuple[Series, Values]]:
    """All families about the pathway."""
    yield from ()
