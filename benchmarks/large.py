"""With millions of facts already there: what an event costs then, and when the read models have caught up."""

import asyncio
from collections.abc import Sequence
from statistics import median
from typing import Final

from benchmarks import feed, old_facts
from benchmarks.ground import database, empty_ground, ground
from benchmarks.meter import FOR_SERVER, FOR_WORKER, POSTGRES, SERVER, WORKER
from benchmarks.old_facts import Past
from benchmarks.result import Section, Table, Target, Value
from benchmarks.rounds import Run, run_tenfold
from benchmarks.scale import Scale, tell
from infra.local.stack import LocalStack

COLUMNS: Final = (
    "round", "facts before", "events", "events/s", "worker", "PostgreSQL", "for worker", "for server", "server",
    "worker MB", "server MB", "warm-up, s", "facts, s", "read models, s", "to read models", "cost ratio",
)  # fmt: skip
REMARKS: Final = (
    "CPU in µs per event until the last was a fact, `server` and `for server` until the read models held them all.",
    "`cost ratio` compares worker and PostgreSQL together with the empty database of the same round. `warm-up` is the",
    "start of server and worker, all old facts read, and 2,000 events. The events belong to the community whose past",
    "is there, and are by the same people: everybody has to be counted anew. What read models take for the whole past",
    "is the warm-up, beside the time that the worker takes for as many events at the rate of that round.",
)


async def measure(stack: LocalStack, scale: Scale) -> Section:
    """Alternate between an empty database and a full one."""
    async with database(stack) as full:
        await _fill(stack, full, scale.facts)
        pairs = [await _pair(stack, full, scale, number) for number in range(scale.large_rounds)]
    rows: list[list[Value]] = []
    for number, (small, large) in enumerate(pairs, start=1):
        rows.append([number, 0, *_row(small), None])
        rows.append([number, scale.facts, *_row(large), _cost(large) / _cost(small)])
    return Section("large", [Table("Rounds", COLUMNS, rows)], _targets(pairs, scale.facts), REMARKS)


async def _fill(stack: LocalStack, url: str, facts: int) -> None:
    clock = asyncio.get_running_loop().time
    began = clock()
    async with ground(stack, url) as place, place.connection() as connection:
        await old_facts.make(connection, feed.COMMUNITY, Past(facts))
    tell(f"large: {facts:,} old facts made in {clock() - began:.0f} s")


async def _pair(stack: LocalStack, full: str, scale: Scale, number: int) -> tuple[Run, Run]:
    async with empty_ground(stack) as place:
        small = await run_tenfold(place, scale.events, number)
    async with ground(stack, full) as place:
        large = await run_tenfold(place, scale.events, number)
    tell(f"large {number + 1}/{scale.large_rounds}: {_cost(small):.1f} and {_cost(large):.1f} µs per event")
    return small, large


def _cost(run: Run) -> float:
    return run.cpu[WORKER] + run.cpu[POSTGRES]


def _row(run: Run) -> list[Value]:
    return [
        run.events,
        run.rate,
        run.cpu[WORKER],
        run.cpu[POSTGRES],
        run.cpu[FOR_WORKER],
        run.cpu_caught_up[FOR_SERVER],
        run.cpu_caught_up[SERVER],
        run.peak[WORKER],
        run.peak[SERVER],
        run.warm_up_seconds,
        run.seconds,
        run.caught_up_seconds,
        run.catch_up_ratio,
    ]


def _targets(pairs: Sequence[tuple[Run, Run]], facts: int) -> list[Target]:
    whole = [1 + large.warm_up_seconds / (facts / large.rate) for _, large in pairs]
    return [
        Target("CPU per event over that of an empty database", median(_cost(b) / _cost(a) for a, b in pairs), 1.25),
        Target("time to read models, of the whole past", median(whole), 1.5),
        Target("time to read models, of the events", median(large.catch_up_ratio for _, large in pairs), 1.5),
        Target("worker, MB", max(large.peak[WORKER] for _, large in pairs), 300),
    ]
