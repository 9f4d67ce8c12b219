"""Histories of role files, one a format: realistic in size, with every episode that such files go through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

START = datetime(2021, 3, 1, 12, tzinfo=UTC)
BROKEN = "<<<<<<< HEAD\n: [ {{\n=======\n\t'\n>>>>>>> theirs {}\n"
"""No format reads this."""


@dataclass(frozen=True)
class Commit:
    """What a commit changed, `seconds` after `START`; `None` removes a file."""

    episode: str
    seconds: int
    files: Mapping[str, str | None]

    @property
    def at(self) -> datetime:
        return START + timedelta(seconds=self.seconds)


@dataclass
class History:
    """Grows commit by commit out of what `written` makes of a state that the episodes change."""

    written: Callable[[], Mapping[str, str]]
    commits: list[Commit] = field(default_factory=list)
    _tree: dict[str, str] = field(default_factory=dict)
    _broken: set[str] = field(default_factory=set)

    def commit(self, episode: str, *, seconds: int = 86400) -> None:
        """Commits what has changed, so long after the last one."""
        last = self.commits[-1].seconds if self.commits else 0
        broken = {path: BROKEN.format(len(self.commits)) for path in self._broken}
        tree = dict(self.written()) | broken
        files: dict[str, str | None] = {path: text for path, text in tree.items() if self._tree.get(path) != text}
        files |= {path: None for path in self._tree if path not in tree}
        self._tree = tree
        self.commits.append(Commit(episode, last + seconds, files))

    def breaks(self, path: str) -> None:
        """From the next commit on the file holds what no format reads."""
        self._broken.add(path)

    def mend(self, path: str) -> None:
        """From the next commit on it holds what it should."""
        self._broken.remove(path)


def ordinals(commits: Sequence[Commit], episode: str) -> list[int]:
    """The places of an episode's commits."""
    return [number for number, commit in enumerate(commits, 1) if commit.episode == episode]
