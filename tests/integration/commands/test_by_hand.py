from __future__ import annotations

import getpass
import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

from events.errors import TenfoldError, Transient
from infra.commands import people, record
from infra.commands.retract import retract
from infra.terminal.format import Format

if TYPE_CHECKING:
    from tests.integration.commands.conftest import ReadLog

ADA, ACCOUNT = "email:ada@example.org", "github:5"


async def test_people_are_corrected_by_events_with_an_actor(
    read_log: ReadLog, capsys: pytest.CaptureFixture[str]
) -> None:
    await people.link(ADA, ACCOUNT, "garden", "grace")
    await people.unlink(ADA, "garden", "grace")
    await people.bot(ADA, "garden", "agent", "grace")
    await people.human(ADA, "garden", "we met", "grace")
    await people.name(ADA, "Ada", "garden", "grace")
    await people.affiliate(ADA, "Analytical Engines", "garden", datetime(2024, 5, 1), "paid", "grace")  # noqa: DTZ001 - as typer gives it
    events = await read_log("by-hand")
    assert [event.type.split(".")[2] for event in events] == [
        "linked", "unlinked", "classified", "classified", "named", "affiliated",
    ]  # fmt: skip
    assert {(event.subject, event.actor, event.source) for event in events} == {(ADA, "grace", "by-hand")}
    assert [event.data.model_dump() for event in events] == [
        {"person": ACCOUNT},
        {},
        {"bot": True, "reason": "agent"},
        {"bot": False, "reason": "we met"},
        {"name": "Ada"},
        {"organisation": "Analytical Engines", "basis": "paid", "since": date(2024, 5, 1)},
    ]
    assert capsys.readouterr().out.splitlines()[0] == "garden: email:ada@example.org is github:5"


async def test_an_id_contains_what_it_asserts_and_saying_it_again_is_saying_it_anew(read_log: ReadLog) -> None:
    await people.link(ADA, ACCOUNT, "garden", "grace")
    await people.link(ADA, ACCOUNT, "garden", "grace")
    ids = {event.id for event in await read_log("by-hand")}
    assert len(ids) == 2
    assert all(event_id.startswith(f"linked/{ADA}/{ACCOUNT}/20") for event_id in ids)


async def test_whoever_is_logged_in_is_the_actor(read_log: ReadLog) -> None:
    await people.unlink(ADA, "garden")
    [event] = await read_log("by-hand")
    assert event.actor == getpass.getuser()


async def test_a_goal_is_recorded(read_log: ReadLog, capsys: pytest.CaptureFixture[str]) -> None:
    on, due = datetime(2024, 1, 1), datetime(2029, 1, 1)  # noqa: DTZ001 - as typer gives them
    await record.goal("garden", 12, on, due, source=["git:b", "git:a"], actor="grace", format_=Format.JSON)
    [event] = await read_log("by-hand")
    assert event.data.model_dump() == {
        "baseline": 12,
        "baseline_on": date(2024, 1, 1),
        "factor": 10,
        "due_on": date(2029, 1, 1),
        "sources": ("git:a", "git:b"),
    }
    assert event.id.startswith("goal/12/2024-01-01/10/2029-01-01/git:a,git:b/")
    assert json.loads(capsys.readouterr().out)["id"] == event.id


async def test_a_contribution_or_a_source_is_taken_back(read_log: ReadLog) -> None:
    await retract("git:garden", "garden", "a test", id_="abc", actor="grace")
    await retract("git:garden", "garden", "a mirror", before=datetime(2024, 1, 1), actor="grace")  # noqa: DTZ001
    await retract("git:garden", "garden", "a mirror", actor="grace")
    events = await read_log("by-hand")
    assert len(events) == 3
    retracted = [event.data.model_dump(mode="json") for event in events if "retracted" in event.type]
    assert retracted == [{"retracts": {"source": "git:garden", "id": "abc"}, "reason": "a test"}]
    withdrawn = [event.data.model_dump(mode="json")["before"] for event in events if "withdrawn" in event.type]
    assert sorted(withdrawn, key=str) == ["2024-01-01T00:00:00Z", None]


async def test_under_a_key_what_is_said_by_hand_names_nobody(
    read_log: ReadLog, monkeypatch: pytest.MonkeyPatch, database: asyncpg.Connection
) -> None:
    monkeypatch.setenv("TENFOLD_PSEUDONYM_KEY", "a key for tests alone")
    await people.link(ADA, ACCOUNT, "garden", "grace")
    await people.name(ADA, "Ada", "garden", "grace")
    [event] = await read_log("by-hand")
    assert event.subject != ADA
    assert (event.subject or "").startswith("email:~")
    assert event.actor != "grace"
    rows = await database.fetch("select handle, name from private.pseudonym where identity = $1", event.subject)
    assert [tuple(row) for row in rows] == [("ada@example.org", "Ada")]


async def test_a_community_that_the_policy_does_not_list_is_refused_before_anything_is_sent(
    read_log: ReadLog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "policy.toml").write_text("[communities.rust]\n")
    monkeypatch.setenv("TENFOLD_POLICY_FILE", str(tmp_path / "policy.toml"))
    with pytest.raises(TenfoldError, match="the policy lists no community garden"):
        await people.unlink(ADA, "garden", "grace")
    assert await read_log("by-hand") == []


async def test_a_broker_that_is_away_is_an_error_and_no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENFOLD_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9")
    with pytest.raises(Transient, match="no Kafka broker answers"):
        await people.unlink(ADA, "garden", "grace")


async def test_a_database_that_is_away_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENFOLD_DATABASE_URL", "postgresql://tenfold@127.0.0.1:9/tenfold")
    with pytest.raises(Transient, match=r"PostgreSQL does not answer at 127\.0\.0\.1:9"):
        await people.unlink(ADA, "garden", "grace")
