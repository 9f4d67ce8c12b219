from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra.commands import import_roles
from infra.commands.import_roles import RolesFormat, roles
from tests.integration.git.test_role_history import grown, put
from tests.role_histories.told import history_of, told_of

if TYPE_CHECKING:
    from tests.integration.commands.conftest import ReadLog
    from tests.integration.git.conftest import GitRepository


async def test_role_files_go_into_the_log_and_the_format_is_said(
    repository: GitRepository, read_log: ReadLog, capsys: pytest.CaptureFixture[str]
) -> None:
    grown(repository, history_of("sigs"))
    put(repository, {"OWNERS": "approvers: [a]\n"}, history_of("sigs")[-1].at)
    await roles(str(repository.folder), "garden")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "format: sigs (also here, each to be read with its own --format: owners)"
    assert said[1].endswith(": it is not there yet")
    told = told_of("sigs")
    assert said[-1] == (
        f"roles:garden:sigs (main): {len(history_of('sigs'))} commits changed role files, up to 2021-03-17; "
        f"{len(told.seats())} seats held by {len({seat[2] for seat in told.seats()})} identities at the end; "
        f"{len(told.events)} events new of {len(told.events)}"
    )
    written = [*await read_log("roles"), *await read_log("people"), *await read_log("community")]
    assert len(written) == len(told.events) + 1


async def test_many_problems_are_counted(
    repository: GitRepository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_roles, "SHOWN_PROBLEMS", 2)
    put(repository, {f"part{number}/OWNERS": "&a [*a]" for number in range(5)} | {"OWNERS": "approvers: [a]"})
    await roles(str(repository.folder), "garden", RolesFormat.OWNERS, "roses")
    said = capsys.readouterr().out.splitlines()
    assert [line.split(": ", 1)[1] for line in said[:2]] == [
        f"part{number}/OWNERS does not parse (*a stands inside of what it means): it is not there yet"
        for number in range(2)
    ]
    assert said[2] == "… and 3 more of these"
    assert said[3].startswith("roles:roses:owners (main): 1 commits changed role files")
