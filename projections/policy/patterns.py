"""Patterns of the policy: `*` stands for anything, nothing else is special, and case is ignored.

Events say what they are held against, so no pattern may take longer than the text is long: each part between two stars
is looked for once, from where the one before it ended. A regular expression tries all ways to share a text among stars.
"""

from collections.abc import Iterable


class Patterns:
    """Some patterns, of which one is to fit.

    Args:
        globs: As they stand in a policy.
    """

    def __init__(self, globs: Iterable[str]) -> None:
        self._parts = [glob.casefold().split("*") for glob in globs]

    def fit(self, text: str) -> bool:
        """Whether any of them says what the whole text is."""
        folded = text.casefold()
        for parts in self._parts:  # noqa: SIM110 # every identity comes by here, and a generator takes twice as long
            if folded.startswith(parts[0]) and _fits(parts, folded):
                return True
        return False


def _fits(parts: list[str], text: str) -> bool:
    """Whether a text that starts as the first part says goes on as the others do."""
    if len(parts) == 1:
        return text == parts[0]
    start, *between, end = parts
    place, last = len(start), len(text) - len(end)
    if place > last or not text.endswith(end):
        return False
    for part in between:
        place = text.find(part, place, last)
        if place < 0:
            return False
        place += len(part)
    return True
