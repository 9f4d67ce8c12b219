"""A condition about responses: newcomers wait.

Source: docs/definitions.md, "Conditions".
"""

from typing import Final

from projections.community.context import EvaluationContext
from projections.metrics.condition import Condition
from projections.policy.thresholds import ROUNDING
from projections.timeline.history import Values
from projections.timeline.hysteresis import lasting, latched
from projections.timeline.ranges import Flags

UNANSWERED, UNANSWERED_SHARE, UNANSWERED_DAYS, ANSWERED = 5, 0.3, 14, 2


def newcomers_unanswered(unanswered: Values, newcomers: Values) -> Flags:
    """Five newcomers or more, and more than 30 % of them, have waited for 14 days; left when two or fewer do."""
    many = (unanswered >= UNANSWERED) & (unanswered > UNANSWERED_SHARE * newcomers + ROUNDING)
    return latched(lasting(many, UNANSWERED_DAYS), unanswered <= ANSWERED)


def newcomers_of(context: EvaluationContext) -> Values:
    """The newcomers of the headline window."""
    return context.values("newcomers", window_days=context.policy.headline_window_days)


RESPONSES_CONDITIONS: Final[tuple[Condition, ...]] = (
    Condition(
        name="newcomers_unanswered",
        title="Newcomers wait for an answer",
        headline="Newcomers of {community} wait for an answer",
        meaning=(
            "{newcomers_unanswered:count} newcomers have waited for more than 7 days, and so it has been for 14 days "
            "or more."
        ),
        severity="ticket",
        next_step="Answer those who have waited longest.",
        rests_on=("newcomers_unanswered", "newcomers"),
        rule=lambda context: newcomers_unanswered(context.values("newcomers_unanswered"), newcomers_of(context)),
    ),
)
