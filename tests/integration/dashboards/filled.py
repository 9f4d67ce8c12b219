"""Both stores that dashboards ask, filled with the same numbers."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import asyncpg

from infra.ingest import event_files, example
from infra.local.ports import LOOPBACK, own_ports
from infra.local.prometheus import Prometheus
from infra.monitoring.grafana.answers import Asked
from infra.monitoring.openmetrics import END, openmetrics_lines
from infra.settings import Settings
from infra.simulate.world import TEAMS
from projections.evaluation.catalog import HELP
from projections.evaluation.evaluator import Evaluator
from projections.policy.policy import CommunityPolicy, Policy
from projections.timeline.history import History
from tests.integration.dashboards.garden import DAY, UNTIL, garden
from tests.integration.dashboards.processes import processes
from tests.integration.evaluator.conftest import Tell

RUST = example.COMMUNITY
POLICY = Policy(
    communities={
        RUST: Policy.load(example.policy_file().read_text("utf-8")).community(RUST),
        "garden": CommunityPolicy(teams=TEAMS),
    }
)
DAYS_PUBLISHED = 30


@dataclass(frozen=True, slots=True)
class Filled:
    """Both stores, filled with the same numbers, and these numbers."""

    connection: asyncpg.Connection
    prometheus: str
    histories: Mapping[str, History]
    settings: Settings


def chosen(community: str, years: int = 2) -> Asked:
    variables = {"community": community, "window": "90", "team": [*TEAMS, "other"], "job": ".+", "instance": ".+"}
    return Asked(UNTIL - timedelta(days=years * 365), UNTIL, variables)


async def evaluated(pool: asyncpg.Pool, tell: Tell) -> Mapping[str, History]:
    """Both communities told and evaluated, as of the midnight after the last day."""
    for events in (list(event_files.read(example.events_file())), garden()):
        await tell(events)
    evaluator = Evaluator(pool, POLICY, lambda: UNTIL)
    while not evaluator.snapshots.keys() >= POLICY.communities.keys():
        await evaluator.tick()
    return {name: snapshot.history for name, snapshot in evaluator.snapshots.items()}


@asynccontextmanager
async def prometheus(folder: Path, histories: Mapping[str, History]) -> AsyncIterator[str]:
    """A real one that was given closed days, and a few scrapes of processes before the end."""
    with own_ports(2) as (port, nowhere):
        server = Prometheus(
            folder, {"tenfold": nowhere, "tenfold-worker": nowhere}, port, nowhere, folder / "prometheus.log"
        )
        server.prepare()
        await given_the_past(server, histories)
        child = server.child()
        process = await child.spawn()
        try:
            while not await child.ready():
                assert process.returncode is None, child.last_lines()
                await asyncio.sleep(0.05)
            yield f"http://{LOOPBACK}:{port}"
        finally:
            await child.stop(process)


async def given_the_past(server: Prometheus, histories: Mapping[str, History]) -> None:
    """With blocks of what closed days and processes said."""
    text = server.folder / "past.txt"
    told = openmetrics_lines({name: newest_closed(history) for name, history in histories.items()}, HELP)
    text.write_text("".join([*told, *processes(), END]))
    command = ("promtool", "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=2160h")
    loading = await asyncio.create_subprocess_exec(*command, text, server.data, stdout=asyncio.subprocess.DEVNULL)
    assert not await loading.wait()


def newest_closed(history: History) -> History:
    """The last month of it; the whole past would take a minute to load, and says no more here."""
    end = (DAY - history.first_day).days + 1
    first = DAY - timedelta(days=DAYS_PUBLISHED - 1)
    return History(first, {key: values[end - DAYS_PUBLISHED : end] for key, values in history.series.items()})
