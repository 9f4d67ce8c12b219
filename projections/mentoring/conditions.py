"""Conditions about mentoring: it does not reach newcomers, or too much of it rests on one mentor.

Source: docs/definitions.md, "Conditions".
"""

from typing import Final

import numpy as np

from projections.community.context import EvaluationContext
from projections.mentoring.counts import LandmarkCounts
from projections.metrics.condition import Condition
from projections.policy.thresholds import ROUNDING
from projections.timeline.days import YEAR
from projections.timeline.history import Values
from projections.timeline.hysteresis import lasting, latched, lately
from projections.timeline.ranges import Flags

UNMENTORED, MENTORED, FEWEST_NEWCOMERS = 0.2, 0.3, 10
OVERLOADED_DAYS = 14


def newcomers_unmentored(coverage: Values, newcomers: Values, mentorships: Values) -> Flags:
    """Less than a fifth of ten or more newcomers have a mentor, where anybody was mentored in a year; left at 0.3."""
    enter = (coverage < UNMENTORED - ROUNDING) & (newcomers >= FEWEST_NEWCOMERS) & lately(mentorships > 0, YEAR)
    return latched(enter, coverage >= MENTORED - ROUNDING)


def mentor_overloaded(load: Values, most: int) -> Flags:
    """Somebody has had more mentees than one mentor should for 14 days; left when at least one fewer than that."""
    return latched(lasting(load > most, OVERLOADED_DAYS), load <= most - 1)


def newcomers_of(context: EvaluationContext) -> Values:
    """The newcomers that coverage is a share of."""
    return context.counts.of(LandmarkCounts).days.counts("newcomers").astype(np.float64)


MENTORING_CONDITIONS: Final[tuple[Condition, ...]] = (
    Condition(
        name="newcomers_unmentored",
        title="Newcomers without mentors",
        headline="Mentoring of {community} does not reach newcomers",
        meaning=(
            "{mentoring_coverage_ratio:share} of the newcomers of the last 90 days have or had a mentor; mentoring "
            "reached people within the last year."
        ),
        severity="digest",
        next_step="Ask for mentors, and introduce newcomers to them.",
        rests_on=("mentoring_coverage_ratio", "newcomers", "mentorships_active"),
        owner="core_mentored",
        rule=lambda context: newcomers_unmentored(
            context.values("mentoring_coverage_ratio"), newcomers_of(context), context.values("mentorships_active")
        ),
    ),
    Condition(
        name="mentor_overloaded",
        title="Mentoring rests on one person",
        headline="Mentoring in {community} rests on too few",
        meaning=(
            "For 14 days or more one mentor has had more active mentees than the policy allows: "
            "{mentor_load_max:count} now."
        ),
        severity="digest",
        next_step="Ask for more mentors, and hand some mentorships over.",
        rests_on=("mentor_load_max",),
        owner="core_mentored",
        rule=lambda context: mentor_overloaded(context.values("mentor_load_max"), context.policy.mentoring.load_max),
    ),
)
