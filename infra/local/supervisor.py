"""Keeps child processes running: readiness, restarts with back-off, an orderly end."""

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from infra.local.child import Child
from infra.local.errors import StackError

logger = logging.getLogger(__name__)

BACK_OFF_SECONDS = 0.5
BACK_OFF_LIMIT_SECONDS = 30.0
GIVE_UP_FAILURES = 5
GIVE_UP_WITHIN_SECONDS = 60.0
"""A process that ran this long is well again: its back-off starts anew."""
READINESS_INTERVAL_SECONDS = 0.1


@dataclass(eq=False)
class Supervisor:
    """Runs children until it is left; they end in the reverse order of their start."""

    _running: list["_Watched"] = field(default_factory=list)
    _given_up: asyncio.Event = field(default_factory=asyncio.Event)
    _failure: StackError | None = None

    async def start(self, child: Child) -> None:
        """Starts a child and waits until it serves.

        Raises:
            StackError: It did not within its time, or failed too often; its last log lines were told.
        """
        watched = _Watched(child)
        self._running.append(watched)
        watched.task = asyncio.create_task(self._keep_running(watched), name=child.name)
        ready = asyncio.create_task(_until_ready(child))
        try:
            await asyncio.wait_for(self._unless_given_up(ready), child.ready_seconds)
        except TimeoutError:
            raise _told(child, f"did not serve within {child.ready_seconds:.0f} s") from None
        finally:
            ready.cancel()

    async def wait(self) -> None:
        """Returns never; raises when a child had to be given up."""
        await self._unless_given_up(asyncio.get_running_loop().create_future())

    async def stop(self) -> None:
        """Ends all children, the last started first, and waits for each."""
        while self._running:
            await self._running[-1].stop()
            self._running.pop()

    async def _unless_given_up(self, awaited: "asyncio.Future[None]") -> None:
        given_up = asyncio.ensure_future(self._given_up.wait())
        watched: set[asyncio.Future[Any]] = {given_up, awaited}
        try:
            await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
        finally:
            given_up.cancel()
        if self._failure:
            raise self._failure
        await awaited

    async def _keep_running(self, watched: "_Watched") -> None:
        loop = asyncio.get_running_loop()
        failures: deque[float] = deque(maxlen=GIVE_UP_FAILURES)
        back_off = BACK_OFF_SECONDS
        while True:
            started = loop.time()
            code = await watched.run()
            failures.append(loop.time())
            if len(failures) == GIVE_UP_FAILURES and _span(failures) <= GIVE_UP_WITHIN_SECONDS:
                self._give_up(watched.child)
                return
            if loop.time() - started > GIVE_UP_WITHIN_SECONDS:
                back_off = BACK_OFF_SECONDS
            logger.warning("%s ended with code %s; again in %.1f s", watched.child.name, code, back_off)
            await asyncio.sleep(back_off)
            back_off = min(2 * back_off, BACK_OFF_LIMIT_SECONDS)

    def _give_up(self, child: Child) -> None:
        self._failure = _told(child, f"failed {GIVE_UP_FAILURES} times in a minute")
        self._given_up.set()


@dataclass(eq=False)
class _Watched:
    """A child, its current process and the task that watches it."""

    child: Child
    process: asyncio.subprocess.Process | None = None
    task: "asyncio.Task[None] | None" = None

    async def run(self) -> int:
        self.process = await self.child.spawn()
        return await self.process.wait()

    async def stop(self) -> None:
        if self.task:
            self.task.cancel()
            await asyncio.wait({self.task})
        if self.process:
            await self.child.stop(self.process)


async def _until_ready(child: Child) -> None:
    while not await child.ready():
        await asyncio.sleep(READINESS_INTERVAL_SECONDS)


def _span(moments: deque[float]) -> float:
    return moments[-1] - moments[0]


def _told(child: Child, what: str) -> StackError:
    logger.error("The end of %s:\n%s", child.log_file, child.last_lines())
    return StackError(f"{child.name} {what}; its log is {child.log_file}")
