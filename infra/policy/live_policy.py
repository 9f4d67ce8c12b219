"""The policy as its file says now: processes follow a change without being started anew."""

import asyncio
import logging
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Gauge

from infra.policy.policy_file import read_policy
from projections.policy.policy import Policy

logger = logging.getLogger(__name__)

POLICY_LOOK_SECONDS: Final = 2.0
"""How often a process that has nothing else to look at looks at the file."""


FOLLOWED: Final = "tenfold_policy_last_read_successful"
FOLLOWED_HELP: Final = "1 where the policy that holds is what its file says; 0 while the file cannot be followed."


class LivePolicy:
    """Reads a policy file, and reads it again whenever it changed.

    What cannot be followed, or read, for whatever reason, changes nothing: the policy of before holds, a line in the
    log says why, and `is_followed` says so until the file can be followed again.

    Args:
        file: None for the defaults.

    Raises:
        PolicyError: it says something that cannot be followed, before it ever said anything else.
        OSError: it cannot be read.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._judged = _signature(file) if file else ()
        self._policy = read_policy(file)
        self._fault = ""
        """Of the content that was judged last."""
        self._told = ""

    def __call__(self) -> Policy:
        """The policy; the same object for as long as the file says the same."""
        if self._file:
            self._tell(self._look(self._file))
        return self._policy

    def accepts(self, community: str) -> bool:
        """Whether events of this community are kept, by the policy as last read."""
        return self._policy.accepts(community)

    @property
    def is_followed(self) -> bool:
        """Whether the policy that holds is what the file said at the last look."""
        return not self._told

    async def follow(self) -> None:
        """Looks at the file again and again, for ever."""
        while True:
            await asyncio.sleep(POLICY_LOOK_SECONDS)
            self()

    def _look(self, file: Path) -> str:
        """Follows the file; returns why not, where it cannot."""
        try:
            signature = _signature(file)
            if signature != self._judged:
                self._fault = self._judge(file)
                self._judged = signature
        except OSError as error:  # not the content's fault: it is tried again at the next look
            return f"{file}: {error.strerror}"
        return self._fault

    def _judge(self, file: Path) -> str:
        try:
            policy = read_policy(file)
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 # no content may end what goes on by the policy of before
            return str(error) or type(error).__name__
        if policy != self._policy:
            self._policy = policy
            logger.info("Policy read anew communities=%d", len(policy.communities))
        return ""

    def _tell(self, fault: str) -> None:
        if fault and fault != self._told:
            logger.warning("Policy stays as it was error=%s", fault)
        self._told = fault


def tell_followed(policy: LivePolicy, registry: CollectorRegistry) -> None:
    """Says in a process's metrics whether its policy is followed."""
    Gauge(FOLLOWED, FOLLOWED_HELP, registry=registry).set_function(lambda: float(policy.is_followed))


def _signature(file: Path) -> tuple[int, ...]:
    """Changes with what the file holds, and with who may read it: editors write a new one, others write into it."""
    found = file.stat()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
