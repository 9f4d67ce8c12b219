"""Reads a repository: a folder, a bundle, or an address that git can clone."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from posixpath import normpath
from urllib.parse import urlsplit

from events.sources.addresses import Signature
from events.sources.git import Commit
from events.sources.mailmap import Mailmap
from infra.git_process import GitError, complaint, fields, moment, output, run

_FIELDS = ("%H", "%P", "%an", "%ae", "%at", "%ct", "%(trailers:only,unfold)")
_FORMAT = "--format=tformat:" + "%x00".join(_FIELDS)
_SCP_LIKE = re.compile(r"(?:[^@/:]+@)?(?P<host>[^/:]+):(?P<path>.*)")


@dataclass(frozen=True, slots=True)
class Repository:
    """A branch of a repository, ready to be read.

    Attributes:
        name: the normalised origin URL, else the stem of the folder's or bundle's name.
        tip: hash of the branch's last commit; every reading starts there, whatever is pushed meanwhile.
        fetched_at: when it was fetched, if that was just now; `None` for what lay here already.
    """

    folder: Path
    name: str
    branch: str
    tip: str
    is_shallow: bool
    fetched_at: datetime | None

    def count(self) -> int:
        """How many commits there are, merges included."""
        return int(output(self.folder, "rev-list", "--count", self.tip))

    def first_parent_line(self) -> frozenset[str]:
        """Hashes from the tip along first parents."""
        return frozenset(output(self.folder, "rev-list", "--first-parent", self.tip).split())

    def hashes(self) -> list[str]:
        """Hashes of every commit that is no merge."""
        return output(self.folder, "rev-list", "--no-merges", self.tip).split()

    def commits(self) -> Iterator[Commit]:
        """Every commit, merges included, parents before children, as git tells them."""
        order = ("--topo-order", "--reverse", "--encoding=UTF-8", "--no-show-signature", "--no-color")
        told = fields(self.folder, "log", "-z", *order, _FORMAT, self.tip)
        return (_commit(*record) for record in zip(*[told] * len(_FIELDS), strict=True))

    def mailmap(self) -> Mailmap:
        """The `.mailmap` at the tip; a last change whose date cannot be read is as old as can be."""
        line = output(self.folder, "log", "--first-parent", "-1", "--format=%H %ct", self.tip, "--", ".mailmap")
        line = line or output(self.folder, "show", "-s", "--format=%H %ct", self.tip)
        commit, _, seconds = line.strip().partition(" ")
        is_file = output(self.folder, "ls-tree", self.tip, "--", ".mailmap").startswith("100")
        text = output(self.folder, "cat-file", "blob", f"{self.tip}:.mailmap") if is_file else ""
        return Mailmap(text, commit, moment(seconds) or datetime.fromtimestamp(0, UTC))


@contextmanager
def opened(location: str, branch: str | None = None) -> Iterator[Repository]:
    """Opens what a person pointed at.

    Args:
        location: folder of a repository, bundle, or an address that git can clone.
        branch: branch to read; by default the one that is checked out, else the only one, `main` or `master`.

    Raises:
        GitError: it is no repository, has no commits, or has no such branch.
    """
    path = Path(location)
    if path.is_dir():
        yield _repository(path.resolve(), branch, None)
    elif path.is_file():
        with _cloned(str(path.resolve()), shown=location) as folder:
            yield _repository(folder, branch, None)
    elif _is_address(location):
        fetched_at = datetime.now(UTC)
        with _cloned(location, shown=normalised_name(location)) as folder:
            yield _repository(folder, branch, fetched_at)
    else:
        raise GitError(f"{location}: no such repository or bundle")


@contextmanager
def _cloned(source: str, shown: str) -> Iterator[Path]:
    """A bare clone for as long as it is read; what is `shown` in errors bears no credentials."""
    with tempfile.TemporaryDirectory(prefix="tenfold-git-") as folder:
        done = run(Path(folder), "clone", "--quiet", "--bare", "--", source, "clone.git")
        if done.returncode != 0:
            raise GitError(complaint(shown, done.stderr))
        yield Path(folder) / "clone.git"


def normalised_name(origin: str) -> str:
    """What a repository is called: host and path of its address; of a path on this machine, the stem alone.

    Credentials, scheme, port and `.git` say nothing about which repository it is.
    """
    if "://" in origin:
        parts = urlsplit(origin)
        host, path = parts.hostname or "", parts.path
    elif found := _SCP_LIKE.fullmatch(origin):
        host, path = found["host"], found["path"]
    else:
        host, path = "", normpath(origin)
    path = path.rstrip("/").removesuffix(".git").removesuffix("/").removesuffix(".bundle")
    name = f"{host}/{path.strip('/')}" if host else path.rpartition("/")[2]
    return name.lower()


def _is_address(location: str) -> bool:
    return "://" in location or (_SCP_LIKE.fullmatch(location) is not None and not location.startswith("-"))


def _repository(folder: Path, branch: str | None, fetched_at: datetime | None) -> Repository:
    output(folder, "rev-parse", "--git-dir")
    origin = output(folder, "config", "--default", "", "--get", "remote.origin.url").strip()
    stem = folder.parent if folder.name == ".git" else folder
    reference = f"refs/heads/{branch}" if branch else _default_branch(folder)
    tip = _resolved(folder, reference) or (branch and _resolved(folder, f"refs/remotes/origin/{branch}"))
    if not tip:
        raise GitError(f"{stem}: no branch {branch}" if branch else f"{stem}: no commits yet")
    return Repository(
        folder=folder,
        name=normalised_name(origin or str(stem)),
        branch=branch or reference.removeprefix("refs/heads/"),
        tip=tip,
        is_shallow=output(folder, "rev-parse", "--is-shallow-repository").strip() == "true",
        fetched_at=fetched_at,
    )


def _default_branch(folder: Path) -> str:
    if _resolved(folder, "HEAD"):
        return output(folder, "rev-parse", "--symbolic-full-name", "HEAD").strip() or "HEAD"
    branches = output(folder, "for-each-ref", "--format=%(refname)", "refs/heads").split()
    usual = [name for name in ("refs/heads/main", "refs/heads/master") if name in branches]
    if len(branches) > 1 and not usual:
        raise GitError(f"{folder}: which branch? --branch is one of {', '.join(name[11:] for name in branches[:9])}")
    return (usual or branches or ["HEAD"])[0]


def _resolved(folder: Path, reference: str) -> str | None:
    done = run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
    return done.stdout.decode().strip() if done.returncode == 0 else None


def _commit(commit: str, parents: str, name: str, address: str, authored: str, committed: str, trailers: str) -> Commit:
    pairs = (line.partition(":")[::2] for line in trailers.split("\n") if line)
    return Commit(
        hash=commit,
        parents=tuple(parents.split()),
        author=Signature.of(name, address),
        authored_at=moment(authored),
        committed_at=moment(committed),
        trailers=tuple((key, value.strip()) for key, value in pairs),
    )
