"""A condition about the pathway: people stop at a step.

Source: docs/definitions.md, "Conditions".
"""

from collections.abc import Mapping
from typing import Final

from projections.community.context import EvaluationContext
from projections.metrics.condition import Condition
from projections.pathway.gaps import acknowledged
from projections.timeline.history import Values
from projections.timeline.hysteresis import latched
from projections.timeline.ranges import Flags


def pathway_gap(gap: Values, acknowledged: Flags) -> Flags:
    """A gap of a step that nobody acknowledged; left when somebody does, or no gap shows any more."""
    return latched((gap == 1) & ~acknowledged, acknowledged | (gap != 1))


def steps_with_gaps(context: EvaluationContext) -> Mapping[str, Flags]:
    """Steps with a gap that nobody acknowledged."""
    done = acknowledged(context)
    held = {step: pathway_gap(context.values("pathway_gap", step=step), days) for step, days in done.items()}
    return {step: days for step, days in held.items() if days.any()}


PATHWAY_CONDITIONS: Final[tuple[Condition, ...]] = (
    Condition(
        name="pathway_gap",
        title="People stop on the pathway",
        headline="{community} loses people at a step of the pathway",
        meaning=(
            "Far fewer people than before went on to the next step in the newest complete quarter. The page names the "
            "step; an action recorded about it closes this."
        ),
        severity="digest",
        next_step="Look at what the step asks for, and record what is done about it.",
        rests_on=("pathway_gap", "pathway_conversion_ratio"),
        holds_of="step",
        rule=steps_with_gaps,
    ),
)
