"""Reads a repository: a folder, a bundle, or an address to clone."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from posixpath import normpath
from typing import Final
from urllib.parse import unquote, urlsplit

from events.sources.addresses import Signature
from events.sources.commits import Commit, Stamp
from events.sources.mailmap import Mailmap
from infra.ingest.git_folder import borrowed
from infra.ingest.git_process import GitError, OwnRepository, clone, fields, moment, output, run

_FIELDS = ("%H", "%P", "%an", "%ae", "%at", "%ct", "%ce", "%cn", "%(trailers:only,unfold)")
_STAMP = ("%ce", "%cn", "%ct", "%ae", "%an", "%at")
_STAMPED = re.compile(r"^(?P<who>author|committer) .*> (?P<seconds>\d+)(?= |$)", re.MULTILINE)
_SCP_LIKE = re.compile(r"(?:[^@/:]+@)?(?P<host>[^/:]+):(?P<path>(?!:).*)")
_HERE: Final = "file://"
_CLONED_BY: Final = ("https", "ssh")
"""Both say who answers; whoever is on the way could write the history that http or git bring."""
_LONGEST_BUNDLE_MARK: Final = 16
_BUNDLES: Final = (b"# v2 git bundle\n", b"# v3 git bundle\n")


@dataclass(frozen=True, slots=True)
class Repository:
    """A branch of a repository, ready to be read.

    Attributes:
        git: to run git in; for as long as it is open.
        name: the normalised origin URL, else the stem of the folder's or bundle's name.
        tip: hash of the branch's last commit; every reading starts there, whatever is pushed meanwhile.
        fetched_at: when it was fetched, if that was just now; `None` for what lay here already.
    """

    git: OwnRepository
    name: str
    branch: str
    tip: str
    is_shallow: bool
    fetched_at: datetime | None

    def count(self) -> int:
        """How many commits there are, merges included."""
        return int(output(self.git, "rev-list", "--count", self.tip))

    def first_parent_line(self) -> frozenset[str]:
        """Hashes from the tip along first parents."""
        return frozenset(output(self.git, "rev-list", "--first-parent", self.tip).split())

    def hashes(self) -> list[str]:
        """Hashes of every commit that is no merge."""
        return output(self.git, "rev-list", "--no-merges", self.tip).split()

    def commits(self) -> Iterator[Commit]:
        """Every commit, merges included, parents before children, as git tells them."""
        for record in self._told(_FIELDS, "--topo-order", "--reverse"):
            commit = _commit(*record)
            is_whole = commit.authored_at and commit.committed_at
            yield commit if is_whole else self._with_plain_dates(commit)

    def _with_plain_dates(self, commit: Commit) -> Commit:
        """The same with dates whose zones git does not understand: the seconds say it all."""
        header = output(self.git, "cat-file", "commit", commit.hash).partition("\n\n")[0]
        seconds = {found["who"]: found["seconds"] for found in _STAMPED.finditer(header)}
        authored, committed = (moment(seconds.get(who, "")) for who in ("author", "committer"))
        return replace(
            commit,
            authored_at=commit.authored_at or authored,
            committed_at=commit.committed_at or committed,
        )

    def stamps(self) -> Iterator[Stamp]:
        """Who made every commit that is no merge, and when."""
        for address, name, committed, author, called, authored in self._told(_STAMP, "--no-merges"):
            yield Stamp(_whose(address, name), moment(committed), _whose(author, called), moment(authored))

    def _told(self, names: Sequence[str], *order: str) -> Iterator[tuple[str, ...]]:
        plain = ("--encoding=UTF-8", "--no-show-signature", "--no-color")
        told = fields(self.git, "log", "-z", *order, *plain, "--format=tformat:" + "%x00".join(names), self.tip)
        return zip(*[told] * len(names), strict=True)

    def mailmap(self) -> Mailmap:
        """The `.mailmap` at the tip; a last change whose date cannot be read is as old as can be."""
        line = output(self.git, "log", "--first-parent", "-1", "--format=%H %ct", self.tip, "--", ".mailmap")
        line = line or output(self.git, "show", "-s", "--format=%H %ct", self.tip)
        commit, _, seconds = line.strip().partition(" ")
        is_file = output(self.git, "ls-tree", self.tip, "--", ".mailmap").startswith("100")
        text = output(self.git, "cat-file", "blob", f"{self.tip}:.mailmap") if is_file else ""
        return Mailmap(text, commit, moment(seconds) or datetime.fromtimestamp(0, UTC))


@contextmanager
def opened(location: str, branch: str | None = None) -> Iterator[Repository]:
    """Opens what a person pointed at; nothing that stands there is run or obeyed, whoever made it.

    Args:
        location: folder of a repository, bundle, or an address (https, ssh, or a file's).
        branch: branch to read; by default the one that is checked out, else the only one, `main` or `master`.

    Raises:
        GitError: it is no repository, has no commits, or has no such branch.
    """
    here = location.startswith(_HERE)
    path = Path(_path(location) if here else location)
    if path.is_dir():
        path = path.resolve()
        stem = path.parent if path.name == ".git" else path
        with borrowed(path, called=str(stem)) as found:
            origin = location if here else found.origin or str(stem)
            yield _repository(found.repository, normalised_name(origin), branch, datetime.now(UTC) if here else None)
    elif path.is_file():
        with _unbundled(path.resolve(), called=location) as git:
            yield _repository(git, normalised_name(str(path.resolve())), branch, datetime.now(UTC) if here else None)
    elif not here and _is_address(location):
        fetched_at = datetime.now(UTC)
        with _cloned(location) as git:
            yield _repository(git, git.called, branch, fetched_at)
    else:
        raise GitError(f"{location}: no such repository or bundle")


@contextmanager
def _unbundled(bundle: Path, called: str) -> Iterator[OwnRepository]:
    with bundle.open("rb") as file:
        if file.readline(_LONGEST_BUNDLE_MARK) not in _BUNDLES:  # git would follow a file that names a folder
            raise GitError(f"{called}: neither a repository nor a bundle")
    with _empty(called) as git:
        clone(str(bundle), git, "file")
        yield git


@contextmanager
def _cloned(address: str) -> Iterator[OwnRepository]:
    """A clone from elsewhere; what it is called in errors bears no credentials."""
    called = normalised_name(address)
    if "://" in address and urlsplit(address).scheme not in _CLONED_BY:
        raise GitError(f"{called}: cloned are https and ssh alone; clone it yourself, and name the folder")
    with _empty(called) as git:
        clone(address, git, ":".join(_CLONED_BY))
        yield git


@contextmanager
def _empty(called: str) -> Iterator[OwnRepository]:
    """Where a repository can be made, for as long as it is read."""
    with tempfile.TemporaryDirectory(prefix="tenfold-git-") as folder:
        yield OwnRepository(Path(folder) / "clone.git", called)


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


def _path(address: str) -> str:
    """The path in a file's address, whatever host stands there: it is this one."""
    return unquote("/" + address.removeprefix(_HERE).partition("/")[2])


def _repository(git: OwnRepository, name: str, branch: str | None, fetched_at: datetime | None) -> Repository:
    reference = f"refs/heads/{branch}" if branch else _default_branch(git)
    tip = _resolved(git, reference) or (branch and _resolved(git, f"refs/remotes/origin/{branch}"))
    if not tip:
        raise GitError(f"{git.called}: no branch {branch}" if branch else f"{git.called}: no commits yet")
    return Repository(
        git=git,
        name=name,
        branch=branch or reference.removeprefix("refs/heads/"),
        tip=tip,
        is_shallow=output(git, "rev-parse", "--is-shallow-repository").strip() == "true",
        fetched_at=fetched_at,
    )


def _default_branch(git: OwnRepository) -> str:
    if _resolved(git, "HEAD"):
        return output(git, "rev-parse", "--symbolic-full-name", "HEAD").strip() or "HEAD"
    branches = output(git, "for-each-ref", "--format=%(refname)", "refs/heads").split()
    usual = [name for name in ("refs/heads/main", "refs/heads/master") if name in branches]
    if len(branches) > 1 and not usual:
        raise GitError(
            f"{git.called}: which branch? --branch is one of {', '.join(name[11:] for name in branches[:9])}"
        )
    return (usual or branches or ["HEAD"])[0]


def _resolved(git: OwnRepository, reference: str) -> str | None:
    done = run(git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
    return done.stdout.decode().strip() if done.returncode == 0 else None


def _commit(*told: str) -> Commit:
    commit, parents, name, address, authored, committed, committer, called, trailers = told
    pairs = (line.partition(":")[::2] for line in trailers.split("\n") if line)
    return Commit(
        hash=commit,
        parents=tuple(parents.split()),
        author=Signature.of(name, address),
        authored_at=moment(authored),
        committed_at=moment(committed),
        committer=_whose(committer, called),
        trailers=tuple((key, value.strip()) for key, value in pairs),
    )


def _whose(address: str, name: str) -> str:
    """Who made something, for comparing alone."""
    return (address or name).strip().lower()
