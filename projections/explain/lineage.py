"""From which families a number is computed, and which of their numbers those are."""

from collections.abc import Mapping

from projections.evaluation.catalog import FAMILIES


def rests_on(family: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The families that a number is computed from; none where it counts people itself."""
    return tuple(one.family for one in FAMILIES[family].sources_of(labels)) if family in FAMILIES else ()


def found_by(family: str, labels: Mapping[str, str]) -> Mapping[str, str]:
    """The labels by which to find, of the families that a number is computed from, the numbers that it is."""
    sources = FAMILIES[family].sources_of(labels) if family in FAMILIES else ()
    return {**labels, **{name: of for one in sources for name, of in one.labels.items()}}
