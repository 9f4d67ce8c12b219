from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from events.codec import encode
from events.errors import TenfoldError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.git.conftest import GitRepository, Importer

START = datetime(2024, 1, 1, tzinfo=UTC)
KEY = b"a key for tests alone"
BO = "Bo <bo@meadow.test>"
BOT = "renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>"
AGENT = "Subject\n\nCo-authored-by: Claude <noreply@anthropic.com>\n"


def links_of(importer: Importer) -> dict[str, str | None]:
    """What the newest word on each identity is."""
    told = sorted(importer.said("person.linked", "person.unlinked"), key=lambda event: (event.time, event.id))
    return {event.subject: getattr(event.data, "person", None) for event in told}


def grown(repository: GitRepository) -> None:
    """More history: a branch that was open before lands, names and an agent come along."""
    repository.commit(AGENT, on=12, author="Bo B. <bo@meadow.test>")
    repository.merge("side", on=14)


def begun(repository: GitRepository) -> None:
    repository.commit(on=1, dot_mailmap="<ada@meadow.test> <old@meadow.test>\n")
    repository.branch("side")
    repository.commit("Subject\n\nReviewed-by: Ada <ada@meadow.test>\n", on=2, author=BO)
    repository.branch("main", "main")
    repository.commit(on=3, author="Ada <old@meadow.test>")


async def test_importing_twice_is_importing_once(repository: GitRepository, importer: Importer) -> None:
    begun(repository)
    first = await importer(repository.folder)
    told = len(importer.log.events)
    again = await importer(repository.folder)
    assert (first.commits, first.new_contributions) == (2, 2)
    assert (again.commits, again.new_contributions, again.new_events) == (2, 0, 0)
    assert len(importer.log.events) == told


async def test_two_steps_are_one(repository: GitRepository, importer: Importer) -> None:
    begun(repository)
    await importer(repository.folder)
    grown(repository)
    second = await importer(repository.folder)
    stepwise = {encode(event) for event in importer.log.events if event.type != "tenfold.source.checked.v1"}
    assert second.new_contributions == 4
    importer.log.events.clear()
    await importer(repository.folder, community="elsewhere")
    at_once = {
        encode(event.model_copy(update={"community": "garden"}))
        for event in importer.log.events
        if event.type != "tenfold.source.checked.v1"
    }
    assert stepwise == at_once


async def test_a_commit_keeps_the_landing_that_was_first_recorded(
    repository: GitRepository, importer: Importer
) -> None:
    begun(repository)
    await importer(repository.folder, branch="side")
    repository.merge("side", on=20)
    imported = await importer(repository.folder)
    assert imported.new_contributions == 1
    times = {(event.time - START).days for event in importer.said("contribution.recorded")}
    assert times == {1, 2, 3}


async def test_a_check_says_how_far_the_source_was_read(repository: GitRepository, importer: Importer) -> None:
    begun(repository)
    await importer(repository.folder)
    [check] = importer.said("source.checked")
    assert (check.source, check.data.source) == ("git:garden", "git:garden")
    assert (check.time, check.data.through, check.data.found) == (START + timedelta(days=3),) * 2 + (2,)


async def test_nothing_found_is_a_finding(repository: GitRepository, importer: Importer) -> None:
    begun(repository)
    imported = await importer(repository.folder, since=date(2025, 1, 1))
    assert (imported.commits, imported.contributions) == (0, 0)
    [check] = importer.said("source.checked")
    assert (check.data.through, check.data.found) == (START + timedelta(days=3), 0)


async def test_since_leaves_out_what_landed_before(repository: GitRepository, importer: Importer) -> None:
    begun(repository)
    grown(repository)
    imported = await importer(repository.folder, since=date(2024, 1, 13))
    assert {(event.time - START).days for event in importer.said("contribution.recorded")} == {12, 14}
    assert imported.commits == 2


async def test_a_mailmap_links_and_a_line_that_is_gone_unlinks(repository: GitRepository, importer: Importer) -> None:
    both = "<ada@meadow.test> <old@meadow.test>\n<bo@meadow.test> <b@meadow.test>\n"
    repository.commit(on=1, dot_mailmap=both)
    await importer(repository.folder)
    assert links_of(importer) == {
        "email:old@meadow.test": "email:ada@meadow.test",
        "email:b@meadow.test": "email:bo@meadow.test",
    }
    repository.commit(on=5, dot_mailmap="<bo@meadow.test> <b@meadow.test>\n")
    await importer(repository.folder)
    assert links_of(importer) == {"email:old@meadow.test": None, "email:b@meadow.test": "email:bo@meadow.test"}
    await importer(repository.folder)
    assert len(importer.said("person.unlinked")) == 1
    repository.commit(on=6, dot_mailmap=both)
    await importer(repository.folder)
    assert links_of(importer)["email:old@meadow.test"] == "email:ada@meadow.test"
    repository.commit(on=7, dot_mailmap=None)
    await importer(repository.folder)
    assert set(links_of(importer).values()) == {None}


async def test_that_a_login_is_an_account_outlives_the_mailmap(repository: GitRepository, importer: Importer) -> None:
    repository.commit(on=1, author="Ada <5+ada@users.noreply.github.com>", dot_mailmap="<a@x> <b@x>\n")
    await importer(repository.folder)
    repository.commit(on=2, dot_mailmap=None)
    await importer(repository.folder)
    assert links_of(importer) == {"github-login:ada": "github:5", "email:b@x": None}


async def test_a_mirror_is_refused_unless_wanted(repository: GitRepository, importer: Importer, tmp_path: Path) -> None:
    begun(repository)
    await importer(repository.folder)
    repository.git("clone", "--quiet", "--mirror", str(repository.folder), str(tmp_path / "mirror.git"))
    repository.git("config", "remote.origin.url", "https://example.org/mirror", at=tmp_path / "mirror.git")
    told = len(importer.log.events)
    with pytest.raises(TenfoldError, match="under git:garden already"):
        await importer(tmp_path / "mirror.git")
    assert len(importer.log.events) == told
    elsewhere = await importer(tmp_path / "mirror.git", community="elsewhere")
    assert elsewhere.new_contributions == 2
    beside = await importer(tmp_path / "mirror.git", again=True)
    assert (beside.source, beside.new_contributions) == ("git:example.org/mirror", 2)
    assert (await importer(repository.folder)).new_contributions == 0


async def test_half_of_the_commits_is_no_mirror(repository: GitRepository, importer: Importer) -> None:
    begun(repository)
    await importer(repository.folder)
    repository.commit(on=5)
    repository.commit(on=6)
    assert (await importer(repository.folder, name="fork")).new_contributions == 4


async def test_under_a_key_nobody_is_named_and_all_is_linked(repository: GitRepository, importer: Importer) -> None:
    begun(repository)
    grown(repository)
    repository.commit(on=15, author=BOT)
    await importer(repository.folder, key=KEY)
    text = b"".join(encode(event).value + encode(event).key for event in importer.log.events).decode()
    for secret in ("ada", "bo@", "Bo", "meadow.test", "claude", "anthropic", "renovate[", "29139614"):
        assert secret not in text.replace("garden", "")
    assert {event.data.reason for event in importer.said("person.classified")} == {"bot", "agent"}
    [old] = [event for event in importer.said("person.linked") if event.subject.startswith("email:")]
    people = {event.subject for event in importer.said("contribution.recorded")}
    assert {old.subject, old.data.person} <= people
    assert importer.said("person.named") == []


async def test_under_a_key_the_same_reading_gives_the_same_events(
    repository: GitRepository, importer: Importer
) -> None:
    begun(repository)
    await importer(repository.folder, key=KEY)
    assert (await importer(repository.folder, key=KEY)).new_events == 0
    grown(repository)
    assert (await importer(repository.folder, key=KEY)).new_contributions == 4
    repository.commit(on=20, dot_mailmap=None)
    await importer(repository.folder, key=KEY)
    assert len(importer.said("person.unlinked")) == 1
    with pytest.raises(TenfoldError, match="already"):
        await importer(repository.folder, key=KEY, name="mirror")


async def test_who_is_behind_a_pseudonym_is_kept_outside_of_the_log(
    repository: GitRepository, importer: Importer
) -> None:
    begun(repository)
    await importer(repository.folder, key=KEY)
    grown(repository)
    await importer(repository.folder, key=KEY)
    rows = await importer.database.fetch("select identity, handle, name from private.pseudonym where handle like '%@%'")
    assert {(row["handle"], row["name"]) for row in rows} == {
        ("ada@meadow.test", "Ada"),
        ("old@meadow.test", "Ada"),
        ("bo@meadow.test", "Bo"),
        ("noreply@anthropic.com", "Claude"),
    }


async def test_a_bot_is_told_by_all_of_its_names(repository: GitRepository, importer: Importer) -> None:
    repository.commit(on=1, author="robot[bot] <x@meadow.test>")
    repository.commit(on=2, author="Human <x@meadow.test>")
    repository.commit(on=3, author="robot[bot] <y@meadow.test>")
    await importer(repository.folder, key=KEY)
    assert len(importer.said("person.classified")) == 1


async def test_dates_that_cannot_be_true_are_told(repository: GitRepository, importer: Importer) -> None:
    repository.commit(on=1)
    repository.commit(on=20_000)
    imported = await importer(repository.folder)
    assert (imported.commits, imported.left_out) == (1, {"its date cannot be true": 1})
    assert imported.through == START + timedelta(days=1)
    repository.commit(on=20_000, dot_mailmap="<a@x> <b@x>\n")
    assert (await importer(repository.folder)).left_out["the .mailmap: its date cannot be true"] == 1
    assert importer.said("person.linked") == []
