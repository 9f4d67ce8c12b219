"""What questions found out beside their series, each found by its class."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Self, TypeVar

Wanted = TypeVar("Wanted")


class Results:
    """One result of each class; never changes."""

    def __init__(self, by_class: Mapping[type, object] = MappingProxyType({})) -> None:
        self._by_class = by_class

    def find(self, kind: type[Wanted]) -> Wanted | None:
        """The result of a class; None where nothing was recorded that it could be made of."""
        found = self._by_class.get(kind)
        return found if isinstance(found, kind) else None

    def of(self, kind: Callable[[], Wanted]) -> Wanted:
        """The result of a class; an empty one where nothing was found."""
        found = self._by_class.get(kind)  # type: ignore[call-overload] # a class is what makes one
        return kind() if found is None else found

    def plus(self, *more: object) -> Self:
        """These and others, which replace those of their class."""
        return type(self)({**self._by_class, **{type(one): one for one in more}})
