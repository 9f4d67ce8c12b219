"""Conditions about communication: a report or a meeting is overdue.

Source: docs/definitions.md, "Conditions".
"""

from typing import Final

import numpy as np

from projections.community.context import EvaluationContext
from projections.metrics.condition import Condition
from projections.policy.thresholds import ROUNDING
from projections.timeline.history import Values, age_in_days
from projections.timeline.hysteresis import latched
from projections.timeline.ranges import Flags

CADENCES_OVERDUE = 1.33


def overdue(age: Values, cadence_days: int) -> Flags:
    """1.33 cadences or more have passed since the last one; left with the next."""
    late = CADENCES_OVERDUE * cadence_days - ROUNDING
    return latched(age >= late, age < late)


def overdue_of(kind: str, context: EvaluationContext) -> Flags:
    """By the last engagement of a kind; never where the policy gives it no cadence."""
    cadence = context.policy.communication.cadence_days.get(kind)
    last = context.values("last_engagement_timestamp_seconds", kind=kind)
    return overdue(age_in_days(last, context.days), cadence) if cadence else np.zeros(len(last), bool)


COMMUNICATION_CONDITIONS: Final[tuple[Condition, ...]] = (
    Condition(
        name="report_overdue",
        title="A report is overdue",
        headline="A report of {community} is overdue",
        meaning="The last report was on {last_engagement_timestamp_seconds:day,kind=report}.",
        severity="digest",
        next_step="Publish a report about impact, and record its link.",
        rests_on=("last_engagement_timestamp_seconds",),
        only={"kind": "report"},
        owner="communication",
        rule=lambda context: overdue_of("report", context),
    ),
    Condition(
        name="meeting_overdue",
        title="A meeting is overdue",
        headline="A meeting of {community} is overdue",
        meaning="The last meeting was on {last_engagement_timestamp_seconds:day,kind=meeting}.",
        severity="digest",
        next_step="Hold a meeting, and record it.",
        rests_on=("last_engagement_timestamp_seconds",),
        only={"kind": "meeting"},
        rule=lambda context: overdue_of("meeting", context),
    ),
)
