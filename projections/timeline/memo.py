"""The last answer to a question, kept while what it rests on is the same."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import numpy as np

Answer = TypeVar("Answer")


class Memo(Generic[Answer]):
    """One answer; asking it again of the same things costs only the comparison."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[Any, ...], Answer] | None = None

    def of(self, rests_on: tuple[Any, ...], answer: Callable[[], Answer]) -> Answer:
        """The answer, made anew if any of what it rests on differs from last time."""
        if self._kept is None or not all(map(_same, self._kept[0], rests_on)):
            self._kept = (rests_on, answer())
        return self._kept[1]


def _same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return one is other or np.array_equal(np.asarray(one), np.asarray(other))
    return one is other or one == other
