"""One measured run: a consumer starts, is held still while the log fills, and is let go."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

import asyncpg
import psutil

from benchmarks import feed
from benchmarks.ground import Ground
from benchmarks.meter import SERVER, WHOLE, WORKER, Amounts, Meter, per_event
from benchmarks.processes import running, stopped
from events.codec import encode
from infra.local.child import Child

WARM_UP_EVENTS = 2_000
MOST_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to; all times count from when the consumer was let go.

    Attributes:
        warm_up_seconds: before that: everything started, what was there read, some events applied.
        events: all in the log when the consumer is let go.
        first_seconds: until the first of them was a fact.
        seconds: until the last of them was.
        caught_up_seconds: until the read models held all of them, where a server ran.
        cpu: microseconds an event by place, until the last was a fact.
        cpu_caught_up: the same, until the read models held all of them.
        peak: megabytes by process, since its start.
    """

    warm_up_seconds: float
    events: int
    first_seconds: float
    seconds: float
    caught_up_seconds: float
    cpu: Amounts
    cpu_caught_up: Amounts
    peak: Amounts

    @property
    def rate(self) -> float:
        """Events a second."""
        return self.events / self.seconds

    @property
    def all_cpu(self) -> float:
        """Microseconds an event of everything together, until the last was a fact."""
        return sum(self.cpu.get(place, 0.0) for place in WHOLE)

    @property
    def cores(self) -> float:
        """How many cores everything together kept busy meanwhile."""
        return self.all_cpu * self.rate / 1e6

    @property
    def catch_up_ratio(self) -> float:
        """Time until read models held everything over the worker's own, both from the first fact on."""
        return (self.caught_up_seconds - self.first_seconds) / (self.seconds - self.first_seconds)


async def run_tenfold(ground: Ground, events: int, seed: int) -> Run:
    """The worker, with the server beside it."""
    async with running(ground.server()) as server:
        return await _run(ground, ground.worker(), {SERVER: server}, events, seed)


async def run_stock(ground: Ground, events: int, seed: int) -> Run:
    """An ordinary Faust agent that makes the same facts of the same topic."""
    return await _run(ground, ground.stock(), {}, events, seed)


async def _run(ground: Ground, child: Child, beside: Mapping[str, psutil.Process], events: int, seed: int) -> Run:
    began = _now()
    async with ground.connection() as connection, running(child) as consumer:
        await _warm_up(ground, connection, seed, bool(beside))
        meter = Meter(connection, {WORKER: consumer, **beside})
        last = feed.last_of_each_partition(f"{seed}")
        with stopped(consumer):
            warm_up_seconds = _now() - began
            await feed.send(ground, chain(feed.events(events - len(last), seed), map(encode, last)))
            before, start = await meter.cpu(), _now()
        first = await feed.another_fact(connection, MOST_SECONDS)
        end = await feed.facts_of(connection, last, MOST_SECONDS)
        applied = await meter.cpu()
        caught_up = await feed.numbers_of(connection, feed.COMMUNITY, MOST_SECONDS) if beside else end
        evaluated = await meter.cpu()
        cpu, cpu_caught_up = (per_event(before, after, events) for after in (applied, evaluated))
        times = (first - start, end - start, caught_up - start)
        return Run(warm_up_seconds, events, *times, cpu, cpu_caught_up, meter.peak())


async def _warm_up(ground: Ground, connection: asyncpg.Connection, seed: int, evaluated: bool) -> None:
    """Until everything is connected, prepared and known; what follows is the steady state."""
    last = feed.last_of_each_partition(f"{seed}/warm-up")
    await feed.send(ground, chain(feed.events(WARM_UP_EVENTS, seed + 1_000_000), map(encode, last)))
    await feed.facts_of(connection, last, MOST_SECONDS)
    if evaluated:
        await feed.numbers_of(connection, feed.COMMUNITY, MOST_SECONDS)


def _now() -> float:
    return asyncio.get_running_loop().time()
