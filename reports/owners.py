"""Those who answer for milestones and conditions by the names that they gave themselves. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reports.conditions.report import ConditionsReport as Conditions
from reports.stage.report import StageReport as Stage


def owners(stage: Stage | None, conditions: Conditions) -> Sequence[str]:
    """Whoever answers for anything, as they were recorded."""
    milestones = stage.milestones.values() if stage else ()
    found = [who for one in milestones for who in (one.responsible, one.support)]
    found += [action.owner for one in conditions.in_force for action in one.actions]
    return sorted({who for who in found if who})


def named_in_stage(stage: Stage, names: Mapping[str, str]) -> Stage:
    """The stage, with names in it where any are known."""
    milestones = {
        name: replace(one, responsible=called(one.responsible, names), support=called(one.support, names))
        for name, one in stage.milestones.items()
    }
    return replace(stage, milestones=milestones)


def named_in(conditions: Conditions, names: Mapping[str, str]) -> Conditions:
    """Conditions, with names in them where any are known."""
    in_force = [
        replace(one, actions=[replace(action, owner=called(action.owner, names)) for action in one.actions])
        for one in conditions.in_force
    ]
    return replace(conditions, in_force=in_force)


def called(who: str | None, names: Mapping[str, str]) -> str | None:
    """Somebody by name, or as they were recorded."""
    return names.get(who, who) if who else None
