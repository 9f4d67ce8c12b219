"""A direct child process that never outlives its parent."""

import asyncio
import ctypes
import os
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from infra.local.unprivileged import Account

PR_SET_PDEATHSIG = 1
LAST_LINES = 10
LOG_LIMIT_BYTES = 10 * 2**20
"""A log beyond this is set aside at the next start: at most twice this much stays on disk."""
LOG_FOLDER_MODE = 0o700
"""Logs are for whoever runs it; children get theirs opened."""
PRIVATE_UMASK = 0o077
"""What a child writes is for its own user: the log and the numbers name people."""
STOP_SECONDS = 20.0
"""Longer than a clean stop of Kafka or a checkpoint of PostgreSQL takes."""

Readiness = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Child:
    """How to run one process, and how to tell that it works.

    Args:
        name: What a person calls it.
        command: Program and arguments.
        log_file: Gets both of its outputs.
        ready: Whether it serves; asked again until it does.
        ready_seconds: How long it may take until then.
        stop_signal: Asks it to end by itself.
        stop_seconds: How long it may take to; then it is killed.
        death_signal: What the kernel sends it when its parent dies.
        account: Whom it runs as, where not as ourselves.
        environment: Variables beside our own.
    """

    name: str
    command: Sequence[str | Path]
    log_file: Path
    ready: Readiness
    ready_seconds: float = 120.0
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = STOP_SECONDS
    death_signal: signal.Signals = signal.SIGKILL
    account: Account | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    async def spawn(self) -> asyncio.subprocess.Process:
        """Starts the process. Call it on the main thread: the death signal follows the thread."""
        self.log_file.parent.mkdir(mode=LOG_FOLDER_MODE, parents=True, exist_ok=True)
        self.log_file.parent.chmod(LOG_FOLDER_MODE)  # of a folder that was made before, too
        _set_aside(self.log_file)
        with self.log_file.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *self.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                umask=PRIVATE_UMASK,
                env={**os.environ, **self.environment},
                start_new_session=True,  # Ctrl-C reaches us alone, so that we can stop in order
                preexec_fn=_dies_with_us(self.death_signal),
                **(self.account.as_subprocess() if self.account else {}),
            )

    async def stop(self, process: asyncio.subprocess.Process) -> None:
        """Asks the process to end, waits for it, and kills it where asking does not help."""
        if process.returncode is None:
            process.send_signal(self.stop_signal)
        try:
            await asyncio.wait_for(process.wait(), self.stop_seconds)
        except TimeoutError:
            process.kill()
            await process.wait()

    def last_lines(self) -> str:
        """The end of its log."""
        if not self.log_file.exists():
            return ""
        with self.log_file.open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - 8192))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-LAST_LINES:])


def _dies_with_us(death_signal: signal.Signals) -> Callable[[], None]:
    """Runs in the child, after it changed its user (which would clear the signal), before exec."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def prepare() -> None:
        prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:  # it died before the kernel knew
            os._exit(1)

    return prepare


def _set_aside(log_file: Path) -> None:
    if log_file.exists() and log_file.stat().st_size > LOG_LIMIT_BYTES:
        log_file.replace(log_file.with_suffix(".old.log"))
