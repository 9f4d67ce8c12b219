"""What lies in a folder, or says where to clone from, runs nothing of its own."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from infra.ingest.git_log import opened
from infra.ingest.git_process import GitError
from tests.integration.git import traps
from tests.integration.git.contributions import days, told
from tests.integration.git.traps import Trap, read_all

if TYPE_CHECKING:
    from tests.integration.git.conftest import GitRepository

ROOT = Path(__file__).parents[3]


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap.laid(tmp_path)


@pytest.fixture
def hostile(repository: GitRepository) -> GitRepository:
    repository.commit(on=1, dot_mailmap="<a@x> <b@x>\n", CODEOWNERS="* @ada\n")
    return repository


@pytest.mark.parametrize("lay", traps.TRAPS.values(), ids=traps.TRAPS)
@pytest.mark.parametrize("place", ["{}", "{}/.git", "file://{}"])
def test_a_repository_runs_nothing(hostile: GitRepository, trap: Trap, lay: traps.Lay, place: str) -> None:
    lay(hostile, trap)
    assert not trap.sprung, "by the test itself"
    read_all(place.format(hostile.folder))
    assert not trap.sprung


def test_what_a_hostile_repository_tells_is_read_all_the_same(hostile: GitRepository, trap: Trap) -> None:
    traps.everything(hostile, trap)
    assert days(told(hostile.folder)) == {hostile.git("rev-parse", "HEAD"): 1}


def test_nobody_is_asked_for_a_password_that_a_promise_wants(hostile: GitRepository, trap: Trap) -> None:
    with traps.asks_for_a_password() as address:
        traps.promised(remote_origin_url=address, credential_helper="{trap}")(hostile, trap)
        read_all(hostile.folder)
    assert not trap.sprung


def test_a_worktree_does_not_obey_the_repository_that_it_belongs_to(hostile: GitRepository, trap: Trap) -> None:
    hostile.git("worktree", "add", "--quiet", "-b", "side", "../worktree")
    traps.TRAPS["a signature"](hostile, trap)
    hostile.git("update-ref", "refs/heads/side", "main")
    read_all(hostile.folder.parent / "worktree")
    assert not trap.sprung


def test_a_worktree_tells_what_its_branch_holds(repository: GitRepository) -> None:
    first = repository.commit(on=1)
    repository.git("remote", "add", "origin", "https://example.org/garden.git")
    repository.git("worktree", "add", "--quiet", "-b", "side", "../worktree")
    repository.commit(on=2)
    with opened(str(repository.folder.parent / "worktree")) as read:
        assert (read.name, read.branch, read.tip) == ("example.org/garden", "side", first)


@pytest.mark.parametrize("text", ["gitdir: {}/.git\n", "# v9 git bundle\n"])
def test_a_file_that_is_no_bundle_leads_nowhere(hostile: GitRepository, trap: Trap, text: str) -> None:
    traps.everything(hostile, trap)
    assert not trap.sprung, "by the test itself"
    pointer = hostile.folder.parent / "garden.bundle"
    pointer.write_text(text.format(hostile.folder))
    with pytest.raises(GitError, match=r"garden\.bundle: neither"):
        told(pointer)
    assert not trap.sprung


@pytest.mark.parametrize(
    "address", ["ext::{trap}", "fd::17", "ext://{trap}", "git://127.0.0.1:9/x", "http://127.0.0.1:9/x", "-u{trap}:x"]
)
def test_an_address_is_one_of_https_or_ssh(trap: Trap, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "ext:fd:git:http")
    with pytest.raises(GitError, match=r"https and ssh|no such repository"):
        told(address.format(trap=trap.program))
    assert not trap.sprung


@pytest.mark.parametrize("word", ["--upload-pack={trap}", "--exec={trap}", "--output={mark}", "-"])
def test_a_word_with_a_dash_is_no_option_of_gits(hostile: GitRepository, trap: Trap, word: str) -> None:
    said = word.format(trap=trap.program, mark=trap.mark)
    for location, branch in ((said, None), (str(hostile.folder), said), (f"https://127.0.0.1:9/{said}", said)):
        with pytest.raises(GitError):
            told(location, branch)
    assert not trap.sprung


def test_the_environment_decides_nothing(
    hostile: GitRepository, trap: Trap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    traps.signed(hostile, traps.PGP)
    expected = days(told(hostile.folder))
    (tmp_path / "home").mkdir()
    (tmp_path / "home/.gitconfig").write_text(f"[log]\nshowSignature=true\n[gpg]\nprogram={trap.program}\n")
    said = {
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "log.showSignature",
        "GIT_CONFIG_VALUE_0": "true",
        "GIT_CONFIG_KEY_1": "gpg.program",
        "GIT_CONFIG_VALUE_1": str(trap.program),
        "GIT_TRACE": str(trap.mark),
        "GIT_TRACE2_EVENT": str(trap.mark),
        "GIT_EXTERNAL_DIFF": str(trap.program),
        "GIT_DIR": str(tmp_path),
        "GIT_EXEC_PATH": str(tmp_path),
        "HOME": str(tmp_path / "home"),
    }
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert days(told(hostile.folder)) == expected
    assert not trap.sprung


def test_grafts_and_replacements_change_nothing(repository: GitRepository) -> None:
    first, second = repository.commit(on=1), repository.commit(on=2)
    expected = days(told(repository.folder))
    (repository.folder / ".git/info").mkdir(exist_ok=True)
    (repository.folder / ".git/info/grafts").write_text(f"{second}\n")
    repository.git("replace", "-f", second, first)
    assert days(told(repository.folder)) == expected


def test_nothing_is_written_into_the_folder(hostile: GitRepository) -> None:
    def held() -> set[tuple[str, int]]:
        return {(str(path), path.lstat().st_mtime_ns) for path in hostile.folder.rglob("*")}

    before = held()
    read_all(hostile.folder)
    assert held() == before


def test_objects_that_lie_elsewhere_are_found(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit(on=1)
    repository.git("clone", "--quiet", "--shared", ".", str(tmp_path / "borrows"))
    (tmp_path / "borrows/.git/objects/info/alternates").write_text("../../../garden/.git/objects\n")
    assert days(told(tmp_path / "borrows")) == days(told(repository.folder))


def test_what_a_partial_clone_left_out_is_not_fetched_and_that_is_said(
    repository: GitRepository, tmp_path: Path
) -> None:
    commit = repository.commit(on=1, dot_mailmap="<a@x> <b@x>\n")
    repository.git("config", "uploadpack.allowFilter", "true")
    address = f"file://{repository.folder}"
    repository.git("clone", "--quiet", "--no-checkout", "--filter=blob:none", address, str(tmp_path / "partial"))
    with opened(str(tmp_path / "partial")) as read:
        assert [one.hash for one in read.commits()] == [commit]
        with pytest.raises(GitError, match="a partial clone"):
            read.mailmap()


def test_hashes_of_sixty_four_digits_are_read(tmp_path: Path, repository: GitRepository) -> None:
    shutil.rmtree(repository.folder)
    repository.git("init", "--quiet", "--initial-branch=main", "--object-format=sha256", "garden", at=tmp_path)
    commit = repository.commit(on=1)
    assert len(commit) == 64
    assert days(told(repository.folder)) == {commit: 1}


def test_git_is_called_in_one_place_alone() -> None:
    calls = [
        path.relative_to(ROOT).as_posix()
        for package in ("events", "projections", "streams", "reports", "infra", "examples")
        for path in sorted((ROOT / package).rglob("*.py"))
        if any(_names_git(node) for node in ast.walk(ast.parse(path.read_text())))
    ]
    assert calls == ["infra/ingest/git_process.py"]


def _names_git(node: ast.AST) -> bool:
    """Whether a list begins with git, or a call is given it first: so commands are written, and nothing else is."""
    match node:
        case ast.List(elts=[ast.Constant(value=str(word)), *_]) | ast.Tuple(elts=[ast.Constant(value=str(word)), *_]):
            return word.split(" ")[0].rpartition("/")[2] == "git"
        case ast.Call(args=[ast.Constant(value=str(word)), *_]):
            return word.split(" ")[0].rpartition("/")[2] == "git"
    return False
