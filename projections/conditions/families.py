"""The families about conditions: what each means, and how they are told while a history is not at rest.

Source: DEFINITIONS, "Conditions".
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from projections.timeline.history import Sample

FAMILIES: Mapping[str, str] = {
    "condition": "1 while a condition holds, 0 while it does not, as of the last closed day.",
    "condition_since_timestamp_seconds": "Since which day it has held, or has not; absent until it first changes.",
}
CONDITION = "tenfold_condition"


def unsettled(samples: Iterable[Sample]) -> list[Sample]:
    """Numbers as they are told while an import or a rebuild runs: those of before, of a history that is not settled."""
    about = {"condition": "history_unsettled"}
    return [replace(one, value=1.0) if one.name == CONDITION and one.labels == about else one for one in samples]
