from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from events.contributions import ContributionRecorded
from events.people import PersonNamed
from events.sources.addresses import Signature
from events.sources.git import LeftOut, Origin, landed, translate
from infra.git_log import Repository, normalised_name, opened
from infra.git_process import GitError

if TYPE_CHECKING:
    from tests.integration.git.conftest import GitRepository

START = datetime(2024, 1, 1, tzinfo=UTC)


def told(location: Path | str, branch: str | None = None) -> list[ContributionRecorded]:
    with opened(str(location), branch) as read:
        events = translate(landed(read.commits(), read.first_parent_line()), Origin("c", read.name, datetime.now(UTC)))
        return [event for event in events if isinstance(event, ContributionRecorded)]


def days(events: list[ContributionRecorded]) -> dict[str, int]:
    return {event.id: (event.time - START).days for event in events}


def test_commits_land_when_the_branch_takes_them(repository: GitRepository) -> None:
    first = repository.commit(on=1)
    repository.branch("feature")
    second = repository.commit(on=2, author="Bo <bo@example.org>")
    repository.branch("main", "main")
    third = repository.commit(on=5)
    repository.merge("feature", on=9)
    events = told(repository.folder)
    assert days(events) == {first: 1, third: 5, second: 9}
    assert {event.id: event.data.authored_at for event in events}[second] == START + timedelta(days=2, hours=-5)


def test_trailers_are_what_git_says_they_are(repository: GitRepository) -> None:
    message = (
        "Subject\n\nReviewed-by: Nobody <inside@the.text>\n\nText.\n\n"
        "Co-authored-by: Bo\n  <bo@example.org>\nREVIEWED-BY: Cy <cy@example.org>\r\nno trailer: at all\n"
        "Tested-by : di@example.org\nAcked-by:Eve <>\nCo-authored-by Flo <flo@example.org>\nSee-also: x: y\n"
        "Signed-off-by: C <c@example.org>\n"
    )
    commit = repository.commit(message)
    assert {event.id for event in told(repository.folder)} == {
        commit,
        f"{commit}/co-authored-by/email:bo@example.org",
        f"{commit}/reviewed-by/email:cy@example.org",
        f"{commit}/tested-by/email:di@example.org",
        f"{commit}/acked-by/git-name:eve",
    }


def test_trailers_above_a_comment_line_or_a_diff_in_the_message_stay_what_they_are(repository: GitRepository) -> None:
    commit = repository.commit(
        "Subject\n\nBody\n\nReviewed-by: Bo <bo@example.org>\n(cherry picked from commit 12345)\n"
    )
    assert [event.id for event in told(repository.folder)] == [commit, f"{commit}/reviewed-by/email:bo@example.org"]


def test_names_in_any_script_and_encoding(repository: GitRepository) -> None:
    repository.commit(author="Åsa Łukasz 李 <asa@example.org>")
    repository.git("config", "i18n.commitEncoding", "ISO-8859-1")
    with opened(str(repository.folder)) as read:
        [commit] = read.commits()
    assert commit.author == Signature("Åsa Łukasz 李", "asa@example.org")


def test_latin_1_is_read_as_what_the_commit_says_it_is(repository: GitRepository) -> None:
    tree = repository.git("write-tree")
    text = f"tree {tree}\nauthor Åsa <asa@example.org> 1704067200 +0000\ncommitter C <c@x> 1704067200 +0000\n"
    raw = (text + "encoding ISO-8859-1\n\nSubject\n").encode("latin-1")
    _written(repository, raw)
    with opened(str(repository.folder)) as read:
        [commit] = read.commits()
    assert commit.author.name == "Åsa"


@pytest.mark.parametrize("stamp", ["0 +0000", "99999999999999 +0000", "", "soon"])
def test_a_date_that_cannot_be_true_is_left_out(repository: GitRepository, stamp: str) -> None:
    tree = repository.git("write-tree")
    raw = f"tree {tree}\nauthor A <a@x> {stamp}\ncommitter C <c@x> {stamp}\n\nSubject\n".encode()
    commit = _written(repository, raw)
    with opened(str(repository.folder)) as read:
        origin = Origin("c", "n", datetime.now(UTC))
        assert list(translate(landed(read.commits(), read.first_parent_line()), origin)) == [
            LeftOut(commit, "its date cannot be true")
        ]


def _written(repository: GitRepository, raw: bytes) -> str:
    command = ["git", "-C", str(repository.folder), "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    commit = subprocess.run(command, input=raw, check=True, capture_output=True).stdout.decode().strip()
    (repository.folder / ".git/refs/heads/main").write_text(commit + "\n")
    return commit


def test_settings_of_the_user_change_nothing(
    repository: GitRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("Subject\n\nReviewed-by: Bo <bo@example.org>\n")
    before = told(repository.folder)
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[log]\n showSignature = true\n mailmap = true\n date = relative\n[trailer]\n separators = %\n"
        "[color]\n ui = always\n[format]\n pretty = oneline\n[log]\n follow = true\n decorate = full\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    assert told(repository.folder) == before


def test_a_bundle_tells_the_same_as_its_repository(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit(on=1)
    repository.branch("side")
    repository.commit(on=2)
    repository.branch("main", "main")
    repository.merge("side", on=3)
    bundle = tmp_path / "garden.bundle"
    repository.git("bundle", "create", str(bundle), "main")
    assert told(bundle) == told(repository.folder)
    with opened(str(bundle)) as read:
        assert (read.name, read.branch, read.fetched_at) == ("garden", "main", None)


def test_a_clone_of_an_address_is_fetched_now(repository: GitRepository) -> None:
    repository.commit()
    before = datetime.now(UTC)
    with opened(f"file://{repository.folder}") as read:
        assert read.fetched_at is not None
        assert before <= read.fetched_at <= datetime.now(UTC)
        assert read.name == "garden"


def test_a_mirror_and_a_bare_clone_tell_the_same(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit()
    repository.git("clone", "--quiet", "--mirror", ".", str(tmp_path / "mirror.git"))
    assert told(tmp_path / "mirror.git") == told(repository.folder)


def test_a_branch_is_chosen(repository: GitRepository) -> None:
    first = repository.commit()
    repository.branch("feature")
    second = repository.commit(on=1)
    assert days(told(repository.folder)) == {first: 0, second: 1}
    assert days(told(repository.folder, "main")) == {first: 0}
    with pytest.raises(GitError, match="no branch nowhere"):
        told(repository.folder, "nowhere")


def test_a_branch_that_only_the_origin_has(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit()
    repository.branch("feature")
    commit = repository.commit(on=1)
    repository.branch("main", "main")
    repository.git("clone", "--quiet", ".", str(tmp_path / "clone"))
    assert commit in days(told(tmp_path / "clone", "feature"))


def test_without_a_head_the_only_or_the_usual_branch_is_read(repository: GitRepository) -> None:
    commit = repository.commit()
    repository.git("branch", "-m", "main", "trunk")
    (repository.folder / ".git/HEAD").write_text("ref: refs/heads/gone\n")
    assert list(days(told(repository.folder))) == [commit]
    repository.git("branch", "another", "trunk")
    with pytest.raises(GitError, match=r"which branch.*another, trunk"):
        told(repository.folder)
    repository.git("branch", "master", "trunk")
    assert list(days(told(repository.folder))) == [commit]


def test_a_detached_head_is_read(repository: GitRepository) -> None:
    commit = repository.commit()
    repository.git("checkout", "--quiet", "--detach")
    with opened(str(repository.folder)) as read:
        assert (read.tip, read.branch) == (commit, "HEAD")


def test_a_shallow_repository_says_so(repository: GitRepository, tmp_path: Path) -> None:
    repository.commit(on=1)
    repository.commit(on=2)
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.folder}", str(tmp_path / "shallow"))
    with opened(str(tmp_path / "shallow")) as read:
        assert read.is_shallow
        assert len(list(read.commits())) == 1


def test_an_empty_repository(repository: GitRepository) -> None:
    with pytest.raises(GitError, match="garden: no commits yet"):
        told(repository.folder)


def test_a_folder_that_is_no_repository(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="no git repository"):
        told(tmp_path)


def test_a_folder_inside_a_repository_is_none_itself(repository: GitRepository) -> None:
    repository.commit()
    (repository.folder / "docs").mkdir()
    with pytest.raises(GitError, match="docs: no git repository"):
        told(repository.folder / "docs")


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="no such repository or bundle"):
        told(tmp_path / "nothing")


def test_a_file_that_is_no_bundle(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no bundle")
    with pytest.raises(GitError, match=r"notes\.txt: "):
        told(tmp_path / "notes.txt")


def test_an_address_that_does_not_answer_shows_no_credentials() -> None:
    with pytest.raises(GitError) as caught:
        told("http://ada:secret@127.0.0.1:9/garden.git")
    assert "secret" not in str(caught.value)
    assert str(caught.value).startswith("127.0.0.1/garden: ")


def test_a_repository_that_breaks_while_it_is_read_is_an_error(repository: GitRepository) -> None:
    commit = repository.commit()
    repository.commit(on=1)
    with opened(str(repository.folder)) as read:
        (repository.folder / ".git/objects" / commit[:2] / commit[2:]).unlink()
        with pytest.raises(GitError):
            list(read.commits())


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ("https://github.com/rust-lang/cargo.git", "github.com/rust-lang/cargo"),
        ("https://ada:secret@GitHub.com/Rust-Lang/cargo/", "github.com/rust-lang/cargo"),
        ("git@github.com:rust-lang/cargo.git", "github.com/rust-lang/cargo"),
        ("ssh://git@example.org:2222/~ada/garden.git/", "example.org/~ada/garden"),
        ("git://example.org/garden", "example.org/garden"),
        ("/home/ada/Garden.git", "garden"),
        ("../garden.bundle", "garden"),
        ("file:///home/ada/garden/", "garden"),
        ("file:///home/ada/garden.bundle", "garden"),
        ("/home/ada/garden/.git", "garden"),
        ("/home/ada/garden/.", "garden"),
    ],
)
def test_a_name_says_which_repository_and_nothing_else(origin: str, name: str) -> None:
    assert normalised_name(origin) == name


def mailmap_of(repository: GitRepository) -> tuple[str, str, int]:
    with opened(str(repository.folder)) as read:
        mailmap = read.mailmap()
    return mailmap.text, mailmap.commit, (mailmap.changed_at - START).days


def test_the_mailmap_is_that_of_the_tip_and_dated_by_its_last_first_parent_change(repository: GitRepository) -> None:
    first = repository.commit(on=1, dot_mailmap="<a@x> <b@x>\n")
    repository.commit(on=2)
    assert mailmap_of(repository) == ("<a@x> <b@x>\n", first, 1)
    repository.branch("side")
    repository.commit(on=3, dot_mailmap="<a@x> <c@x>\n")
    repository.branch("main", "main")
    repository.commit(on=4)
    merge = repository.merge("side", on=5)
    repository.commit(on=6)
    assert mailmap_of(repository) == ("<a@x> <c@x>\n", merge, 5)
    gone = repository.commit(on=7, dot_mailmap=None)
    assert mailmap_of(repository) == ("", gone, 7)


def test_without_a_mailmap_there_is_an_empty_one(repository: GitRepository) -> None:
    tip = repository.commit(on=1)
    assert mailmap_of(repository) == ("", tip, 1)


def test_a_name_is_dated_by_the_landing_of_the_first_commit_that_bears_it(repository: GitRepository) -> None:
    repository.commit(on=1)
    repository.branch("side")
    repository.commit(on=2, author="Bo <bo@example.org>")
    repository.branch("main", "main")
    bo = repository.commit(on=3, author="Bo <bo@example.org>")
    repository.merge("side", on=4)
    with opened(str(repository.folder)) as read:
        names = {event.subject: event for event in _names(read)}
    assert names["email:bo@example.org"].id == f"named/{bo}/email:bo@example.org/Bo"


def _names(read: Repository) -> list[PersonNamed]:
    events = translate(landed(read.commits(), read.first_parent_line()), Origin("c", "n", datetime.now(UTC)))
    return [event for event in events if isinstance(event, PersonNamed)]
