"""Runs `git`, and says in one line what it complains about.

Every git process gets the repository as it stands: no switch of the user's (replaced objects, trailer
settings, another repository in the environment) changes what is read.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from events.errors import TenfoldError

_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE")
_READ_BYTES = 1 << 18


class GitError(TenfoldError):
    """git cannot read what it was pointed at; the message says why."""


def output(folder: Path, *arguments: str) -> str:
    """What git prints.

    Raises:
        GitError: it ended badly.
    """
    done = run(folder, *arguments)
    if done.returncode != 0:
        raise GitError(complaint(folder, done.stderr))
    return done.stdout.decode(errors="replace")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Runs git in a folder, however that ends."""
    try:
        return subprocess.run(_command(folder, arguments), capture_output=True, check=False, env=_environment(folder))
    except FileNotFoundError:
        raise GitError("git is not installed") from None


def complaint(location: Path | str, stderr: bytes) -> str:
    """What git complained about, in one line."""
    lines = stderr.decode(errors="replace").strip().splitlines() or ["git failed"]
    if "not a git repository" in lines[-1]:
        return f"{location}: no git repository"
    return f"{location}: {' '.join(lines).removeprefix('fatal: ')}"


def fields(folder: Path, *arguments: str) -> Iterator[str]:
    """The NUL-ended fields that git prints, as they come.

    Raises:
        GitError: it ended badly; what came before may be part of the truth only.
    """
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            _command(folder, arguments), stdout=subprocess.PIPE, stderr=errors, env=_environment(folder)
        ) as process,
    ):
        assert process.stdout is not None  # noqa: S101 - it was asked for
        rest = b""
        try:
            while chunk := process.stdout.read(_READ_BYTES):
                *ended, rest = (rest + chunk).split(b"\0")
                yield from (field.decode(errors="replace") for field in ended)
        except GeneratorExit:
            process.kill()
            raise
        if process.wait() != 0:
            errors.seek(0)
            raise GitError(complaint(folder, errors.read()))


@contextmanager
def answers(folder: Path, *arguments: str, questions: Iterable[str]) -> Iterator[IO[bytes]]:
    """What git prints when it is given these lines; whoever reads need not read all of it.

    Raises:
        GitError: it ended badly.
    """
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as errors:
        asked.writelines(f"{question}\n".encode() for question in questions)
        asked.seek(0)
        with subprocess.Popen(
            _command(folder, arguments),
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(folder),
        ) as process:
            assert process.stdout is not None  # noqa: S101 - it was asked for
            try:
                yield process.stdout
            except BaseException:
                process.kill()
                raise
            if process.stdout.read(1):
                process.kill()
            elif process.wait() != 0:
                errors.seek(0)
                raise GitError(complaint(folder, errors.read()))


def moment(seconds: str) -> datetime | None:
    """A moment as git tells it, in seconds since the epoch; none where no calendar knows it."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _command(folder: Path, arguments: tuple[str, ...]) -> list[str]:
    return ["git", "--no-replace-objects", "-c", "trailer.separators=:", "-C", str(folder), *arguments]


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return kept | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_CEILING_DIRECTORIES": str(folder.parent)}
