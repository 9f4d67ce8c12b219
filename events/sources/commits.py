"""Commits as git tells them, and what a reading of them is for."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from events.envelope import EARLIEST_TIME, MAX_TIME_AHEAD
from events.sources.addresses import Signature


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit, as git tells it.

    Attributes:
        authored_at: aware, UTC; `None` where the commit bears no date that a calendar knows.
        committed_at: likewise.
        committer: the address, else the name, of whoever made the commit of somebody's work.
        trailers: (key, value) in the commit's order, as git itself parses them.
    """

    hash: str
    parents: tuple[str, ...]
    author: Signature
    authored_at: datetime | None
    committed_at: datetime | None
    trailers: tuple[tuple[str, str], ...] = ()
    committer: str = ""

    @property
    def is_merge(self) -> bool:
        """Whether it joins branches: the work then lies in the commits it joins."""
        return len(self.parents) > 1


class Stamp(NamedTuple):
    """Who made a commit of whose work, and when; addresses or else names, and moments as of a commit."""

    committer: str
    committed_at: datetime | None
    author: str
    authored_at: datetime | None


@dataclass(frozen=True, slots=True)
class Origin:
    """What a reading is for: community, source (`git:NAME`) and team of its events.

    Attributes:
        read_at: the moment of reading; what claims to have landed a day after it has a wrong clock.
    """

    community: str
    name: str
    read_at: datetime
    team: str | None = None

    @property
    def source(self) -> str:
        """The `source` of the events."""
        return f"git:{self.name}"

    def url(self, commit: str) -> str | None:
        """The page of a commit, where the name says that the repository is on GitHub or GitLab."""
        host = self.name.partition("/")[0]
        paths = {"github.com": "commit", "gitlab.com": "-/commit"}
        return f"https://{self.name}/{paths[host]}/{commit}" if host in paths else None

    def believes(self, moment: datetime) -> bool:
        """Whether something can have happened then: the same limits as for every event."""
        return EARLIEST_TIME <= moment <= self.read_at + MAX_TIME_AHEAD

    def believed(self, moment: datetime | None) -> datetime | None:
        """A moment, unless nothing can have happened then."""
        return moment if moment and self.believes(moment) else None
