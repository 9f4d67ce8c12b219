"""The families about conditions: what each means, and how they are told while a history is not at rest.

Source: docs/definitions.md, "Conditions".
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from projections.conditions.catalog import CONDITIONS
from projections.conditions.drilldown import drill_condition
from projections.metrics.family import Family, derived
from projections.metrics.group import Group
from projections.metrics.labels import Label
from projections.metrics.privacy import PUBLIC, PUBLIC_DAY
from projections.metrics.rests_on import words
from projections.metrics.unit import Unit
from projections.timeline.history import Sample

_of_conditions = partial(
    Family,
    group=Group.CONDITIONS,
    rests_on=words,
    labels=(
        Label(
            "condition",
            tuple(CONDITIONS),
            "one of the conditions of [the definitions](definitions.md#conditions-what-alerts-speak-of)",
        ),
    ),
    derived_from=tuple(
        source
        for one in CONDITIONS.values()
        for source in derived(*one.rests_on, where={"condition": one.name}, **one.only)
    ),
)

CONDITIONS_FAMILIES: tuple[Family, ...] = (
    _of_conditions(
        "condition",
        "Condition",
        "1 while a condition holds, 0 while it does not, as of the last closed day.",
        unit=Unit.STATE,
        privacy=PUBLIC,
        drilldown=drill_condition,
    ),
    _of_conditions(
        "condition_since_timestamp_seconds",
        "Condition since",
        "Since which day it has held, or has not; absent until it first changes.",
        unit=Unit.MOMENT,
        privacy=PUBLIC_DAY,
        drilldown=drill_condition,
    ),
)
CONDITION = "tenfold_condition"


def unsettled(samples: Iterable[Sample]) -> list[Sample]:
    """Numbers as they are told while an import or a rebuild runs: those of before, of a history that is not settled."""
    about = {"condition": "history_unsettled"}
    return [replace(one, value=1.0) if one.name == CONDITION and one.labels == about else one for one in samples]
