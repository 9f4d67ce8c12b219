"""Conditions about those who come: unmentored, too many on one mentor, unanswered, stopping at a step.

Source: DEFINITIONS, "Conditions".
"""

from projections.policy.thresholds import ROUNDING
from projections.timeline.days import YEAR
from projections.timeline.history import Values
from projections.timeline.hysteresis import lasting, latched, lately
from projections.timeline.ranges import Flags

UNMENTORED, MENTORED, FEWEST_NEWCOMERS = 0.2, 0.3, 10
OVERLOADED_DAYS = 14
UNANSWERED, UNANSWERED_SHARE, UNANSWERED_DAYS, ANSWERED = 5, 0.3, 14, 2


def newcomers_unmentored(coverage: Values, newcomers: Values, mentorships: Values) -> Flags:
    """Less than a fifth of ten or more newcomers have a mentor, where anybody was mentored in a year; left at 0.3."""
    enter = (coverage < UNMENTORED - ROUNDING) & (newcomers >= FEWEST_NEWCOMERS) & lately(mentorships > 0, YEAR)
    return latched(enter, coverage >= MENTORED - ROUNDING)


def mentor_overloaded(load: Values, most: int) -> Flags:
    """Somebody has had more mentees than one mentor should for 14 days; left when at least one fewer than that."""
    return latched(lasting(load > most, OVERLOADED_DAYS), load <= most - 1)


def newcomers_unanswered(unanswered: Values, newcomers: Values) -> Flags:
    """Five newcomers or more, and more than 30 % of them, have waited for 14 days; left when two or fewer do."""
    many = (unanswered >= UNANSWERED) & (unanswered > UNANSWERED_SHARE * newcomers + ROUNDING)
    return latched(lasting(many, UNANSWERED_DAYS), unanswered <= ANSWERED)


def pathway_gaps(gap: Values, acknowledged: Flags) -> Flags:
    """A gap of a step that nobody acknowledged; left when somebody does, or no gap shows any more."""
    return latched((gap == 1) & ~acknowledged, acknowledged | (gap != 1))
