import os
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import asyncpg
import pytest

from events.catalog import AnyEvent
from events.codec import decode, encode
from events.envelope import Event
from events.sources.commits import Origin
from infra.ingest.git_import import Import, Imported
from infra.ingest.git_log import opened
from infra.ingest.pseudonymising import Edge
from infra.ingest.publisher import Publisher
from projections.policy.policy import CommunityPolicy
from streams.producer import Producer
from tests.integration.evaluator import conftest as facts

tell = facts.tell
"""The fixture that writes facts the way the worker does."""

START = datetime(2024, 1, 1, tzinfo=UTC)
ADA = "Ada <ada@meadow.test>"


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
        "GIT_COMMITTER_EMAIL": "committer@meadow.test",
        "GIT_COMMITTER_DATE": f"{int(committed.timestamp())} -0700",
    }


@pytest.fixture
def repository(tmp_path: Path) -> GitRepository:
    return GitRepository(tmp_path / "garden")


class Log(Producer):
    """Keeps what is sent, checked as the worker would."""

    def __init__(self) -> None:
        """Needs no broker."""
        self.events: list[AnyEvent] = []

    async def send(self, event: Event) -> None:
        record = encode(event)
        self.events.append(decode(record.value, record.headers, datetime.now(UTC)))


class Importer:
    """Imports into a log, and has a worker's facts follow it."""

    def __init__(self, database: asyncpg.Connection, tell: facts.Tell) -> None:
        self.database, self._tell = database, tell
        self.log = Log()

    async def __call__(
        self,
        location: Path,
        *,
        community: str = "garden",
        name: str | None = None,
        key: bytes | None = None,
        again: bool = False,
        since: date | None = None,
        branch: str | None = None,
        retract_gone: bool = False,
    ) -> Imported:
        edge, before = Edge(CommunityPolicy(), key), len(self.log.events)
        with opened(str(location), branch) as repository:
            origin = Origin(community, name or repository.name, datetime.now(UTC))
            publisher = Publisher(community, self.database, self.log, edge)
            imported = await Import(publisher, repository, origin, since).run(
                lambda _steps=1: None, again=again, retract_gone=retract_gone
            )
        await self._tell(self.log.events[before:])
        return imported

    async def remembers(self, events: Sequence[AnyEvent]) -> None:
        """These stand already."""
        self.log.events += events
        await self._tell(events)

    def said(self, *names: str) -> list[Any]:
        wanted = {f"tenfold.{name}.v1" for name in names}
        return [event for event in self.log.events if event.type in wanted]


@pytest.fixture
def importer(database: asyncpg.Connection, tell: facts.Tell) -> Importer:
    return Importer(database, tell)
