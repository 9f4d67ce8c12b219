from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from events.codec import encode
from events.errors import TenfoldError
from events.sources.roles.formats import FORMATS
from events.sources.roles.replay import RolesOrigin
from infra.ingest.git_log import opened
from infra.ingest.pseudonymising import Edge
from infra.ingest.publisher import Publisher
from infra.ingest.role_import import ImportedRoles, RolesImport
from projections.policy.policy import CommunityPolicy
from tests.integration.git.conftest import Log
from tests.integration.git.test_role_history import grown, put
from tests.role_histories.told import history_of, told_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import asyncpg

    from tests.integration.evaluator.conftest import Tell
    from tests.integration.git.conftest import GitRepository

KEY = b"a key for tests alone"


class Roles:
    """Imports role files into a log, and has a worker's facts follow it."""

    def __init__(self, database: asyncpg.Connection, tell: Tell) -> None:
        self.database, self._tell, self.log = database, tell, Log()

    async def __call__(self, location: Path, format_name: str, key: bytes | None = None) -> ImportedRoles:
        before = len(self.log.events)
        with opened(str(location)) as repository:
            origin = RolesOrigin("garden", repository.name, datetime.now(UTC), format=format_name)
            publisher = Publisher("garden", self.database, self.log, Edge(CommunityPolicy(), key))
            imported = await RolesImport(publisher, repository, origin).run(lambda _steps=1: None)
        await self._tell(self.log.events[before:])
        return imported

    def said(self, *names: str) -> list[Any]:
        return [event for event in self.log.events if event.type in {f"tenfold.{name}.v1" for name in names}]

    def facts(self) -> set[Any]:
        return {encode(event) for event in self.log.events if event.type != "tenfold.source.checked.v1"}


@pytest.fixture
def roles(database: asyncpg.Connection, tell: Tell) -> Roles:
    return Roles(database, tell)


@pytest.mark.parametrize("name", list(FORMATS))
@pytest.mark.parametrize("key", [None, KEY])
async def test_two_steps_are_one_and_twice_is_once(
    name: str, key: bytes | None, repository: GitRepository, roles: Roles
) -> None:
    commits = history_of(name)
    grown(repository, commits[: len(commits) // 2])
    await roles(repository.folder, name, key)
    grown(repository, commits[len(commits) // 2 :])
    second = await roles(repository.folder, name, key)
    again = await roles(repository.folder, name, key)
    stepwise = roles.facts()
    assert (again.new_events, again.events, again.seats) == (0, second.events, second.seats)
    assert len(roles.facts()) == len([e for e in roles.log.events if e.type != "tenfold.source.checked.v1"])
    await roles.database.execute("truncate facts.contribution_fact, facts.other_fact")
    roles.log.events.clear()
    once = await roles(repository.folder, name, key)
    assert roles.facts() == stepwise
    assert (once.seats, once.holders) == (second.seats, second.holders)
    assert once.seats == len(told_of(name).seats())
    assert len(once.problems) == len(told_of(name).items) - len(told_of(name).events)


async def test_a_reading_ends_with_how_far_it_went(repository: GitRepository, roles: Roles) -> None:
    commits = history_of("mots")
    grown(repository, commits)
    imported = await roles(repository.folder, "mots")
    [check] = roles.said("source.checked")
    assert check.source == check.data.source == imported.source == "roles:garden:mots"
    assert check.data.through == imported.through == commits[-1].at
    assert (check.data.found, imported.commits) == (len(commits), len(commits))


async def test_under_a_key_nobody_is_named(repository: GitRepository, roles: Roles) -> None:
    hashes = grown(repository, history_of("sigs"))
    await roles(repository.folder, "sigs", KEY)
    written = " ".join(repr(event) for event in roles.log.events)
    for personal in ("dev1", "Person 1", "Renamed", "k8s-ci-robot", "@", *hashes):
        assert personal not in written
    assert roles.said("person.named") == []
    granted = roles.said("role.granted")
    assert all(event.subject.startswith("github-login:~") for event in granted)
    assert all(event.data.evidence is None for event in granted)
    ordinals = [event.id.partition("/")[0] for event in granted]
    assert ordinals == sorted(ordinals)
    assert set(ordinals) >= {"00000002"}
    known = await roles.database.fetch("select handle, name from private.pseudonym")
    assert {"handle": "dev1", "name": "Person One-Renamed"} in [dict(row) for row in known]


async def test_a_bot_that_holds_a_role_is_told_apart_before_it_is_hidden(
    repository: GitRepository, roles: Roles
) -> None:
    grown(repository, history_of("codeowners"))
    await roles(repository.folder, "codeowners", KEY)
    [bot] = roles.said("person.classified")
    assert (bot.data.bot, bot.data.reason) == (True, "bot")
    assert bot.subject in {event.subject for event in roles.said("role.granted")}


async def test_one_repository_has_several_formats_beside_each_other(repository: GitRepository, roles: Roles) -> None:
    put(repository, {"CODEOWNERS": "* @a\n", "OWNERS": "approvers: [a]\n"})
    await roles(repository.folder, "codeowners")
    await roles(repository.folder, "owners")
    assert {event.source for event in roles.said("role.granted")} == {"roles:garden:codeowners", "roles:garden:owners"}


@pytest.mark.parametrize("files", [{"README": "x"}, {"vendor/OWNERS": "approvers: [a]\n"}])
async def test_a_repository_without_such_files_is_refused(
    files: dict[str, str | None], repository: GitRepository, roles: Roles
) -> None:
    put(repository, files)
    with pytest.raises(TenfoldError, match="no role files"):
        await roles(repository.folder, "owners")


async def test_a_shallow_repository_is_refused(repository: GitRepository, roles: Roles, tmp_path: Path) -> None:
    commits: Sequence[Any] = history_of("codeowners")
    grown(repository, commits)
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.folder}", str(tmp_path / "shallow"))
    with pytest.raises(TenfoldError, match="shallow"):
        await roles(tmp_path / "shallow", "codeowners")
