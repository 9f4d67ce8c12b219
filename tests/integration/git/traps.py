"""Repositories that want something run by whoever reads them: each way that git's configuration has for it."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from events.sources.roles.formats import FORMATS
from infra.ingest.git_log import opened
from infra.ingest.git_process import GitError
from infra.ingest.role_history import RoleHistory, chosen

if TYPE_CHECKING:
    from tests.integration.git.conftest import GitRepository

PGP = "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----"
SSH = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
X509 = "-----BEGIN SIGNED MESSAGE-----", "-----END SIGNED MESSAGE-----"


@dataclass(frozen=True)
class Trap:
    """A program that leaves a mark when it is run, whatever it is run as."""

    program: Path
    mark: Path

    @classmethod
    def laid(cls, folder: Path) -> Trap:
        trap = cls(folder / "trap", folder / "sprung")
        trap.program.write_text(f"#!/bin/sh\necho sprung >> {trap.mark}\n")
        trap.program.chmod(trap.program.stat().st_mode | stat.S_IXUSR)
        return trap

    @property
    def sprung(self) -> bool:
        return self.mark.exists()


Lay = Callable[["GitRepository", Trap], None]


def read_all(location: Path | str, branch: str | None = None) -> None:
    """Read everything that importers read; what cannot be read is an error of its own."""
    with suppress(GitError), opened(str(location), branch) as read:
        list(read.commits())
        read.count(), read.hashes(), read.first_parent_line()
        with suppress(GitError):
            read.mailmap()
        for name in chosen(read):
            list(RoleHistory(read, FORMATS[name](read.name)).changes())


def signed(repository: GitRepository, marks: tuple[str, str]) -> None:
    """A tip that says that somebody signed it, so that git would look for the program that checks it."""
    begin, end = marks
    head, _, message = repository.git("cat-file", "commit", "HEAD").partition("\n\n")
    raw = f"{head}\ngpgsig {begin}\n \n aGVsbG8=\n {end}\n\n{message}\n"
    (repository.folder.parent / "raw").write_text(raw)
    commit = repository.git("hash-object", "-t", "commit", "-w", str(repository.folder.parent / "raw"))
    repository.git("update-ref", "refs/heads/main", commit)


def without_a_blob(repository: GitRepository, **settings: str) -> None:
    """As a partial clone has it: the .mailmap is not here, and a remote has promised it."""
    blob = repository.git("rev-parse", "HEAD:.mailmap")
    (repository.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    told = {"core.repositoryFormatVersion": "1", "extensions.partialClone": "origin", "remote.origin.promisor": "true"}
    for name, value in (told | settings).items():
        repository.git("config", name, value)


def signature(marks: tuple[str, str], **settings: str) -> Lay:
    def lay(repository: GitRepository, trap: Trap) -> None:
        signed(repository, marks)
        for name, value in settings.items():
            repository.git("config", name.replace("_", "."), value.format(trap=trap.program))

    return lay


def promised(**settings: str) -> Lay:
    def lay(repository: GitRepository, trap: Trap) -> None:
        given = {name.replace("_", "."): value.format(trap=trap.program) for name, value in settings.items()}
        without_a_blob(repository, **given)

    return lay


def included(repository: GitRepository, trap: Trap) -> None:
    signed(repository, PGP)
    (repository.folder / ".git/more").write_text(f"[log]\nshowSignature=true\n[gpg]\nprogram={trap.program}\n")
    repository.git("config", "include.path", "more")


def of_the_worktree(repository: GitRepository, trap: Trap) -> None:
    signed(repository, PGP)
    repository.git("config", "core.repositoryFormatVersion", "1")
    repository.git("config", "extensions.worktreeConfig", "true")
    more = f"[log]\nshowSignature=true\n[gpg]\nprogram={trap.program}\n"
    (repository.folder / ".git/config.worktree").write_text(more)


def elsewhere(repository: GitRepository, trap: Trap) -> None:
    signature(PGP, log_showSignature="true", gpg_program="{trap}")(repository, trap)
    away = repository.folder.parent / "away"
    (repository.folder / ".git").rename(away)
    (repository.folder / ".git").write_text(f"gitdir: {away}\n")


def everything(repository: GitRepository, trap: Trap) -> None:
    """All that might be obeyed by some version of git, in some command."""
    signed(repository, PGP)
    names = (
        "core.fsmonitor core.pager core.editor core.sshCommand core.gitProxy core.askPass core.alternateRefsCommand "
        "pager.log pager.show diff.external diff.x.command diff.x.textconv filter.x.clean filter.x.smudge "
        "filter.x.process uploadpack.packObjectsHook credential.helper gpg.program gpg.ssh.program gpg.x509.program "
        "gpg.ssh.defaultKeyCommand sequence.editor trailer.x.cmd trailer.x.command remote.origin.uploadpack "
        "remote.origin.vcs interactive.diffFilter browser.x.cmd man.x.cmd"
    )
    for name in names.split():
        repository.git("config", name, str(trap.program))
    for name in ("log", "show", "rev-list", "cat-file", "diff-tree", "ls-tree", "rev-parse", "config"):
        repository.git("config", f"alias.{name}", f"!{trap.program}")
    repository.git("config", "trailer.x.key", "Reviewed-by")
    repository.git("config", "log.showSignature", "true")
    (repository.folder / ".git/info").mkdir(exist_ok=True)
    (repository.folder / ".git/info/attributes").write_text("* diff=x filter=x\n")
    hooks = repository.folder / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-checkout", "reference-transaction", "post-index-change", "pre-auto-gc", "fsmonitor-watchman"):
        (hooks / name).symlink_to(trap.program)


TRAPS: dict[str, Lay] = {
    "a signature": signature(PGP, log_showSignature="true", gpg_program="{trap}"),
    "a signature of SSH": signature(
        SSH, log_showSignature="true", gpg_ssh_program="{trap}", gpg_ssh_allowedSignersFile="x"
    ),
    "a signature of X.509": signature(X509, log_showSignature="true", gpg_x509_program="{trap}"),
    "in an included file": included,
    "in the worktree's file": of_the_worktree,
    "in another folder": elsewhere,
    "promised by ext": promised(remote_origin_url="ext::{trap}", protocol_ext_allow="always"),
    "promised by a folder": promised(remote_origin_url=".", remote_origin_uploadpack="{trap}; false"),
    "promised by ssh": promised(remote_origin_url="ssh://127.0.0.1/x", core_sshCommand="{trap}"),
    "promised by git": promised(remote_origin_url="git://127.0.0.1/x", core_gitProxy="{trap}"),
    "everything": everything,
}


@contextmanager
def asks_for_a_password() -> Iterator[str]:
    """The address of a server that lets nobody in who does not say who they are."""

    class Asks(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="x"')
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody wants to know."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Asks)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/x"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
