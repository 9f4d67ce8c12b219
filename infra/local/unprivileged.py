"""PostgreSQL refuses to run as root: whom it runs as then, and where that user can reach files."""

import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from infra.local.errors import StackError

CANDIDATES = ("postgres", "nobody")
"""Users that a distribution makes by itself, the fitting one first."""
REACHABLE_ROOT = Path("/var/lib/tenfold")
"""For what must not stand under a folder like a 0700 home."""


class SubprocessUser(TypedDict, total=False):
    """Arguments of `subprocess.Popen` that change the user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged user of this machine."""

    uid: int
    gid: int

    def as_subprocess(self) -> SubprocessUser:
        """Arguments that run a process as this user, without our groups."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def reaches(self, path: Path) -> bool:
        """Whether the user may enter every folder above `path`."""
        return all(self._enters(folder) for folder in path.resolve().parents)

    def _enters(self, folder: Path) -> bool:
        facts = folder.stat()
        if facts.st_uid == self.uid:
            return bool(facts.st_mode & 0o100)
        return bool(facts.st_mode & (0o010 if facts.st_gid == self.gid else 0o001))

    def own(self, *paths: Path) -> None:
        """Makes files or folders this user's."""
        for path in paths:
            os.chown(path, self.uid, self.gid)


def account() -> Account | None:
    """Whom PostgreSQL must run as; None where we are not root, so that it can run as us.

    Raises:
        StackError: We are root, and the machine has no user to run it as.
    """
    if os.geteuid() != 0:
        return None
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise StackError(f"PostgreSQL cannot run as root, and there is no user {' or '.join(CANDIDATES)}")


def reachable_copy(folder: Path, pattern: str, name: str, runs_as: Account | None) -> Path:
    """`folder` where the account can read it, else a copy that it can, made once per `name`.

    Args:
        folder: Where something is installed.
        pattern: What of it is copied; its parts stay beside each other, as they find each other by that.
        name: Of the copy; it tells the version.
        runs_as: Who must read it.
    """
    if runs_as is None or runs_as.reaches(folder / pattern):
        return folder
    copy = REACHABLE_ROOT / name
    if not copy.exists():
        REACHABLE_ROOT.mkdir(mode=0o755, parents=True, exist_ok=True)
        partial = copy.with_name(f"{name}.{os.getpid()}")
        for part in folder.glob(pattern):
            shutil.copytree(part, partial / part.name, symlinks=True)
        try:
            partial.rename(copy)  # whoever sees it sees all of it
        except OSError:
            shutil.rmtree(partial)
            if not copy.exists():  # else somebody was quicker
                raise
    return copy
