from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from events.roles import RoleGranted
from events.sources.roles.document import Syntax, Unreadable
from events.sources.roles.formats import FORMATS
from events.sources.roles.replay import Change, Problem, Replay, RoleEvent
from events.sources.roles.roster import Roster
from infra.ingest.git_log import opened
from infra.ingest.git_process import GitError
from infra.ingest.role_documents import MAX_FILE_BYTES, parsed
from infra.ingest.role_history import RoleHistory, chosen
from tests.role_histories.commit import START, Commit
from tests.role_histories.told import REPOSITORY, hash_of, history_of, origin, told_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tests.integration.git.conftest import GitRepository

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)


def grown(repository: GitRepository, commits: Iterable[Commit]) -> list[str]:
    """Commits what happened, one by one; their hashes."""
    return [put(repository, commit.files, commit.at) for commit in commits]


def put(repository: GitRepository, files: Mapping[str, str | bytes | None], at: datetime = START) -> str:
    for path, content in files.items():
        place = repository.folder / path
        if content is None:
            place.unlink()
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
    stamp = f"{int(at.timestamp())} +0200"
    who = {f"GIT_{role}_{what}": "ada@x" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    repository.git("add", "--all")
    dates = who | {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
    repository.git("commit", "--quiet", "--allow-empty", "-m", "Roles", dates=dates)
    return repository.git("rev-parse", "HEAD")


def read(location: Path, format_name: str) -> list[RoleEvent | Problem]:
    with opened(str(location)) as repository:
        format_ = FORMATS[format_name](REPOSITORY)
        return list(Replay[Any](format_, origin(format_name))(RoleHistory(repository, format_).changes()))


def changes(location: Path, format_name: str) -> list[Change[Any]]:
    with opened(str(location)) as repository:
        return list(RoleHistory(repository, FORMATS[format_name](REPOSITORY)).changes())


@pytest.mark.parametrize("name", list(FORMATS))
def test_git_tells_what_the_files_tell(name: str, repository: GitRepository) -> None:
    hashes = grown(repository, history_of(name))
    told = repr(told_of(name).items)
    for ordinal, commit in enumerate(hashes, 1):
        told = told.replace(hash_of(ordinal), commit)
    assert repr(read(repository.folder, name)) == told
    with opened(str(repository.folder)) as found:
        assert chosen(found)[0] == name


def test_what_lands_by_a_merge_lands_with_it(repository: GitRepository) -> None:
    put(repository, {"CODEOWNERS": "* @a\n"}, START)
    repository.branch("side")
    put(repository, {"CODEOWNERS": "* @a @b\n"}, START + timedelta(days=1))
    put(repository, {"CODEOWNERS": "* @a @b @c\n"}, START + timedelta(days=2))
    repository.branch("main", "main")
    put(repository, {"README": "x"}, START + timedelta(days=3))
    merge = repository.merge("side", on=500)
    last = read(repository.folder, "codeowners")[-1]
    assert not isinstance(last, Problem)
    assert last.id.split("/", 2)[:2] == ["00000003", merge]
    assert last.time == datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=500)
    granted = [item for item in read(repository.folder, "codeowners") if isinstance(item, RoleGranted)]
    assert [event.id.split("/", 2)[2] for event in granted[1:]] == [
        "granted/*/codeowner/github-login:b",
        "granted/*/codeowner/github-login:c",
    ]


def test_a_merge_of_several_branches_and_of_another_root_is_read_along_first_parents(
    repository: GitRepository,
) -> None:
    put(repository, {"CODEOWNERS": "* @a\n"})
    main = repository.git("rev-parse", "HEAD")
    put(repository, {"docs/CODEOWNERS": "* @c\n"})
    side = repository.git("rev-parse", "HEAD")
    repository.git("checkout", "--quiet", "--orphan", "other")
    other = put(repository, {"CODEOWNERS": "* @b\n", ".github/CODEOWNERS": "* @b\n"})
    merge = repository.git(
        *("-c", "user.name=a", "-c", "user.email=a@x"), "commit-tree", "-m", "All", f"{other}^{{tree}}",
        *("-p", main, "-p", side, "-p", other),
    )  # fmt: skip
    repository.git("update-ref", "refs/heads/main", merge)
    repository.git("symbolic-ref", "HEAD", "refs/heads/main")
    found = changes(repository.folder, "codeowners")
    assert [(change.ordinal, sorted(change.files)) for change in found] == [
        (1, ["CODEOWNERS"]), (2, [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]),
    ]  # fmt: skip


def test_only_regular_files_are_read(repository: GitRepository) -> None:
    put(repository, {"real": "* @a\n"})
    (repository.folder / "CODEOWNERS").symlink_to("real")
    put(repository, {})
    (repository.folder / "CODEOWNERS").unlink()
    put(repository, {"CODEOWNERS/readme": "* @b\n"})
    assert [change.files for change in changes(repository.folder, "codeowners")] == [
        {"CODEOWNERS": None}, {"CODEOWNERS": None},
    ]  # fmt: skip
    assert read(repository.folder, "codeowners") == []


def test_what_cannot_be_read_is_said_and_the_rest_goes_on(repository: GitRepository) -> None:
    put(repository, {"OWNERS": "approvers: [a]\n", "big/OWNERS": "approvers: [b]\n"})
    huge = b"# " + b"x" * (50 * 1024 * 1024) + b"\n"
    put(repository, {"big/OWNERS": huge, "bomb/OWNERS": BOMB, "loop/OWNERS": "&a [*a]", "ok/OWNERS": "approvers: [c]"})
    told = read(repository.folder, "owners")
    assert [item.what for item in told if isinstance(item, Problem)] == [
        "big/OWNERS does not parse (50.0 MiB, more than 3): its last good content holds",
        "bomb/OWNERS does not parse (more than 200,000 entries, aliases written out): it is not there yet",
        "loop/OWNERS does not parse (*a stands inside of what it means): it is not there yet",
    ]
    assert [item.id.rpartition("/granted/")[2] for item in told if not isinstance(item, Problem)][-1] == (
        "ok/approver/github-login:c"
    )


def test_the_largest_file_that_is_read(repository: GitRepository) -> None:
    text = b"* @a\n#" + b"x" * (MAX_FILE_BYTES - 6)
    put(repository, {"CODEOWNERS": text})
    put(repository, {"CODEOWNERS": text + b"\n"})
    [first], [second] = (list(change.files.values()) for change in changes(repository.folder, "codeowners"))
    assert isinstance(first, Roster)
    assert first.seats
    assert isinstance(second, Unreadable)


def test_paths_of_any_name(repository: GitRepository) -> None:
    put(repository, {"ümläut dir/OWNERS": "approvers: [a]\n", "new\nline/OWNERS": "approvers: [b]\n", ":x/OWNERS": ""})
    told = read(repository.folder, "owners")
    assert [item.id.split("/", 2)[2] for item in told if not isinstance(item, Problem)] == [
        "declared/:x",
        "declared/ümläut dir",
        "granted/ümläut dir/approver/github-login:a",
    ]
    assert [item.what for item in told if isinstance(item, Problem)] == ["no event can hold the scope 'new\\nline'"]


def test_each_content_is_read_once_however_often_it_stands_there(
    repository: GitRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted(content: bytes, syntax: Syntax) -> object:
        parses.append(content)
        return parsed(content, syntax)

    for number in range(6):
        put(repository, {"CODEOWNERS": f"* @dev{number % 2}\n"}, START + timedelta(days=number))
    parses: list[bytes] = []
    monkeypatch.setattr("infra.ingest.role_history.parsed", counted)
    assert len(changes(repository.folder, "codeowners")) == 6
    assert parses == [b"* @dev0\n", b"* @dev1\n"]


def test_settings_of_the_user_change_nothing(
    repository: GitRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown(repository, history_of("codeowners"))
    before = read(repository.folder, "codeowners")
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[log]\n showRoot = false\n diffMerges = off\n follow = true\n[diff]\n renames = copies\n noprefix = true\n"
        " orderFile = /dev/null\n relative = true\n ignoreSubmodules = all\n[core]\n quotePath = true\n abbrev = 7\n"
        "[color]\n ui = always\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert read(repository.folder, "codeowners") == before


def test_a_bundle_tells_the_same(repository: GitRepository, tmp_path: Path) -> None:
    grown(repository, history_of("owners"))
    bundle = tmp_path / "garden.bundle"
    repository.git("bundle", "create", str(bundle), "main")
    assert read(bundle, "owners") == read(repository.folder, "owners")


def test_a_format_is_chosen_by_what_is_there_else_by_what_was(repository: GitRepository) -> None:
    put(repository, {"sigs.yaml": "sigs: []\n", "OWNERS": "", "x/OWNERS": "", "vendor/sigs.yaml": ""})
    with opened(str(repository.folder)) as found:
        assert chosen(found) == ["sigs", "owners"]
    put(repository, {"sigs.yaml": None, "OWNERS": None, "x/OWNERS": None, "src/CODEOWNERS": "* @a"})
    with opened(str(repository.folder)) as found:
        assert chosen(found) == ["sigs", "owners"]
        assert [change.ordinal for change in RoleHistory(found, FORMATS["sigs"]("")).changes()] == [1, 2]


def test_where_there_never_were_any_it_is_said(repository: GitRepository) -> None:
    put(repository, {"README": "x"})
    with (
        opened(str(repository.folder)) as found,
        pytest.raises(GitError, match="no role files: none of mots, rust-team"),
    ):
        chosen(found)


@pytest.mark.parametrize("stamp", ["0 +0000", "99999999999999 +0000", "", "soon"])
def test_a_date_that_cannot_be_true_takes_nothing_away(repository: GitRepository, stamp: str) -> None:
    put(repository, {"CODEOWNERS": "* @a\n"})
    put(repository, {"CODEOWNERS": "* @b\n"})
    tree, parent = repository.git("write-tree"), repository.git("rev-parse", "HEAD~")
    raw = f"tree {tree}\nparent {parent}\nauthor A <a@x> {stamp}\ncommitter C <c@x> {stamp}\n\nSubject\n".encode()
    command = ["git", "-C", str(repository.folder), "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    commit = subprocess.run(command, input=raw, check=True, capture_output=True).stdout.decode().strip()
    (repository.folder / ".git/refs/heads/main").write_text(commit + "\n")
    told = [item for item in read(repository.folder, "codeowners") if not isinstance(item, Problem)]
    assert [event.id.split("/", 2)[1] for event in told[-2:]] == [commit, commit]
    assert {event.time for event in told} == {START}


def test_a_content_that_is_missing_is_said(repository: GitRepository) -> None:
    put(repository, {"CODEOWNERS": "* @a\n"})
    content = repository.git("rev-parse", "HEAD:CODEOWNERS")
    put(repository, {"CODEOWNERS": "* @b\n"})
    (repository.folder / ".git/objects" / content[:2] / content[2:]).unlink()
    [problem, *told] = read(repository.folder, "codeowners")
    assert isinstance(problem, Problem)
    assert "its content is not in this repository" in problem.what
    assert len(told) == 2


def test_the_dates_of_the_whole_line_are_known(repository: GitRepository) -> None:
    put(repository, {"CODEOWNERS": "* @a\n"})
    put(repository, {"README": "x"}, START + timedelta(days=3))
    with opened(str(repository.folder)) as found:
        assert list(RoleHistory(found, FORMATS["codeowners"]("")).dates()) == [START, START + timedelta(days=3)]
