"""Histories in which a landing tells nothing of when work was done, made small after what was reported of such tools.

Source: docs/definitions.md, "How sources become facts", git history.
"""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from events.checks import SourceChecked
from events.contributions import (
    AgentDeclared,
    ContributionRecorded,
    ContributionRetracted,
    EventReference,
    Retraction,
)
from events.errors import TenfoldError
from events.sources.commits import Origin
from infra.ingest.git_history import history
from infra.ingest.git_log import opened
from infra.ingest.pseudonymising import Edge
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import Series, series, series_of
from tests.integration.git.contributions import told
from tests.integration.git.numbers import read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from events.catalog import AnyEvent
    from tests.integration.git.conftest import GitRepository, Importer

FIVE = ("ana", "bo", "cyd", "dan", "eve")


def made(
    repository: GitRepository, who: str, when: str, committed: str = "", by: str = "", at: Path | None = None
) -> None:
    """A commit of somebody's, made `when` and committed then too unless told otherwise; `by` somebody else, perhaps."""
    repository.git("commit", "--quiet", "--allow-empty", "-m", "Work", at=at, dates=stamped(who, when, committed, by))


def merged(repository: GitRepository, branch: str, when: str) -> None:
    strange = ("merge", "--quiet", "--no-ff", "--allow-unrelated-histories", "-m", "Merge", branch)
    repository.git(*strange, dates=stamped("ana", when))


def stamped(who: str, when: str, committed: str = "", by: str = "") -> dict[str, str]:
    committer = by or who
    return {
        "GIT_AUTHOR_NAME": who,
        "GIT_AUTHOR_EMAIL": f"{who}@meadow.test",
        "GIT_AUTHOR_DATE": dated(when),
        "GIT_COMMITTER_NAME": committer,
        "GIT_COMMITTER_EMAIL": f"{committer}@meadow.test",
        "GIT_COMMITTER_DATE": dated(committed or when),
    }


def dated(when: str) -> str:
    return when if when.startswith("@") else f"{when}T10:00:00Z"


def active(events: Sequence[AnyEvent], day: str, window: int = 90) -> float:
    on = date.fromisoformat(day)
    return fold(events, CommunityPolicy(), on).value(series("active_contributors", window_days=window), on)


def without_checks(importer: Importer) -> list[AnyEvent]:
    """What stands in the log, on any day: that nobody reads the repository later is not what is asked."""
    return [event for event in importer.log.events if not isinstance(event, SourceChecked)]


def months(year: int, first: int, last: int, day: int = 10) -> list[str]:
    return [f"{year}-{month:02}-{day}" for month in range(first, last + 1)]


def test_a_merge_by_a_clock_of_2106_moves_nobody(repository: GitRepository) -> None:
    for day in ("2026-03-01", "2026-03-02", "2026-03-03"):
        made(repository, "maintainer", day)
    repository.branch("feature")
    for number in range(1, 7):
        for day in ("2026-03-10", "2026-03-17", "2026-03-24"):
            made(repository, f"dev{number}", day)
    repository.branch("main", "main")
    merged(repository, "feature", "@4294967290 +0000")
    for day in ("2026-04-01", "2026-04-02", "2026-04-03"):
        made(repository, "maintainer", day)
    assert active(read(repository.folder), "2026-04-30") == 7
    assert len(told(repository.folder)) == 24


def test_odd_time_zones_move_nothing(repository: GitRepository) -> None:
    made(repository, "ana", "2026-05-01")
    parent = repository.git("rev-parse", "HEAD")
    tree = repository.git("rev-parse", "HEAD^{tree}")
    for zone in ("+051800", "-13068837", "+2400", "-9999", "5"):
        line = f"Bo <bo@meadow.test> 1778500000 {zone}"
        raw = f"tree {tree}\nparent {parent}\nauthor {line}\ncommitter {line}\n\nodd zone\n".encode()
        command = ["git", "-C", str(repository.folder), "hash-object", "-t", "commit", "-w", "--literally", "--stdin"]
        parent = subprocess.run(command, input=raw, check=True, capture_output=True).stdout.decode().strip()
    repository.git("update-ref", "refs/heads/main", parent)
    made(repository, "ana", "2026-05-20")
    found = told(repository.folder)
    assert len(found) == 7
    assert {event.time.date() for event in found if event.subject == "email:bo@meadow.test"} == {date(2026, 5, 11)}


def absorbed(repository: GitRepository) -> None:
    """A project that five work on every month takes in a library of 33 others, who worked years before."""
    for day in months(2024, 1, 12):
        for who in FIVE:
            made(repository, who, day)
    repository.git("checkout", "--quiet", "--orphan", "lib")
    for number, day in enumerate(f"{year}-{month:02}-15" for year in range(2020, 2024) for month in (2, 5, 8, 11)):
        for one in (f"old{number}.1", f"old{number}.2", "keep"):
            made(repository, one, day)
    repository.git("checkout", "--quiet", "main")
    merged(repository, "lib", "2025-01-15")
    for day in months(2025, 2, 6):
        for who in FIVE:
            made(repository, who, day)


def test_an_absorbed_history_counts_when_it_was_made(repository: GitRepository) -> None:
    absorbed(repository)
    events = read(repository.folder)
    assert active(events, "2025-01-31") == 5
    assert active(events, "2023-11-30", 365) == 9


async def test_the_importer_says_what_it_dated_so(repository: GitRepository, importer: Importer) -> None:
    absorbed(repository)
    imported = await importer(repository.folder)
    [one] = imported.own_dates
    merge = repository.git("rev-list", "--merges", "main")
    assert (one.commits, one.day, one.merge) == (48, date(2025, 1, 15), merge)
    assert one.line() == (
        f"48 commits that landed with {merge[:12]} of 2025-01-15 count on the days on which they were committed"
    )


def swapped(repository: GitRepository) -> None:
    """Somebody pulls into a stale branch and pushes that: the line of all becomes the second parent."""
    made(repository, "ana", "2024-12-01")
    repository.branch("mine")
    made(repository, "zoe", "2024-12-02")
    repository.branch("main", "main")
    for day in months(2025, 1, 12):
        for who in (*FIVE, "fay"):
            made(repository, who, day)
    repository.git("branch", "before")
    repository.branch("mine", "mine")
    merged(repository, "main", "2025-12-20")
    repository.branch("main", "mine")


def test_a_swapped_merge_moves_nobody(repository: GitRepository) -> None:
    swapped(repository)
    events = read(repository.folder)
    assert active(events, "2025-06-30") == 6
    assert active(events, "2025-12-31") == 6


async def test_who_read_before_a_swapped_merge_and_who_reads_after_it_see_the_same(
    repository: GitRepository, importer: Importer
) -> None:
    swapped(repository)
    await importer(repository.folder, branch="before", name="garden")
    await importer(repository.folder, branch="main", name="garden")
    stepwise = without_checks(importer)
    assert importer.said("contribution.retracted") == []
    for day in ("2025-06-30", "2025-12-19", "2026-01-31"):
        assert active(stepwise, day) == active(read(repository.folder), day) == 6


def rewritten(repository: GitRepository, tmp_path: Path, by: str = "") -> Path:
    """The same work under other hashes: the branch was rebased in June, by each or by one of them."""
    days = [f"2026-05-{day:02}" for day in (4, 5, 6, 7, 8)]
    for day in days:
        for who in FIVE:
            made(repository, who, day)
    after = tmp_path / "after" / "garden"
    repository.git("clone", "--quiet", str(repository.folder), str(after))
    repository.git("checkout", "--quiet", "--orphan", "clean", at=after)
    for day in days:
        for who in FIVE:
            made(repository, who, day, "2026-06-10", by, at=after)
    repository.git("branch", "--quiet", "-M", "clean", "main", at=after)
    return after


async def test_what_a_rewritten_branch_lost_is_told_and_taken_back_on_request(
    repository: GitRepository, importer: Importer, tmp_path: Path
) -> None:
    after = rewritten(repository, tmp_path)
    await importer(repository.folder, name="garden")
    second = await importer(after, name="garden")
    assert (second.new_contributions, second.gone, second.retracted) == (25, 25, 0)
    third = await importer(after, name="garden", retract_gone=True)
    assert (third.new_contributions, third.gone, third.retracted) == (0, 25, 25)
    events = importer.log.events
    on = date(2026, 6, 30)
    found = fold(events, CommunityPolicy(), on)
    assert found.value(series("contributions", window_days=90), on) == 25
    assert active(events, "2026-06-30") == 5
    fourth = await importer(after, name="garden", retract_gone=True)
    assert (fourth.new_events, fourth.gone) == (0, 0)


async def test_what_came_back_to_the_branch_counts_again(
    repository: GitRepository, importer: Importer, tmp_path: Path
) -> None:
    after = rewritten(repository, tmp_path)
    fresh = read(repository.folder)
    for folder in (repository.folder, after, repository.folder, after, repository.folder):
        await importer(folder, name="garden", retract_gone=True)
    for day in ("2026-05-06", "2026-05-31", "2026-06-30"):
        assert active(importer.log.events, day) == active(fresh, day) == 5
    on = date(2026, 6, 30)
    assert fold(importer.log.events, CommunityPolicy(), on).value(series("contributions", window_days=90), on) == 25
    assert (await importer(repository.folder, name="garden", retract_gone=True)).new_events == 0


async def test_what_is_gone_cannot_be_told_by_a_part(
    repository: GitRepository, importer: Importer, tmp_path: Path
) -> None:
    for day in months(2025, 1, 4):
        made(repository, "ana", day)
    await importer(repository.folder, name="garden")
    shallow = tmp_path / "shallow"
    repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.folder}", str(shallow), at=tmp_path)
    with pytest.raises(TenfoldError, match="by a part of a history"):
        await importer(shallow, name="garden", retract_gone=True)
    with pytest.raises(TenfoldError, match="by a part of a history"):
        await importer(repository.folder, name="garden", since=date(2025, 3, 1), retract_gone=True)
    assert (await importer(shallow, name="garden")).gone == 0


async def test_what_somebody_took_back_stays_taken_back(repository: GitRepository, importer: Importer) -> None:
    absorbed(repository)
    old = by_the_rule_before(repository, None)
    [wrong] = [
        one for one in old if isinstance(one, ContributionRecorded) and one.subject == "email:old0.1@meadow.test"
    ]
    by_hand = ContributionRetracted(
        id="no", source="by-hand", community="meadow", time=wrong.time, actor="email:ana@meadow.test",
        data=Retraction(retracts=EventReference(source=wrong.source, id=wrong.id), reason="it is spam"),
    )  # fmt: skip
    await importer.remembers([*old, by_hand])
    assert (await importer(repository.folder, community="meadow")).moved == 47


async def test_who_is_somebody_else_by_now_is_told_again(repository: GitRepository, importer: Importer) -> None:
    trailer = "Work\n\nCo-authored-by: Cyd <team@meadow.test>\n"
    for who in ("Ana", "Bo"):
        repository.commit(trailer, on=1, author=f"{who} <team@meadow.test>")
    await importer(repository.folder)
    several = "".join(f"{who} <{who.lower()}@meadow.test> {who} <team@meadow.test>\n" for who in ("Ana", "Bo", "Cyd"))
    repository.commit(on=2, dot_mailmap=several)
    second = await importer(repository.folder)
    assert second.gone == 0
    assert (await importer(repository.folder)).new_events == 0
    on = date(2024, 1, 31)
    stepwise, fresh = (
        fold(events, CommunityPolicy(), on) for events in (without_checks(importer), read(repository.folder))
    )
    for family in ("contributions", "active_contributors"):
        key = series(family, window_days=90)
        assert stepwise.value(key, on) == fresh.value(key, on)


async def test_a_history_that_one_rewrote_counts_when_it_was_authored(
    repository: GitRepository, importer: Importer, tmp_path: Path
) -> None:
    after = rewritten(repository, tmp_path, by="lead")
    [work] = [event for event in told(after) if event.time.date() == date(2026, 5, 4) and "ana" in event.subject]
    assert work.time == datetime(2026, 5, 4, 10, tzinfo=UTC)
    old = datetime(2025, 5, 1, tzinfo=UTC)
    assert all(event.time > old for event in told(after))
    imported = await importer(after)
    assert [(one.commits, one.day, one.merge) for one in imported.own_dates] == [(25, date(2026, 6, 10), "")]


def by_the_rule_before(repository: GitRepository, key: bytes | None) -> list[AnyEvent]:
    """What an importer told that counted everything on the day of its landing, and knew no agents."""
    with opened(str(repository.folder)) as found:
        landings = {item.commit.hash: item.landed.at for item in history(found, Origin("c", "n", datetime.now(UTC)))}
    told = [event for event in read(repository.folder) if not isinstance(event, AgentDeclared)]
    moved = [
        event.model_copy(update={"time": landings[event.id.partition("/")[0]]})
        if isinstance(event, ContributionRecorded)
        else event
        for event in told
    ]
    hidden = Edge(CommunityPolicy(), key).admit(moved).events
    return [event.model_copy(update={"community": "meadow"}) for event in hidden]


def numbers(events: Sequence[AnyEvent], day: str) -> dict[Series, float]:
    on = date.fromisoformat(day)
    found = fold(events, CommunityPolicy(), on).on(on)
    return {series_of(one): one.value for one in found if one.name != "tenfold_source_last_event_timestamp_seconds"}


@pytest.mark.parametrize("key", [None, b"a key for tests alone"])
async def test_history_that_stands_by_the_rule_before_is_told_again(
    repository: GitRepository, importer: Importer, key: bytes | None
) -> None:
    absorbed(repository)
    made(repository, "ana", "2025-06-20")
    trailer = "Work\n\nReviewed-by: Bo <bo@meadow.test>\nCo-authored-by: Claude <noreply@anthropic.com>\n"
    repository.git("checkout", "--quiet", "-b", "late")
    repository.git("commit", "--quiet", "--allow-empty", "-m", trailer, dates=stamped("fay", "2025-06-21"))
    repository.git("checkout", "--quiet", "main")
    merged(repository, "late", "2025-10-01")
    await importer(repository.folder, key=key)
    fresh = list(importer.log.events)
    importer.log.events.clear()
    await importer.remembers(by_the_rule_before(repository, key))
    again = await importer(repository.folder, community="meadow", key=key)
    assert again.moved == again.new_contributions == 48 + 3
    corrected = [event for event in importer.log.events if event.community == "meadow"]
    for day in ("2020-06-30", "2023-11-30", "2025-01-31", "2025-06-30", "2025-10-31"):
        assert numbers(corrected, day) == numbers(fresh, day)
    third = await importer(repository.folder, community="meadow", key=key)
    assert (third.new_events, third.moved) == (0, 0)
