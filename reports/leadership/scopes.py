"""Scopes as a person reads them: the weakest first, who leads each, and what it lacks. Pure."""

from collections.abc import Sequence
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
    """The scopes that were found, as a person reads them."""
    return [
        Scope(one.scope, one.parent or "", one.strength, one.leaders, one.lacks, one.deputies, one.led_from)
        for one in found
    ]


def weakest_first(found: Sequence[Scope]) -> list[Scope]:
    """Scopes in the order in which people need them: the weakest first, then by name."""
    return sorted(found, key=lambda one: (WEAK.get(one.strength, len(WEAK)), one.scope))
