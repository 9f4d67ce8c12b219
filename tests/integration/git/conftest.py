import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

START = datetime(2024, 1, 1, tzinfo=UTC)
ADA = "Ada <ada@example.org>"


class GitRepository:
    """A repository whose commits are made one by one, with dates and people as wanted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main", str(folder), at=folder.parent)

    def git(self, *arguments: str, at: Path | None = None, dates: Mapping[str, str] = MappingProxyType({})) -> str:
        quiet = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
        return subprocess.run(
            ["git", "-C", str(at or self.folder), *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | quiet | dict(dates),
        ).stdout.strip()

    def commit(self, message: str = "Work", *, on: int = 0, author: str = ADA, **files: str | None) -> str:
        """One commit on the branch that is checked out, landing `on` that day; `None` removes a file."""
        for name, text in files.items():
            path = self.folder / name.replace("dot_", ".")
            path.unlink() if text is None else path.write_text(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "-m", message, dates=dated(on, author))
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str, start: str = "HEAD") -> None:
        self.git("checkout", "--quiet", "-B", name, start)

    def merge(self, branch: str, *, on: int) -> str:
        self.git("merge", "--quiet", "--no-ff", "-m", f"Merge {branch}", branch, dates=dated(on, ADA))
        return self.git("rev-parse", "HEAD")


def dated(on: int, author: str) -> dict[str, str]:
    name, _, address = author.partition(" <")
    committed, authored = START + timedelta(days=on), START + timedelta(days=on, hours=-5)
    return {
        "GIT_AUTHOR_NAME": name,
        "GIT_AUTHOR_EMAIL": address.rstrip(">"),
        "GIT_AUTHOR_DATE": f"{int(authored.timestamp())} +0200",
        "GIT_COMMITTER_NAME": "Committer",
        "GIT_COMMITTER_EMAIL": "committer@example.org",
        "GIT_COMMITTER_DATE": f"{int(committed.timestamp())} -0700",
    }


@pytest.fixture
def repository(tmp_path: Path) -> GitRepository:
    return GitRepository(tmp_path / "garden")
