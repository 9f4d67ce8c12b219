"""What could not be done for single communities: told once for each change, and shown until it is done."""

import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

logger = logging.getLogger(__name__)


class Faults:
    """Communities for which some work failed.

    Args:
        what: The work, for the log.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._found: dict[str, tuple[object, datetime]] = {}

    @property
    def since(self) -> Mapping[str, datetime]:
        """Community → since when the work fails for it."""
        return {community: since for community, (_, since) in self._found.items()}

    def is_of(self, community: str, rests_on: object) -> bool:
        """Whether it failed already on what it rests on now: it would again."""
        return community in self._found and self._found[community][0] is rests_on

    def found(self, community: str, rests_on: object, error: Exception) -> None:
        """Notes that it failed, and on what."""
        since = self._found.get(community, (None, datetime.now(UTC)))[1]
        self._found[community] = rests_on, since
        logger.error("%s failed community=%s since=%s", self._what, community, since, exc_info=error)

    def settled(self, community: str) -> None:
        """The work was done."""
        self._found.pop(community, None)


def earliest(failures: Iterable[Mapping[str, datetime]]) -> dict[str, datetime]:
    """Communities for which anything fails → since when."""
    found: dict[str, datetime] = {}
    for each in failures:
        for community, moment in each.items():
            found[community] = min(found.get(community, moment), moment)
    return found
