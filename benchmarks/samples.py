"""From an event sent to a sample that Prometheus holds: newcomers to a community with millions of contributions.

What is measured, for each marker: the time from before its event is handed to the producer until Prometheus's query
API, asked every 50 ms, answers with a value of `tenfold_active_contributors` that counts it. That value was evaluated
and scraped after the event, and dashboards and rules find it by then. Between scrapes lies a second, so that half a
second on average is waiting for the next one. The questions make a delay at most 50 ms too long, and Prometheus spends
about one per cent of a core on them.
"""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from benchmarks import feed, markers, old_facts
from benchmarks.ground import Ground, database, ground
from benchmarks.markers import BUSY_EVENTS_A_SECOND, Markers, Race
from benchmarks.meter import SERVER, WORKER, Meter
from benchmarks.old_facts import Past
from benchmarks.processes import running
from benchmarks.result import Section, Table, Target, Value
from benchmarks.scale import Scale, tell
from benchmarks.scraping import Scraper, scraping
from benchmarks.waiting import until
from events.codec import Encoded
from infra.local.prometheus import HOW_TO_GET, program
from infra.local.stack import LocalStack
from infra.simulate.load import load

GROWN: Final = "grown"
DAYS: Final = 10 * 365
POLL_SECONDS: Final = 0.05
GRACE_SECONDS: Final = 180.0
LONG_AGO: Final = timedelta(days=100)
ACTIVE: Final = f'tenfold_active_contributors{{community="{GROWN}",window_days="90"}}'
PROMETHEUS: Final = "Prometheus"
ELSEWHERE, THERE = "in another community", "in the same one"
REMARKS: Final = (
    "Each marker is a contribution by somebody new; time runs from before it is sent until Prometheus, which scrapes",
    "every second and is asked every 50 ms, holds a sample that counts it: half a second on average is the wait for a",
    f"scrape. {BUSY_EVENTS_A_SECOND:,} events a second flow beside: in another community, which the target is about,",
    "and then in the same one, work of long ago by the people known there, for which their past is counted again.",
)


class Begun(NamedTuple):
    """What was there before the first marker, and how long it took to read and count it."""

    contributions: int
    people: int
    active: int
    seconds: float


async def measure(stack: LocalStack, scale: Scale) -> Section:
    """Make a past, have it counted and scraped, and send markers beside events elsewhere, then beside events there."""
    if program(PROMETHEUS) is None:
        return Section("samples", [], remarks=[f"Prometheus is not installed: {HOW_TO_GET}"])
    async with database(stack) as url, ground(stack, url) as place, place.connection() as connection:
        await old_facts.make(connection, GROWN, Past(scale.contributions, scale.people, DAYS))
        clock = asyncio.get_running_loop().time
        began = clock()
        async with running(place.server()) as server, running(place.worker()) as worker:
            counted = await feed.numbers_of(connection, GROWN, GRACE_SECONDS)
            await markers.busy_past(place, connection, scale.history, GRACE_SECONDS)
            async with scraping(place) as scraper:
                active = await _scraped(scraper)
                begun = Begun(scale.contributions, scale.people, active, counted - began)
                meter = Meter(connection, {SERVER: server, WORKER: worker, PROMETHEUS: scraper.process})
                run = partial(_race, place, meter, scraper, scale.markers)
                elsewhere = await run(ELSEWHERE, feed.events(10**9, 1))
                there = await run(THERE, load(10**9, 1, GROWN, datetime.now(UTC) - LONG_AGO))
    return _section(begun, elsewhere, there)


async def _scraped(scraper: Scraper) -> int:
    """Wait for the first sample."""

    async def found() -> bool:
        return await scraper.value(ACTIVE) is not None

    await until(found, GRACE_SECONDS, "a first sample")
    return int(await scraper.value(ACTIVE) or 0)


async def _race(
    place: Ground, meter: Meter, scraper: Scraper, number: int, name: str, beside: Iterator[Encoded]
) -> Race:
    async def counted() -> int:
        return int(await scraper.value(ACTIVE) or 0)

    sent = Markers(GROWN, name, number, counted, POLL_SECONDS)
    found = await markers.race(place, meter, sent, beside)
    tell(f"samples: events {name}: p99 {found.percentiles[98]:.2f} s")
    return found


def _section(begun: Begun, elsewhere: Race, there: Race) -> Section:
    rows: list[list[Value]] = [[ELSEWHERE, *elsewhere.row], [THERE, *there.row]]
    tables = [
        Table("There before", ("contributions", "people", "active", "read and counted, s"), [begun]),
        Table("Seconds from sent to a sample in Prometheus", ("events beside", *markers.COLUMNS), rows),
        elsewhere.use(PROMETHEUS),
    ]
    target = Target("p99 to a sample in Prometheus, s", elsewhere.percentiles[98], at_most=3)
    return Section("samples", tables, [target], REMARKS)
