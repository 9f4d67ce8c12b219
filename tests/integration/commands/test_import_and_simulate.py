from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from events.contributions import ContributionRecorded
from infra.commands.import_ import git
from infra.commands.simulate import simulate
from infra.ingest import event_files
from infra.simulate.scenario import Outlook
from infra.terminal.format import Format

if TYPE_CHECKING:
    from tests.integration.commands.conftest import ReadLog
    from tests.integration.git.conftest import GitRepository

UNTIL = datetime(2026, 6, 30)  # noqa: DTZ001 - as typer gives it


async def test_a_history_goes_into_the_log(
    repository: GitRepository, read_log: ReadLog, capsys: pytest.CaptureFixture[str]
) -> None:
    commit = repository.commit(on=3)
    await git(str(repository.folder), "garden", team="roses", format_=Format.JSON)
    told = json.loads(capsys.readouterr().out)
    assert (told["source"], told["commits"], told["new_contributions"]) == ("git:garden", 1, 1)
    [work] = await read_log("contributions")
    assert (work.id, work.team) == (commit, "roses")
    assert [event.type for event in await read_log("community")] == ["tenfold.source.checked.v1"]


async def test_a_summary_for_people(repository: GitRepository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit(on=3)
    repository.commit(on=20_000)
    await git(str(repository.folder), "garden", name="roses")
    assert capsys.readouterr().out.splitlines() == [
        "left out: 1 (its date cannot be true)",
        "git:roses (main): 1 commits, 1 contributions of 1 identities, up to 2024-01-04; 1 new",
    ]


async def test_a_shallow_history_is_warned_about(
    repository: GitRepository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit(on=1)
    repository.commit(on=2)
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.folder}", str(tmp_path / "shallow"))
    await git(str(tmp_path / "shallow"), "garden")
    assert "warning: a shallow repository" in capsys.readouterr().err


async def test_a_simulation_goes_into_the_log_or_into_a_file(read_log: ReadLog, tmp_path: Path) -> None:
    await simulate("garden", Outlook.GROWING, 1, 0.5, UNTIL)
    await simulate("garden", Outlook.GROWING, 1, 0.5, UNTIL, output=tmp_path / "events.jsonl.gz")
    topics = ("contributions", "people", "roles", "mentoring", "community")
    logged = {event.id for topic in topics for event in await read_log(topic)}
    assert logged == {event.id for event in event_files.read(tmp_path / "events.jsonl.gz")}
    assert len(logged) > 100


async def test_load_goes_into_the_log_or_into_a_file(read_log: ReadLog, tmp_path: Path) -> None:
    await simulate("garden", events=3000, until=UNTIL)
    await simulate("garden", events=3000, until=UNTIL, output=tmp_path / "events.jsonl.gz")
    logged = await read_log("contributions")
    assert len(logged) == 3000
    assert all(isinstance(event, ContributionRecorded) for event in logged)
    assert {event.id for event in logged} == {event.id for event in event_files.read(tmp_path / "events.jsonl.gz")}
