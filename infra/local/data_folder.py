"""The data folder of a local stack: one owner at a time, its secrets, and how to find the stack."""

import fcntl
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.local.errors import StackError
from infra.settings import STACK_FILE

TROUBLES_FILE = "troubles"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Everything that one local stack keeps, under `path` (absolute)."""

    path: Path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Makes the folder and holds it; the kernel lets go when we die.

        Raises:
            StackError: Another stack runs on it.
        """
        self.path.mkdir(mode=0o755, parents=True, exist_ok=True)
        with (self.path / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StackError(f"a stack is already running on {self.path}") from None
            yield

    def secret(self, name: str) -> str:
        """A random text, made once; only we may read its file."""
        file = self.path / name
        if not file.exists():
            write_private(file, secrets.token_urlsafe(24))
        return file.read_text()

    def tell(self, values: Mapping[str, str]) -> None:
        """Writes how to reach the stack, as variables, for other commands."""
        lines = "".join(f"TENFOLD_{name.upper()}={value}\n" for name, value in values.items())
        write_private(self.path / STACK_FILE, lines)

    def tell_troubles(self, troubles: Sequence[str]) -> None:
        """Writes which processes do not stay up, a line for each, for `tenfold status`."""
        write_private(self.path / TROUBLES_FILE, "".join(f"{trouble}\n" for trouble in troubles))

    def troubles(self) -> Sequence[str]:
        """What was told so last; nothing where no stack ever ran."""
        file = self.path / TROUBLES_FILE
        return file.read_text().splitlines() if file.exists() else []


def write_private(file: Path, text: str) -> None:
    """Replaces a file by one that only its owner may read; nobody sees half of it."""
    partial = file.with_name(f"{file.name}.{os.getpid()}")
    partial.touch(mode=0o600)
    partial.write_text(text)
    partial.replace(file)
