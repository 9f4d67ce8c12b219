"""Runs `git`, in repositories of our own alone, and says in one line what it complains about.

git does what the configuration of the repository that it runs in says: which program checks a signature, from where
objects that are missing are fetched, and by what. So it never runs in one that somebody else made (`git_folder.py`
makes one of ours beside it), nor with the settings of whoever calls us: nothing of theirs changes what is read.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from events.errors import TenfoldError

_READ_BYTES = 1 << 18

_ENVIRONMENT: Final = {
    "LC_ALL": "C",
    "HOME": os.devnull,
    "XDG_CONFIG_HOME": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "",
}
"""Beside PATH, all that git is told: it reads what is there and reaches nobody."""

_TO_REACH_OTHERS: Final = (
    "HOME",  # for .netrc; the user's own settings of git stay unread
    "SSH_AUTH_SOCK",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    *(name for stem in ("http", "https", "all", "no") for name in (f"{stem}_proxy", f"{stem}_proxy".upper())),
)
"""What a clone from elsewhere is told of the user's environment."""


class GitError(TenfoldError):
    """git cannot read what it was pointed at; the message says why."""


@dataclass(frozen=True, slots=True)
class OwnRepository:
    """A repository that git may run in: we made it, and its configuration is ours.

    Attributes:
        folder: where it is.
        called: what errors call it.
    """

    folder: Path
    called: str


def clone(source: str, into: OwnRepository, protocols: str) -> None:
    """Makes a bare repository of another one, without hooks or settings.

    Args:
        source: address, or the whole path of a bundle.
        into: what to make; its parent is there.
        protocols: that may be spoken, joined by colons.

    Raises:
        GitError: that did not work.
    """
    environment = {name: os.environ[name] for name in _TO_REACH_OTHERS if name in os.environ}
    told = environment | {"GIT_ALLOW_PROTOCOL": protocols, "GIT_CEILING_DIRECTORIES": str(into.folder.parents[1])}
    command = ("clone", "--quiet", "--bare", "--template=", "--", source, str(into.folder))
    with _started(command, into.folder.parent, told, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        _, complained = process.communicate()
    if process.returncode:
        raise GitError(complaint(into.called, complained))


def setting(file: Path, name: str, near: Path) -> str:
    """What a file of settings says, if anything; nothing that it includes is read, and none of it obeyed.

    Args:
        file: of settings, whoever wrote it.
        name: of the setting.
        near: a folder that is no repository.

    Raises:
        GitError: it is no such file.
    """
    words = ("config", "--file", str(file.resolve()), "--no-includes", "--default", "", "--get", name)
    return output(OwnRepository(near, str(file)), *words).strip()


def output(repository: OwnRepository, *arguments: str) -> str:
    """What git prints.

    Raises:
        GitError: it ended badly.
    """
    done = run(repository, *arguments)
    if done.returncode != 0:
        raise GitError(complaint(repository.called, done.stderr))
    return done.stdout.decode(errors="replace")


def run(repository: OwnRepository, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Runs git in a repository, however that ends."""
    with _in(repository, arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        printed, complained = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, printed, complained)


def complaint(called: str, stderr: bytes) -> str:
    """What git complained about, in one line."""
    lines = stderr.decode(errors="replace").strip().splitlines() or ["git failed"]
    if "not a git repository" in lines[-1]:
        return f"{called}: no git repository"
    return f"{called}: {' '.join(lines).removeprefix('fatal: ')}"


def fields(repository: OwnRepository, *arguments: str) -> Iterator[str]:
    """The NUL-ended fields that git prints, as they come.

    Raises:
        GitError: it ended badly; what came before may be part of the truth only.
    """
    with (
        tempfile.TemporaryFile() as errors,
        _in(repository, arguments, stdout=subprocess.PIPE, stderr=errors) as process,
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
        _require_success(process, errors, repository)


@contextmanager
def answers(repository: OwnRepository, *arguments: str, questions: Iterable[str]) -> Iterator[IO[bytes]]:
    """What git prints when it is given these lines; whoever reads need not read all of it.

    Raises:
        GitError: it ended badly.
    """
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as errors:
        asked.writelines(f"{question}\n".encode() for question in questions)
        asked.seek(0)
        with _in(repository, arguments, stdin=asked, stdout=subprocess.PIPE, stderr=errors) as process:
            assert process.stdout is not None  # noqa: S101 - it was asked for
            try:
                yield process.stdout
            except BaseException:
                process.kill()
                raise
            if process.stdout.read(1):
                process.kill()
            else:
                _require_success(process, errors, repository)


def moment(seconds: str) -> datetime | None:
    """A moment as git tells it, in seconds since the epoch; none where no calendar knows it."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _require_success(process: "subprocess.Popen[bytes]", errors: IO[bytes], repository: OwnRepository) -> None:
    if process.wait() != 0:
        errors.seek(0)
        raise GitError(complaint(repository.called, errors.read()))


def _in(
    repository: OwnRepository,
    arguments: tuple[str, ...],
    *,
    stdout: int,
    stderr: int | IO[bytes],
    stdin: int | IO[bytes] = subprocess.DEVNULL,
) -> "subprocess.Popen[bytes]":
    told = {"GIT_DIR": str(repository.folder)}
    return _started(arguments, repository.folder, told, stdin=stdin, stdout=stdout, stderr=stderr)


def _started(
    arguments: tuple[str, ...],
    folder: Path,
    told: dict[str, str],
    *,
    stdout: int,
    stderr: int | IO[bytes],
    stdin: int | IO[bytes] = subprocess.DEVNULL,
) -> "subprocess.Popen[bytes]":
    """The one place where git starts: in an environment that names what it holds, not what it leaves out."""
    environment = {"PATH": os.environ.get("PATH", os.defpath)} | _ENVIRONMENT | told
    command = ["git", "--no-pager", *arguments]
    try:
        return subprocess.Popen(command, cwd=folder, env=environment, stdin=stdin, stdout=stdout, stderr=stderr)
    except FileNotFoundError:
        raise GitError("git is not installed") from None
