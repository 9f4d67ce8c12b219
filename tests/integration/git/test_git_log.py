from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from events.people import PersonNamed
from events.sources.addresses import Signature
from events.sources.commits import Origin
from events.sources.git import LeftOut, translate
from infra.ingest.git_history import history
from infra.ingest.git_log import Repository, opened
from tests.integration.git.contributions import START, days, told

if TYPE_CHECKING:
    from tests.integration.git.conftest import GitRepository


def test_commits_land_when_the_branch_takes_them(repository: GitRepository) -> None:
    first = repository.commit(on=1)
    repository.branch("feature")
    second = repository.commit(on=2, author="Bo <bo@meadow.test>")
    repository.branch("main", "main")
    third = repository.commit(on=5)
    repository.merge("feature", on=9)
    events = told(repository.folder)
    assert days(events) == {first: 1, third: 5, second: 9}
    assert {event.id: event.data.authored_at for event in events}[second] == START + timedelta(days=2, hours=-5)


def test_trailers_are_what_git_says_they_are(repository: GitRepository) -> None:
    message = (
        "Subject\n\nReviewed-by: Nobody <inside@the.text>\n\nText.\n\n"
        "Co-authored-by: Bo\n  <bo@meadow.test>\nREVIEWED-BY: Cy <cy@meadow.test>\r\nno trailer: at all\n"
        "Tested-by : di@meadow.test\nAcked-by:Eve <>\nCo-authored-by Flo <flo@meadow.test>\nSee-also: x: y\n"
        "Signed-off-by: C <c@meadow.test>\n"
    )
    commit = repository.commit(message)
    assert {event.id for event in told(repository.folder)} == {
        commit,
        f"{commit}/co-authored-by/email:bo@meadow.test",
        f"{commit}/reviewed-by/email:cy@meadow.test",
        f"{commit}/tested-by/email:di@meadow.test",
        f"{commit}/acked-by/git-name:eve",
    }


def test_trailers_above_a_comment_line_or_a_diff_in_the_message_stay_what_they_are(repository: GitRepository) -> None:
    commit = repository.commit(
        "Subject\n\nBody\n\nReviewed-by: Bo <bo@meadow.test>\n(cherry picked from commit 12345)\n"
    )
    assert [event.id for event in told(repository.folder)] == [commit, f"{commit}/reviewed-by/email:bo@meadow.test"]


def test_names_in_any_script_and_encoding(repository: GitRepository) -> None:
    repository.commit(author="Åsa Łukasz 李 <asa@meadow.test>")
    repository.git("config", "i18n.commitEncoding", "ISO-8859-1")
    with opened(str(repository.folder)) as read:
        [commit] = read.commits()
    assert commit.author == Signature("Åsa Łukasz 李", "asa@meadow.test")


def test_latin_1_is_read_as_what_the_commit_says_it_is(repository: GitRepository) -> None:
    tree = repository.git("write-tree")
    text = f"tree {tree}\nauthor Åsa <asa@meadow.test> 1704067200 +0000\ncommitter C <c@x> 1704067200 +0000\n"
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
        assert list(translate(history(read, origin), origin)) == [LeftOut(commit, "its date cannot be true")]


def _written(repository: GitRepository, raw: bytes) -> str:
    command = ["git", "-C", str(repository.folder), "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    commit = subprocess.run(command, input=raw, check=True, capture_output=True).stdout.decode().strip()
    (repository.folder / ".git/refs/heads/main").write_text(commit + "\n")
    return commit


def test_settings_of_the_user_change_nothing(
    repository: GitRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("Subject\n\nReviewed-by: Bo <bo@meadow.test>\n")
    before = told(repository.folder)
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[log]\n showSignature = true\n mailmap = true\n date = relative\n[trailer]\n separators = %\n"
        "[color]\n ui = always\n[format]\n pretty = oneline\n[log]\n follow = true\n decorate = full\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    assert told(repository.folder) == before


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
    repository.commit(on=2, author="Bo <bo@meadow.test>")
    repository.branch("main", "main")
    bo = repository.commit(on=3, author="Bo <bo@meadow.test>")
    repository.merge("side", on=4)
    with opened(str(repository.folder)) as read:
        names = {event.subject: event for event in _names(read)}
    assert names["email:bo@meadow.test"].id == f"named/{bo}/email:bo@meadow.test/Bo"


def _names(read: Repository) -> list[PersonNamed]:
    origin = Origin("c", "n", datetime.now(UTC))
    events = translate(history(read, origin), origin)
    return [event for event in events if isinstance(event, PersonNamed)]
