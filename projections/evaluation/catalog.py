"""Every family that there is, gathered from the questions."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from projections.evaluation.order import EVALUATIONS
from projections.metrics.evaluation import Evaluation
from projections.metrics.family import PREFIX, Family
from projections.metrics.group import Group


def gathered(evaluations: Iterable[type[Evaluation]]) -> Mapping[str, Family]:
    """Families by name, in reading order: as their groups stand, and in each as its question has them.

    Raises:
        ValueError: two have the same name.
    """
    found: dict[str, Family] = {}
    for one in sorted(evaluations, key=lambda one: one.__name__):
        for family in one.families:
            if found.setdefault(family.name, family) is not family:
                raise ValueError(f"two families are called {family.name}")
    groups = list(Group)
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: groups.index(item[1].group))))


FAMILIES = gathered(EVALUATIONS)
"""Name without prefix → its family, in reading order."""

HELP: Mapping[str, str] = {name: family.help for name, family in FAMILIES.items()}
"""Name without prefix → what it means, in reading order."""


def family_of(metric: str) -> Family:
    """The family of a name, with its prefix or without.

    Raises:
        KeyError: there is none.
    """
    return FAMILIES[metric.removeprefix(PREFIX)]
