"""A folder that anybody may have made, as a repository of our own.

For as long as it is read a bare repository is made beside it: HEAD and configuration are written here, objects and
references are the folder's. What the folder's own configuration, hooks, attributes, grafts and remotes say is never
read by any git that runs, so none of it can be obeyed, whatever later versions of git may obey; and whose folder it
is does not matter (`safe.directory`). A clone would do that, too, but copies everything, and the git that serves it
runs in the folder.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from infra.ingest.git_process import GitError, OwnRepository, setting

_BORROWED: Final = ("objects", "refs", "packed-refs", "shallow", "reftable")
_MOST_CHARACTERS: Final = 4096
"""More than any path that the kernel takes."""
_SETTINGS: Final = ("remote.origin.url", "extensions.objectFormat", "extensions.refStorage", "remote.origin.promisor")
_OBJECT_FORMATS: Final = ("", "sha1", "sha256")
_REFERENCE_FORMATS: Final = ("", "files", "reftable")

_CONFIGURATION: Final = """\
[core]
\trepositoryFormatVersion = 1
\tbare = true
\tcommitGraph = false
[extensions]
\tobjectFormat = {objects}
"""
"""Without the commit graph, which may say of commits what they do not."""


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A folder's history, readable.

    Attributes:
        repository: to run git in.
        origin: address that the folder says it was cloned from; empty where it says none.
    """

    repository: OwnRepository
    origin: str


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a repository keeps what is a worktree's own, and what its worktrees share."""

    own: Path
    shared: Path

    @property
    def is_repository(self) -> bool:
        return (self.own / "HEAD").is_file() and all((self.shared / name).is_dir() for name in ("objects", "refs"))


@contextmanager
def borrowed(folder: Path, called: str) -> Iterator[Borrowed]:
    """The history in a folder, without what the folder says beside it.

    Args:
        folder: a repository, its `.git`, a worktree or a bare repository; not a folder inside of one.
        called: what errors call it.

    Raises:
        GitError: it is none of these.
    """
    found = _found(folder)
    if found is None:
        raise GitError(f"{called}: no git repository")
    with tempfile.TemporaryDirectory(prefix="tenfold-git-") as made:
        yield _borrowed(found, OwnRepository(Path(made), called))


def _borrowed(found: _Found, ours: OwnRepository) -> Borrowed:
    origin, objects, references, promised_by = (_setting(found, name, ours) for name in _SETTINGS)
    if objects not in _OBJECT_FORMATS or references not in _REFERENCE_FORMATS:
        raise GitError(f"{ours.called}: kept as no git that is known keeps it ({objects} {references})")
    configuration = _CONFIGURATION.format(objects=objects or "sha1")
    if references == "reftable":
        configuration += "\trefStorage = reftable\n"
    (ours.folder / "config").write_text(configuration)
    (ours.folder / "HEAD").write_text(_text(found.own / "HEAD"), encoding="utf-8", errors="surrogateescape")
    for name in _BORROWED:
        if (found.shared / name).exists():
            (ours.folder / name).symlink_to((found.shared / name).resolve())
    called = f"{ours.called} (a partial clone: what it left out is not fetched)" if promised_by else ours.called
    return Borrowed(OwnRepository(ours.folder, called), origin)


def _setting(found: _Found, name: str, ours: OwnRepository) -> str:
    file = found.shared / "config"
    return setting(file, name, near=ours.folder) if file.is_file() else ""


def _found(folder: Path) -> _Found | None:
    for own in (_pointed_at(folder / ".git"), folder):
        shared = _text(own / "commondir").strip()
        found = _Found(own, own / shared)
        if found.is_repository:
            return found
    return None


def _pointed_at(git: Path) -> Path:
    """A `.git` that is a file says where the folder is that it stands for."""
    said = _text(git).strip()
    return git.parent / said.removeprefix("gitdir: ") if said.startswith("gitdir: ") else git


def _text(file: Path) -> str:
    if not file.is_file():
        return ""
    with file.open(encoding="utf-8", errors="surrogateescape") as opened:
        return opened.read(_MOST_CHARACTERS)
