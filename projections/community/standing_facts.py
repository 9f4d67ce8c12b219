"""What a community's rare events say, apart from those of sources that were withdrawn."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from projections.facts.fact import Fact

WITHDRAWN = "tenfold.source.withdrawn.v1"


class StandingFacts:
    """Rare facts by type; costs what is new, and nothing is gone through again until something is."""

    def __init__(self) -> None:
        self._by_type: defaultdict[str, list[Fact]] = defaultdict(list)
        self._standing: dict[tuple[str, ...], Sequence[Fact]] = {}

    def apply(self, facts: Iterable[Fact]) -> None:
        """Take in what is new."""
        for fact in facts:
            self._by_type[fact.type].append(fact)
            self._standing.clear()

    def of(self, *types: str) -> Sequence[Fact]:
        """The events of these types (without `tenfold.` and version), oldest first: `of("role.granted")`."""
        if types not in self._standing:
            every = (fact for one in types for fact in self._by_type.get(f"tenfold.{one}.v1", ()))
            withdrawals = self._by_type.get(WITHDRAWN, ())
            kept = (fact for fact in every if not any(is_gone(fact, one) for one in withdrawals))
            self._standing[types] = sorted(kept, key=lambda fact: fact.order)
        return self._standing[types]


def is_gone(fact: Fact, withdrawal: Fact) -> bool:
    """Whether a withdrawal takes an event back."""
    before = withdrawal.data.get("before")
    is_early = before is None or fact.time < datetime.fromisoformat(before)
    return fact.source == withdrawal.data["source"] and is_early
