from __future__ import annotations

import json
import shlex
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
import pytest

from events.contributions import ContributionRecorded
from events.envelope import Event
from events.people import PersonClassified, PersonLinked, PersonNamed
from events.pseudonyms import KnownPerson
from events.roles import RoleGranted
from infra.commands.matching import unseen
from infra.terminal.format import Format
from projections.facts import standing
from tests.integration.evaluator import conftest as facts

tell = facts.tell
"""The fixture that writes facts as the worker does."""

Tell = Callable[[Sequence[Event]], Awaitable[None]]
AT = datetime(2024, 5, 1, 9, tzinfo=UTC)
DAY = date(2024, 5, 31)
HIDDEN = "email:~aaaaaaaaaaaaaaaaaaaa"


def told(type_: type[Event], id_: str, subject: str, **data: object) -> Event:
    about = {"id": id_, "source": "git:moss", "community": "moss", "time": AT, "subject": subject}
    return type_.model_validate(about | {"data": data})


def seat(subject: str, role: str = "lead", **data: object) -> Event:
    return told(RoleGranted, f"{subject} {role}", subject, role=role, scope="core", **data)


def commit(subject: str) -> Event:
    return told(ContributionRecorded, f"commit of {subject}", subject, kind="commit")


HISTORY = [
    seat("github:1"), seat("github:1", "chair"), seat("github:2"), seat("github:3"), seat("github:4", "member"),
    told(PersonLinked, "login", "github-login:ada", person="github:1"),
    told(PersonNamed, "of 1", "github:1", name="Ada Lovelace"),
    told(PersonNamed, "of 3", "github:3", name="Grace"),
    commit("github:2"),
    commit("email:ada@example.org"),
    commit("email:countess@example.org"),
    told(PersonNamed, "of c", "email:countess@example.org", name="ada lovelace"),
    commit("git-name:ada lovelace"),
    told(PersonClassified, "bot", "git-name:ada lovelace", bot=True, reason="bot"),
]  # fmt: skip


@pytest.fixture
async def moss(tell: Tell) -> Tell:
    """A community with leaders seen and unseen; tells more of it."""
    await tell(HISTORY)
    return tell


async def asked(capsys: pytest.CaptureFixture[str], *, all_seats: bool = False) -> list[dict[str, Any]]:
    capsys.readouterr()
    await unseen("moss", all_seats=all_seats, as_of=DAY, format_=Format.JSON)
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.usefixtures("moss")
async def test_leaders_without_known_work_and_whom_they_might_be(capsys: pytest.CaptureFixture[str]) -> None:
    ada, grace = await asked(capsys)
    assert (ada["person"], ada["called"]) == ("github:1", ["Ada Lovelace", "ada"])
    assert ada["seats"] == [{"role": "chair", "scope": "core"}, {"role": "lead", "scope": "core"}]
    assert {one["person"]: one["because"] for one in ada["suggestions"]} == {
        "email:ada@example.org": [{"trait": "login", "value": "ada"}],
        "email:countess@example.org": [{"trait": "name", "value": "Ada Lovelace"}],
    }
    assert (grace["person"], grace["suggestions"]) == ("github:3", [])


@pytest.mark.usefixtures("moss")
async def test_the_text_prints_the_commands_to_be_run(capsys: pytest.CaptureFixture[str]) -> None:
    await unseen("moss", as_of=DAY)
    assert capsys.readouterr().out == (
        "moss: 2 of 3 leaders have no known work on 31 May 2024\n"
        "\n"
        "github:1 (Ada Lovelace, ada)\n"
        "  chair of core; lead of core\n"
        "  the same login (ada), if that is them:\n"
        "    tenfold people link email:ada@example.org github:1 --community moss\n"
        "  the same name (Ada Lovelace), if that is them:\n"
        "    tenfold people link email:countess@example.org github:1 --community moss\n"
        "\n"
        "github:3 (Grace)\n"
        "  lead of core\n"
        "\n"
        "Nothing is linked before you say so: two people of one name are two.\n"
    )


@pytest.mark.usefixtures("moss")
async def test_holders_of_any_seat_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    assert [one["person"] for one in await asked(capsys, all_seats=True)] == ["github:1", "github:3", "github:4"]


async def test_who_is_linked_as_suggested_is_seen(moss: Tell, capsys: pytest.CaptureFixture[str]) -> None:
    ada, _ = await asked(capsys)
    words = shlex.split(ada["suggestions"][0]["command"])
    assert words[:3] == ["tenfold", "people", "link"]
    await moss([told(PersonLinked, "as suggested", words[3], person=words[4])])
    assert [one["person"] for one in await asked(capsys)] == ["github:3"]


async def test_whom_pseudonyms_hide_is_recognised_by_whoever_runs_it(
    moss: Tell, database: asyncpg.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    await standing.remember(database, [KnownPerson(HIDDEN, "hopper@example.org", "Grace")])
    await moss([commit(HIDDEN)])
    _, grace = await asked(capsys)
    assert [one["person"] for one in grace["suggestions"]] == [HIDDEN]
    assert shlex.split(grace["suggestions"][0]["command"])[3] == HIDDEN


async def test_without_roles_there_is_nobody_to_be_seen(tell: Tell, capsys: pytest.CaptureFixture[str]) -> None:
    await tell([commit("github:2")])
    assert await asked(capsys) == []
    await unseen("moss", as_of=DAY)
    assert capsys.readouterr().out == "moss: no role was ever recorded\n"
