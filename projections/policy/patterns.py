"""Patterns of the policy: `*` stands for anything, nothing else is special, and case is ignored.

Events say what they are held against, so no pattern may take longer than the text is long: each part between two stars
is looked for once, from where the one before it ended. A regular expression tries all ways to share a text among stars.
"""

from collections.abc import Iterable


class Patterns:
    """Some patterns, of which one is to fit.

    Everybody's handle and names are held against dozens of them, so those with one star, at an end, are tried at once.

    Args:
        globs: As they stand in a policy.
    """

    def __init__(self, globs: Iterable[str]) -> None:
        parts = [glob.casefold().split("*") for glob in globs]
        self._whole = frozenset(one[0] for one in parts if len(one) == 1)
        self._begins = tuple(one[0] for one in parts if len(one) == 2 and not one[1])
        self._ends = tuple(one[1] for one in parts if len(one) == 2 and not one[0])
        self._others = [one for one in parts if len(one) > 2 or (len(one) == 2 and all(one))]

    def fit(self, text: str) -> bool:
        """Whether any of them says what the whole text is."""
        folded = text.casefold()
        if folded in self._whole or folded.startswith(self._begins) or folded.endswith(self._ends):
            return True
        return any(_fits(parts, folded) for parts in self._others)


def _fits(parts: list[str], text: str) -> bool:
    """Whether a text begins as the first part says, ends as the last, and has the others in between, in order."""
    start, *between, end = parts
    place, last = len(start), len(text) - len(end)
    if place > last or not text.startswith(start) or not text.endswith(end):
        return False
    for part in between:
        place = text.find(part, place, last)
        if place < 0:
            return False
        place += len(part)
    return True
