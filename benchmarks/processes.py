"""What processes cost: CPU time, and the most memory that they ever held."""

import re
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import psutil

from benchmarks.waiting import until
from events.errors import TenfoldError
from infra.local.child import Child

START_SECONDS = 60.0


@asynccontextmanager
async def running(child: Child) -> AsyncIterator[psutil.Process]:
    """Runs a process for as long as the block lasts, from when it serves.

    Raises:
        TenfoldError: it ended by itself before it served.
    """
    process = await child.spawn()

    async def serves() -> bool:
        if process.returncode is not None:
            raise TenfoldError(f"{child.name} ended by itself:\n{child.last_lines()}")
        return await child.ready()

    try:
        await until(serves, START_SECONDS, f"{child.name} to serve")
        yield psutil.Process(process.pid)
    finally:
        await child.stop(process)


@contextmanager
def stopped(process: psutil.Process) -> Iterator[None]:
    """Holds a process still, as before a race: it stays a member of its group for less than the session timeout."""
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def child_called(name: str) -> psutil.Process:
    """A direct child of this process, as "java" or "postgres"."""
    return next(each for each in psutil.Process().children() if each.name() == name)


def cpu_seconds(process: psutil.Process) -> float:
    """CPU time of a process, of what it started, and of what of that has ended."""
    times = process.cpu_times()
    ended = float(times.children_user + times.children_system)
    return own_cpu_seconds(process) + ended + sum(map(own_cpu_seconds, process.children(recursive=True)))


def own_cpu_seconds(process: psutil.Process) -> float:
    """CPU time of one process alone; 0 where it has ended (whoever waited for it then counts it)."""
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def peak_megabytes(process: psutil.Process) -> float:
    """The most memory that a process held so far."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found.group(1)) * 1024 / 1e6 if found else 0.0
