"""A condition about the scaling stage: who coordinates runs out.

Source: docs/definitions.md, "Conditions".
"""

from typing import Final

from projections.community.context import EvaluationContext
from projections.metrics.condition import Condition
from projections.timeline.hysteresis import lasting, latched
from projections.timeline.ranges import Flags

RUNS_OUT_DAYS, SETTLED_DAYS = 28, 14


def coordinator_runway(high: Flags, low: Flags) -> Flags:
    """The risk has been high for 28 days; left when low for 14."""
    return latched(lasting(high, RUNS_OUT_DAYS), lasting(low, SETTLED_DAYS))


def risk_is(context: EvaluationContext, state: str) -> Flags:
    """The days on which the risk is in a state."""
    held: Flags = context.values("risk", risk="coordinator_runway", state=state) == 1
    return held


STAGE_CONDITIONS: Final[tuple[Condition, ...]] = (
    Condition(
        name="coordinator_runway",
        title="Coordination runs out",
        headline="Coordination of {community} rests on too few",
        meaning=(
            "The risk has been high for 28 days or more: a term that ends soon without a deputy, most mentorships "
            "with one coordinator, or nobody new while one coordinates alone."
        ),
        severity="ticket",
        next_step="Find a second coordinator, or extend the term.",
        rests_on=("risk",),
        only={"risk": "coordinator_runway"},
        rule=lambda context: coordinator_runway(risk_is(context, "high"), risk_is(context, "low")),
    ),
)
