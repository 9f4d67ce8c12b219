"""That commits count on days of their own is told once, and `explain` says it.

Source: docs/definitions.md, "How sources become facts", git history.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from events.contributions import SourceWithdrawn, Withdrawal
from projections.evaluation.evaluator import load_community
from projections.explain.explain import Question, explain
from projections.policy.policy import CommunityPolicy, Policy, SourcePolicy
from reports.explanation import Explained
from reports.text.explanation import explanation_text
from tests.integration.git.test_when_work_counts import absorbed, made, merged, rewritten

if TYPE_CHECKING:
    from pathlib import Path

    import asyncpg

    from tests.integration.git.conftest import GitRepository, Importer

LANDED = "48 commits of git:garden that landed on 15 Jan 2025 count on the days on which they were committed, "
ABSORBED = f"{LANDED}15 Feb 2020 to 15 Nov 2023"
BULK = "25 commits of git:garden made in bulk on 10 Jun 2026 count on the days on which they were authored"
DEFAULTS = Policy()


async def told(
    database: asyncpg.Connection,
    on: str,
    metric: str = "active_contributors",
    policy: Policy = DEFAULTS,
    **labels: str,
) -> tuple[list[str], str]:
    """The sentences of the JSON about a number, and its text on one line."""
    known, day = await load_community(database, "garden", policy), date.fromisoformat(on)
    assert known
    history = known.history(date(2025, 6, 30))
    found = Explained.of("garden", await explain(database, known.snapshot, history, Question(metric, labels, day)))
    return [one.sentence for one in found.dated or ()], " ".join(explanation_text(found, found.people, 0).split())


@pytest.mark.parametrize("key", [None, b"a key for tests alone"])
async def test_what_landed_late_is_told_once_and_explained(
    repository: GitRepository, importer: Importer, database: asyncpg.Connection, key: bytes | None
) -> None:
    absorbed(repository)
    await importer(repository.folder, key=key)
    [event] = importer.said("source.dated")
    assert (event.subject, event.data.commits, event.data.on) == (None, 48, date(2025, 1, 15))
    assert (event.data.first, event.data.last) == (date(2020, 2, 15), date(2023, 11, 15))
    assert (await importer(repository.folder, key=key)).new_events == 0
    for day in ("2023-11-30", "2025-01-31"):
        sentences, text = await told(database, day)
        assert sentences == [ABSORBED]
        assert f"{ABSORBED}." in text
    assert (await told(database, "2024-06-30"))[0] == []


async def test_the_days_of_a_number_say_whether_it_is_told(
    repository: GitRepository, importer: Importer, database: asyncpg.Connection
) -> None:
    absorbed(repository)
    await importer(repository.folder)
    assert (await told(database, "2024-06-30", window_days="365"))[0] == [ABSORBED]
    assert (await told(database, "2024-06-30", window_days="30"))[0] == []
    assert (await told(database, "2023-11-30", "growth_ratio"))[0] == [ABSORBED]
    assert (await told(database, "2023-11-30", "leaders"))[0] == []
    teams = Policy(communities={"garden": CommunityPolicy(sources={"git:garden": SourcePolicy(team="beds")})})
    assert (await told(database, "2023-11-30", "team_active_contributors", teams, team="beds"))[0] == [ABSORBED]
    assert (await told(database, "2023-11-30", "team_active_contributors", teams, team="paths"))[0] == []


async def test_a_bulk_is_explained(
    repository: GitRepository, importer: Importer, tmp_path: Path, database: asyncpg.Connection
) -> None:
    await importer(rewritten(repository, tmp_path, by="lead"))
    [event] = importer.said("source.dated")
    assert event.data.why == "bulk"
    known = await load_community(database, "garden", DEFAULTS)
    assert known
    day = date(2026, 5, 31)
    question = Question("active_contributors", {}, day)
    found = Explained.of("garden", await explain(database, known.snapshot, known.history(day), question))
    assert [one.sentence for one in found.dated or ()] == [
        f"{BULK}, 4 May 2026 to 8 May 2026",
    ]


async def test_a_part_of_a_history_tells_nothing(repository: GitRepository, importer: Importer, tmp_path: Path) -> None:
    absorbed(repository)
    await importer(repository.folder, since=date(2021, 1, 1))
    shallow = tmp_path / "shallow"
    repository.git("clone", "--quiet", "--depth", "40", f"file://{repository.folder}", str(shallow), at=tmp_path)
    await importer(shallow, name="garden")
    assert importer.said("source.dated") == []


async def test_of_two_readings_the_later_is_told_and_of_a_withdrawn_source_none(
    repository: GitRepository, importer: Importer, database: asyncpg.Connection
) -> None:
    absorbed(repository)
    await importer(repository.folder)
    repository.git("checkout", "--quiet", "-b", "late", "main~3")
    made(repository, "fay", "2023-12-01")
    repository.git("checkout", "--quiet", "main")
    merged(repository, "late", "2025-01-15")
    await importer(repository.folder)
    assert len(importer.said("source.dated")) == 2
    later = f"{LANDED.replace('48', '49')}15 Feb 2020 to 1 Dec 2023"
    assert (await told(database, "2025-01-31"))[0] == [later]
    made(repository, "ana", "2025-06-20")
    await importer(repository.folder, name="elsewhere", again=True)
    [check, *_] = importer.said("source.checked")
    data = Withdrawal(source=check.source)
    gone = SourceWithdrawn(id="gone", source=check.source, community="garden", time=check.time, data=data)
    await importer.remembers([gone])
    assert (await told(database, "2025-01-31"))[0] == [later.replace("git:garden", "git:elsewhere")]
