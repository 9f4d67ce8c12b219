"""Reads role files through the history of a branch: each commit that changed some, and what they then held.

Three git processes see all of it: one lists the first-parent line, one tells which role files each
commit changed against the one before it, one hands out the contents, in the order of their first use,
so that every content is read and parsed once and held no longer than it is needed.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import IO, Any, Final

from events.sources.roles.accounts import Accounts
from events.sources.roles.document import Unreadable
from events.sources.roles.formats import FORMATS, present
from events.sources.roles.replay import Change
from events.sources.roles.roster import Format
from infra.ingest.git_log import Repository
from infra.ingest.git_process import GitError, answers, fields, moment, output
from infra.ingest.role_documents import MAX_FILE_BYTES, parsed, too_large

_DIFF = ("diff-tree", "--stdin", "-z", "-r", "--root", "--raw", "--no-renames", "--no-abbrev", "--no-ext-diff")
NOREPLY: Final = "@users.noreply.github.com"
_SKIP_BYTES: Final = 1 << 20

Reader = Any
"""What `Format.reader` returns: with a blob's id it says what is parsed."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A commit of the first-parent line that touched role files.

    Attributes:
        files: (path, reader, id of the content); no id where the file is gone.
    """

    ordinal: int
    commit: str
    committed_at: datetime | None
    files: tuple[tuple[str, Reader, str | None], ...]


class RoleHistory:
    """The role files of one format, through the first-parent history of a branch.

    Attributes:
        edits: the commits that touched them, oldest first.
    """

    def __init__(self, repository: Repository, format_: Format[Any]) -> None:
        self._git, self._format, self._tip = repository.git, format_, repository.tip
        line = output(repository.git, "rev-list", "--first-parent", "--reverse", "--timestamp", repository.tip)
        self._line = [(commit, moment(seconds)) for seconds, commit in map(str.split, line.splitlines())]
        self.edits = list(self._edits())

    def dates(self) -> Iterator[datetime]:
        """When the commits of the whole line were made, where a calendar knows."""
        return (made for _, made in self._line if made is not None)

    def accounts(self) -> Accounts:
        """Who bore which login when, by the addresses of all commits of the branch."""
        told = output(self._git, "log", "--fixed-strings", f"--author={NOREPLY}", "--format=%ct %ae", self._tip)
        lines = (line.partition(" ")[::2] for line in told.splitlines())
        return Accounts((at, address) for seconds, address in lines if (at := moment(seconds)) is not None)

    def changes(self) -> Iterator[Change[Any]]:
        """Every commit that touched role files, oldest first, with what they then held."""
        uses = Counter((content, reader) for edit in self.edits for _, reader, content in edit.files if content)
        known: dict[tuple[str, Reader], Any] = {}
        asked = [content for content, _ in uses]
        with answers(self._git, "cat-file", "--batch", questions=asked) as contents:
            for edit in self.edits:
                files: dict[str, Any] = {}
                for path, reader, content in edit.files:
                    if content is None:
                        files[path] = None
                        continue
                    use = content, reader
                    if use not in known:
                        known[use] = self._read(contents, reader)
                    files[path] = known[use]
                    uses[use] -= 1
                    if not uses[use]:
                        del known[use]
                yield Change(edit.ordinal, edit.commit, edit.committed_at, files)

    def _read(self, contents: IO[bytes], reader: Reader) -> Any:
        try:
            return reader(parsed(_next_content(contents), self._format.syntax))
        except Unreadable as why:
            return Unreadable(str(why))  # without what it was raised from, and so without the content

    def _edits(self) -> Iterator[Edit]:
        numbers = {commit: number for number, (commit, _) in enumerate(self._line)}
        commits = [commit for commit, _ in self._line]
        pairs = [commits[0], *(f"{commit} {parent}" for parent, commit in pairwise(commits))]
        patterns = [f":(top,glob){path}" for path in self._format.paths]
        with answers(self._git, *_DIFF, "--", *patterns, questions=pairs) as told:
            told_fields = told.read().decode(errors="replace").split("\0")
        for commit, entries in _by_commit(told_fields):
            files = tuple((path, reader, content) for path, content in entries if (reader := self._format.reader(path)))
            if files:
                number = numbers[commit]
                yield Edit(number + 1, commit, self._line[number][1], files)


def chosen(repository: Repository) -> list[str]:
    """The formats of a repository's role files, what says most of roles first.

    Raises:
        GitError: there are none, neither at the branch's tip nor ever before.
    """
    tree = fields(repository.git, "ls-tree", "-r", "-z", "--full-tree", "--name-only", repository.tip)
    found = present(list(tree)) or [name for name in FORMATS if _ever(repository, FORMATS[name](""))]
    if not found:
        raise GitError(f"no role files: none of {', '.join(FORMATS)}")
    return found


def _ever(repository: Repository, format_: Format[Any]) -> bool:
    patterns = [f":(top,glob){path}" for path in format_.paths]
    return bool(output(repository.git, "rev-list", "--first-parent", "-1", repository.tip, "--", *patterns))


def _by_commit(told: list[str]) -> Iterator[tuple[str, list[tuple[str, str | None]]]]:
    """Commit → (path, content) of what it changed, out of diff-tree's fields."""
    commit, entries = "", list[tuple[str, str | None]]()
    rest = iter(told)
    for word in rest:
        if word.startswith(":"):
            _, mode, _, content, _ = word.split()
            entries.append((next(rest), content if mode.startswith("100") else None))
        else:
            if entries:
                yield commit, entries
            commit, entries = word.strip(), []


def _next_content(contents: IO[bytes]) -> bytes:
    """The next answer of `cat-file --batch`; what is too large is passed over without being held."""
    header = contents.readline().split()
    if len(header) != 3:
        raise Unreadable("its content is not in this repository")
    size = int(header[2])
    if size <= MAX_FILE_BYTES:
        return contents.read(size + 1)[:-1]
    left = size + 1
    while left:
        left -= len(contents.read(min(left, _SKIP_BYTES))) or left
    raise too_large(size)
