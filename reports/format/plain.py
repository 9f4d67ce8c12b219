"""What is told, as the documented JSON has it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def plain(told: "DataclassInstance") -> dict[str, Any]:
    """A dataclass with all that stands in it: days as ISO 8601 text, what is not known left out."""
    return asdict(told, dict_factory=_known)


def _known(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Names and values; a name that Python keeps for itself loses its underscore."""
    return {
        name.rstrip("_"): value.isoformat() if isinstance(value, date) else value
        for name, value in pairs
        if value is not None
    }
