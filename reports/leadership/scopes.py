"""Scopes as a person reads them: the weakest first, who leads each, and what it lacks. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from projections.metrics.drilldown import ScopeShown
from reports.format.document import OrNull

WEAK = {"vacant": 0, "thin": 1}
"""The strengths of scopes that are not covered, the weakest first."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope that is judged.

    Attributes:
        parent: The scope that it is in; nothing for most.
        lacks: What it lacks to be covered; nothing where it is, or is inherited.
        deputies: How many stand in for leaders without being any.
        led_from: Of an inherited one, the scope whose leaders lead it.
    """

    scope: str
    parent: OrNull
    strength: str
    leaders: Sequence[str]
    lacks: str
    deputies: int = 0
    led_from: str | None = None

    @property
    def is_weak(self) -> bool:
        """Whether it is neither covered nor inherited."""
        return self.strength in WEAK


def scopes(found: Sequence[ScopeShown]) -> list[Scope]:
    """The scopes that were found, each with the scope that it is led from."""
    by_name = {one.scope: one for one in found}
    return [
        Scope(one.scope, one.parent or "", one.strength, one.leaders, one.lacks, one.deputies, led_from(one, by_name))
        for one in found
    ]


def weakest_first(found: Sequence[Scope]) -> list[Scope]:
    """Scopes in the order in which people need them: the weakest first, then by name."""
    return sorted(found, key=lambda one: (WEAK.get(one.strength, len(WEAK)), one.scope))


def led_from(scope: ScopeShown, by_name: Mapping[str, ScopeShown]) -> str | None:
    """The scope whose leaders lead an inherited one; nothing for others."""
    if scope.strength != "inherited":
        return None
    above, passed = by_name.get(scope.parent or ""), {scope.scope}
    while above and not above.leaders and above.scope not in passed:
        passed.add(above.scope)
        above = by_name.get(above.parent or "")
    return above.scope if above and above.leaders else None
