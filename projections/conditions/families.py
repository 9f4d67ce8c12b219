"""The families about conditions: what each means, and how they are told while a history is not at rest.

Source: DEFINITIONS, "Conditions".
"""

from collections.abc import Iterable
from dataclasses import replace

from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.labels import Label
from projections.metrics.privacy import PUBLIC, PUBLIC_DAY
from projections.metrics.unit import Unit
from projections.timeline.history import Sample

CONDITION_LABEL = Label(
    "condition", words="one of the conditions of [the definitions](definitions.md#conditions-what-alerts-speak-of)"
)
FAMILIES: tuple[Family, ...] = (
    Family(
        "condition",
        "Condition",
        "1 while a condition holds, 0 while it does not, as of the last closed day.",
        group=Group.CONDITIONS,
        unit=Unit.STATE,
        labels=(CONDITION_LABEL,),
        privacy=PUBLIC,
    ),
    Family(
        "condition_since_timestamp_seconds",
        "Condition since",
        "Since which day it has held, or has not; absent until it first changes.",
        group=Group.CONDITIONS,
        unit=Unit.MOMENT,
        labels=(CONDITION_LABEL,),
        privacy=PUBLIC_DAY,
    ),
)
CONDITION = "tenfold_condition"


def unsettled(samples: Iterable[Sample]) -> list[Sample]:
    """Numbers as they are told while an import or a rebuild runs: those of before, of a history that is not settled."""
    about = {"condition": "history_unsettled"}
    return [replace(one, value=1.0) if one.name == CONDITION and one.labels == about else one for one in samples]
