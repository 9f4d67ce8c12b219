"""The conditions: what each means, and whether it holds on every day.

Source: DEFINITIONS, "Conditions".
"""

from collections.abc import Iterator, Mapping

from projections.community.known import Known
from projections.history import Series, Values

FAMILIES: Mapping[str, str] = {
    "condition": "1 while a condition holds, 0 while it does not, as of the last closed day.",
    "condition_since_timestamp_seconds": "Since when it has held, or not; absent until it first changes.",
}


def condition_series(known: Known) -> Iterator[tuple[Series, Values]]:
    """All conditions, as of the last closed day."""
    yield from ()
