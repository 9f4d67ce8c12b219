"""Keeps child processes running: readiness, restarts with back-off for ever, an orderly end."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from infra.local.child import Child
from infra.local.errors import StackError

logger = logging.getLogger(__name__)

BACK_OFF_SECONDS = 0.5
BACK_OFF_LIMIT_SECONDS = 30.0
HOPELESS_FAILURES = 5
"""A child that ended so often, and never served, is told as an error to whoever starts it."""
WELL_SECONDS = 60.0
"""A process that ran this long is well again: its back-off starts anew, and it is no trouble any more."""
READINESS_INTERVAL_SECONDS = 0.1

TellStates = Callable[[Sequence[str]], None]


@dataclass(eq=False)
class Supervisor:
    """Runs children until it is stopped, whatever becomes of one of them; they end in the reverse order of their start.

    Attributes:
        tell: Called with a line for each child that ended and is not well again, whenever that changes.
    """

    tell: TellStates = lambda _troubles: None
    _running: list["_Watched"] = field(default_factory=list)

    async def start(self, child: Child) -> None:
        """Starts a child and waits until it serves; from then on it is started again for ever.

        Raises:
            StackError: It did not within its time, or failed too often before; its last log lines were told. It is
                still tried, until the end of all.
        """
        watched = _Watched(child)
        self._running.append(watched)
        watched.task = asyncio.create_task(self._keep_running(watched), name=child.name)
        try:
            await asyncio.wait_for(_until_ready(watched), child.ready_seconds)
        except TimeoutError:
            raise _told(child, f"did not serve within {child.ready_seconds:.0f} s") from None

    async def wait(self) -> None:
        """Returns never; raises where there is a bug in watching."""
        await asyncio.gather(*(watched.task for watched in self._running if watched.task))

    async def stop(self) -> None:
        """Ends all children, the last started first, and waits for each."""
        while self._running:
            await self._running[-1].stop()
            self._running.pop()

    async def _keep_running(self, watched: "_Watched") -> None:
        while True:
            ended = asyncio.create_task(watched.run())
            try:
                await asyncio.wait({ended}, timeout=WELL_SECONDS)
                if not ended.done() and watched.failures:
                    watched.failures = 0
                    self._tell()
                code = await ended
            finally:
                ended.cancel()
            watched.fail(code)
            self._tell()
            await asyncio.sleep(watched.back_off_seconds)

    def _tell(self) -> None:
        self.tell([watched.trouble for watched in self._running if watched.failures])


@dataclass(eq=False)
class _Watched:
    """A child, its current process, how often it failed since it was well, and the task that watches it."""

    child: Child
    process: asyncio.subprocess.Process | None = None
    task: "asyncio.Task[None] | None" = None
    failures: int = 0
    trouble: str = ""
    _since: datetime = field(default_factory=lambda: datetime.now(UTC))

    async def run(self) -> str:
        """Runs a process to its end; returns how it ended."""
        try:
            self.process = await self.child.spawn()
        except OSError as error:  # no process, no memory, no file: there may be later
            return f"before it began: {error.strerror}"
        code = await self.process.wait()
        return f"with code {code}" if code >= 0 else f"by signal {-code}"

    @property
    def back_off_seconds(self) -> float:
        """How long to wait before the next start."""
        return min(BACK_OFF_SECONDS * 2.0 ** min(self.failures - 1, 16), BACK_OFF_LIMIT_SECONDS)

    def fail(self, how: str) -> None:
        """Remembers an end and tells it; the log's last lines at the first, the second, the fourth and so on."""
        self._since = self._since if self.failures else datetime.now(UTC)
        self.failures += 1
        often = "once, at" if self.failures == 1 else f"{self.failures} times since"
        self.trouble = (
            f"{self.child.name} ended {often} {self._since:%Y-%m-%d %H:%M} UTC, last {how}; its log is "
            f"{self.child.log_file}; it is started again each time, and is well once it has run for a minute"
        )
        logger.warning("%s ended %s; again in %.1f s", self.child.name, how, self.back_off_seconds)
        if self.failures & (self.failures - 1) == 0:
            _tell_last_lines(self.child)

    async def stop(self) -> None:
        if self.task:
            self.task.cancel()
            await asyncio.wait({self.task})
        if self.process:
            await self.child.stop(self.process)


async def _until_ready(watched: _Watched) -> None:
    while not await watched.child.ready():
        if watched.failures >= HOPELESS_FAILURES:
            raise _told(watched.child, f"failed {watched.failures} times")
        await asyncio.sleep(READINESS_INTERVAL_SECONDS)


def _tell_last_lines(child: Child) -> None:
    logger.warning("The end of %s:\n%s", child.log_file, child.last_lines())


def _told(child: Child, what: str) -> StackError:
    _tell_last_lines(child)
    return StackError(f"{child.name} {what}; its log is {child.log_file}")
