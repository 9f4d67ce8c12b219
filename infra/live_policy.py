"""The policy as its file says now: processes follow a change without being started anew."""

import logging
from pathlib import Path
from typing import Final

from projections.policy import Policy, PolicyError

logger = logging.getLogger(__name__)

LOOK_SECONDS: Final = 2.0
"""How often a process that has nothing else to look at looks at the file."""


class LivePolicy:
    """Reads a policy file, and reads it again whenever it changed.

    What cannot be followed, or read, changes nothing but a line in the log: the policy of before holds.

    Args:
        file: None for the defaults.

    Raises:
        PolicyError: it says something that cannot be followed, before it ever said anything else.
        OSError: it cannot be read.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._seen = self._signature()
        self._policy = Policy.load(file.read_text("utf-8") if file else "")

    def __call__(self) -> Policy:
        """The policy; the same object for as long as the file says the same."""
        if self._file:
            self._look(self._file)
        return self._policy

    def accepts(self, community: str) -> bool:
        """Whether events of this community are kept, by the policy as last read."""
        return self._policy.accepts(community)

    def _look(self, file: Path) -> None:
        try:
            signature = self._signature()
            if signature == self._seen:
                return
            self._seen = signature
            policy = Policy.load(file.read_text("utf-8"))
        except (PolicyError, OSError, UnicodeDecodeError) as error:
            if not isinstance(error, FileNotFoundError):
                logger.warning("Policy stays as it was error=%s", error)
            return
        if policy != self._policy:
            self._policy = policy
            logger.info("Policy read anew communities=%d", len(policy.communities))

    def _signature(self) -> tuple[int, ...]:
        """Changes with what the file holds: editors write a new one, others write into it."""
        if not self._file:
            return ()
        found = self._file.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino
