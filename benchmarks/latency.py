"""From an event sent to a number that anybody can scrape: newcomers to one community while another is busy."""

import re
from typing import Final

import asyncpg
import httpx

from benchmarks import feed, markers
from benchmarks.ground import Ground, empty_ground
from benchmarks.markers import BUSY_EVENTS_A_SECOND, Markers, Race
from benchmarks.meter import SERVER, WORKER, Meter
from benchmarks.processes import running
from benchmarks.result import Section, Table, Target
from benchmarks.scale import Scale, tell
from events.codec import encode
from infra.local.stack import LocalStack

POLL_SECONDS: Final = 0.015
GRACE_SECONDS: Final = 30.0
IDLE: Final = "idle"
ACTIVE: Final = re.compile(
    rf'^tenfold_active_contributors{{community="{IDLE}",window_days="90"}} ([0-9.]+)$', re.MULTILINE
)
REMARKS: Final = (
    "Each marker is a contribution by somebody new to an otherwise idle community; time runs from before it is sent",
    "until the text of /metrics, polled every 15 ms, counts that many people. They are sent at fixed moments, whether",
    f"the one before has been seen or not. Meanwhile another community takes {BUSY_EVENTS_A_SECOND:,} events a second.",
)


async def measure(stack: LocalStack, scale: Scale) -> Section:
    """Send markers at fixed moments and see when each is counted."""
    async with (
        empty_ground(stack) as ground,
        running(ground.server()) as server,
        running(ground.worker()) as worker,
        ground.connection() as connection,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{ground.settings.server_port}") as client,
    ):

        async def counted() -> int:
            found = ACTIVE.search((await client.get("/metrics")).text)
            return int(float(found.group(1))) if found else 0

        meter = Meter(connection, {SERVER: server, WORKER: worker})
        await _prepare(ground, connection, scale.history)
        sent = Markers(IDLE, "elsewhere", scale.markers, counted, POLL_SECONDS)
        return _section(await markers.race(ground, meter, sent, feed.events(10**9, 1)))


async def _prepare(ground: Ground, connection: asyncpg.Connection, history: int) -> None:
    """A past for the busy community, and one person in the idle one."""
    await markers.busy_past(ground, connection, history, GRACE_SECONDS)
    first = feed.contribution(IDLE, "marker:0", "0")
    await feed.send(ground, [encode(first)])
    await feed.facts_of(connection, [first], GRACE_SECONDS)
    await feed.numbers_of(connection, IDLE, GRACE_SECONDS)


def _section(found: Race) -> Section:
    percentiles = found.percentiles
    tell(f"latency: median {percentiles[49]:.2f} s, most {max(found.delays):.2f} s")
    tables = [Table("Seconds from sent to scraped", markers.COLUMNS, [found.row]), found.use()]
    return Section("latency", tables, [Target("p99 to /metrics, s", percentiles[98], at_most=2)], REMARKS)
