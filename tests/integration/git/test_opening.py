"""What a person points at is opened: folders, bundles, addresses, branches; or it is said what is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from infra.ingest.git_log import normalised_name, opened
from infra.ingest.git_process import GitError
from tests.integration.git.contributions import days, told

if TYPE_CHECKING:
    from tests.integration.git.conftest import GitRepository


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
