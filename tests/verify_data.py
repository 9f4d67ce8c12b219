"""Both real histories through a real Kafka and a real PostgreSQL, compared with the oracle: `make verify-data`.

Every family, on seeded days and on those where calendars have edges; absent is not 0. First as imported, then imported
twice, then with corrections of all sorts, under another policy. Roles once more, from the files of each day's commit.
Exits 1 where anything differs.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typer

from events.envelope import Event
from events.sources.commits import Origin
from events.sources.git import checked
from events.sources.roles.formats import FORMATS
from events.sources.roles.replay import Problem, Replay, RolesOrigin
from infra.ingest import event_files
from infra.ingest.git_history import whole
from infra.ingest.git_import import Import
from infra.ingest.git_log import Repository, opened
from infra.ingest.pseudonymising import Edge
from infra.ingest.publisher import publishing
from infra.ingest.role_history import RoleHistory
from infra.ingest.role_import import RolesImport
from infra.local.ports import free_ports
from infra.local.stack import LocalStack
from infra.settings import Settings
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy, Policy
from projections.timeline.history import History
from tests.oracle.contributions import know
from tests.oracle.samples import samples_on
from tests.support.against_oracle import differences, of_day, values_of
from tests.support.through_the_log import all_applied, history_of, send, worker
from tests.support.verified import corrections, days_to_verify
from tests.support.verified_roles import RoleFiles, numbers_of

PORTS = ("kafka_port", "controller_port", "postgres_port", "server_port", "worker_metrics_port")
DEFAULTS = Policy()
EXAMPLE = Path(__file__).parent.parent / "examples" / "rust" / "events.jsonl.gz"
ROLES_BUNDLE = "rust-team.bundle"
EXAMPLE_BUNDLES = ("cargo-log.bundle", ROLES_BUNDLE)
LAST_EVENT = "tenfold_source_last_event_timestamp_seconds"
TABLE = "{:<17}{:<22}{:>8}{:>6}{:>10}{:>10}{:>13}{:>9}"


@dataclass(frozen=True)
class Verified:
    """One comparison: how much was compared, and what differs."""

    numbers: int
    families: int
    different: list[str]


def as_events(repository: Repository, community: str, name: str | None = None) -> Iterator[Event]:
    """What a repository tells, without the log."""
    origin = Origin(community, name or repository.name, repository.fetched_at or datetime.now(UTC))
    read = whole(repository, origin, Edge(DEFAULTS.community(community), None))
    yield from read.events
    newest = max(filter(None, (origin.believed(item.landed.at) for item in read.commits)))
    yield checked(origin, newest, len(read.commits))


async def read_in(settings: Settings, bundle: Path, community: str) -> None:
    """Import a bundle as the command does."""
    with opened(str(bundle)) as repository:
        origin = Origin(community, repository.name, datetime.now(UTC))
        async with publishing(settings, community) as publisher:
            await Import(publisher, repository, origin).run(lambda _steps=1: None)
    await all_applied(settings)


async def read_roles_in(settings: Settings, repository: Repository, community: str) -> None:
    """Import role files as the command does."""
    origin = RolesOrigin(community, repository.name, datetime.now(UTC), format="rust-team")
    async with publishing(settings, community) as publisher:
        await RolesImport(publisher, repository, origin).run(lambda _steps=1: None)
    await all_applied(settings)


async def verify(settings: Settings, events: Sequence[Event], policy: Policy, days: Sequence[date]) -> Verified:
    """Compare what stands in the facts with what the oracle says of the same events."""
    community = events[0].community
    history = await history_of(settings, community, policy, max(days))
    values = values_of(policy.community(community))
    known = know(events, values)
    numbers, families, different = 0, set[str](), list[str]()
    for day in days:
        oracle = samples_on(known, values, day)
        different += [f"{community} {day} {line}" for line in differences(of_day(history, day), oracle)]
        numbers, families = numbers + len(oracle), families | {family for family, _ in oracle}
    return Verified(numbers, len(families), different)


async def verify_bundle(settings: Settings, bundle: Path) -> list[str]:
    """One bundle: imported, imported twice and sent again, corrected."""
    community = bundle.stem
    with opened(str(bundle)) as repository:
        events = list(as_events(repository, community))
    days = days_to_verify(events)
    await read_in(settings, bundle, community)
    different = await step("imported", settings, events, DEFAULTS, days)
    await read_in(settings, bundle, community)
    await send(settings, events)
    await all_applied(settings)
    different += await step("imported twice", settings, events, DEFAULTS, days)
    corrected = list(corrections(events))
    await send(settings, corrected)
    await all_applied(settings)
    policy = Policy(
        open_communities=True,
        communities={community: CommunityPolicy(windows_days=(28, 90, 365), min_contributions=2, teams=("core",))},
    )
    different += await step("corrected", settings, [*events, *corrected], DEFAULTS, days)
    return different + await step("under another policy", settings, [*events, *corrected], policy, days)


async def verify_roles(settings: Settings, bundle: Path) -> list[str]:
    """Work and role files, imported twice: the roles of a day as counted from the files of its commit."""
    community, different, numbers = f"{bundle.stem}-roles", list[str](), 0
    values, families = values_of(DEFAULTS.community(community)), set[str]()
    with opened(str(bundle)) as repository:
        for _ in range(2):
            await read_in(settings, bundle, community)
            await read_roles_in(settings, repository, community)
        events = [*as_events(repository, community), *as_role_events(repository, community, repository.name)]
        began, known, files = time.monotonic(), know(events, values), RoleFiles(repository.git.folder, repository.tip)
        days = files.days_to_verify()
        history = await history_of(settings, community, DEFAULTS, days[-1])
        for day in days:
            counted = numbers_of(files.on(day), known, values, day)
            different += [f"{community} {day} {what}" for what in differences(of_day(history, day), counted)]
            numbers, families = numbers + len(counted), families | {family for family, _ in counted}
    line((community, "from the files", len(events), len(days), len(families), numbers, len(different)), began)
    return different


async def verify_example(settings: Settings, bundles: Path) -> list[str]:
    """The example gives the numbers of both bundles that it was made of, imported together as they are.

    But for a source's last event: that may have been a name, and the example has none.
    """
    told = list(event_files.read(EXAMPLE))
    community, work = told[0].community, bundles / EXAMPLE_BUNDLES[0]
    with opened(str(work)) as repository:
        events = list(as_events(repository, community, work.stem))
    with opened(str(bundles / EXAMPLE_BUNDLES[1])) as repository:
        events += as_role_events(repository, community, told[-1].source.split(":")[1])
    await send(settings, told)
    await all_applied(settings)
    began, days = time.monotonic(), days_to_verify(events)
    ours, expected = await history_of(settings, community, DEFAULTS, days[-1]), by_us(events, days[-1])
    found = [f"example {day} {what}" for day in days for what in differences(of_day(ours, day), of_day(expected, day))]
    different = [what for what in found if LAST_EVENT not in what]
    numbers = sum(len(expected.on(day)) for day in days)
    families = len({name for name, _ in expected.series})
    line((community, "as both bundles", len(events), len(days), families, numbers, len(different)), began)
    return different


def as_role_events(repository: Repository, community: str, name: str) -> Iterator[Event]:
    """What the Rust project's role files tell, without the log."""
    origin = RolesOrigin(community, name, datetime.now(UTC), format="rust-team")
    format_ = FORMATS[origin.format](name)
    history = RoleHistory(repository, format_)
    told = Replay[Any](format_, origin)(history.changes())
    yield from (event for event in told if not isinstance(event, Problem))
    yield checked(origin, max(filter(origin.believes, history.dates())), len(history.edits))


def by_us(events: Sequence[Event], last_day: date) -> History:
    """Our numbers without log and facts, by the defaults."""
    return fold(events, DEFAULTS.community(events[0].community), last_day)


async def step(
    name: str, settings: Settings, events: Sequence[Event], policy: Policy, days: Sequence[date]
) -> list[str]:
    """Verify, and print a line of the table."""
    began = time.monotonic()
    found = await verify(settings, events, policy, days)
    counted = (found.families, found.numbers, len(found.different))
    line((events[0].community, name, len(events), len(days), *counted), began)
    return found.different


def line(row: Sequence[str | int], began: float) -> None:
    """Print a line of the table."""
    typer.echo(TABLE.format(*row, f"{time.monotonic() - began:.1f} s"))


async def main(bundles: Path) -> int:
    """Everything in a stack of its own; how many numbers differ decides the exit code."""
    different: list[str] = []
    found = sorted(bundles.glob("*.bundle"))
    if not found:
        typer.echo(f"no bundle in {bundles}: make verify-data BUNDLES=folder", err=True)
        return 2
    with tempfile.TemporaryDirectory(prefix="tenfold-verify-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL may run as another user
        settings = Settings.load(folder, **dict(zip(PORTS, free_ports(len(PORTS)), strict=True)))
        async with LocalStack(settings) as stack, worker(stack.settings, folder / "worker.log"):
            typer.echo(TABLE.format("community", "", "events", "days", "families", "numbers", "differences", ""))
            for bundle in found:
                different += await verify_bundle(stack.settings, bundle)
            if ROLES_BUNDLE in {bundle.name for bundle in found}:
                different += await verify_roles(stack.settings, bundles / ROLES_BUNDLE)
            if {bundle.name for bundle in found}.issuperset(EXAMPLE_BUNDLES):
                different += await verify_example(stack.settings, bundles)
    for what in different[:50]:
        typer.echo(what, err=True)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Path(sys.argv[1]))))
