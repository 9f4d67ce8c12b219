"""Who answers for milestones and for what is done about conditions. Pure."""

from collections.abc import Sequence

from reports.conditions.report import ConditionsReport as Conditions
from reports.stage.report import StageReport as Stage


def owners(stage: Stage | None, conditions: Conditions | None) -> Sequence[str]:
    """Whoever answers for anything, as they were recorded."""
    milestones = stage.milestones.values() if stage else ()
    found = [who for one in milestones for who in (one.responsible, one.support)]
    found += [action.owner for one in (conditions.in_force if conditions else ()) for action in one.actions]
    return sorted({who for who in found if who})
