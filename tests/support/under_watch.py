"""Everything that runs in operation, with its communities, and what can befall it."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from events.catalog import AnyEvent
from events.contributions import ContributionRecorded
from events.people import Link, PersonLinked
from infra.commands.up import WORKER
from infra.ingest.publisher import chunks, publishing
from infra.settings import Settings
from tests.support.inbox import Inbox, inbox
from tests.support.through_the_log import all_applied
from tests.support.watching import Part, Watch, environment, number, scraped, tenfold, until, watch

AWAY_SECONDS = 10.0
"""Longer than what stands for two hours while Prometheus hurries."""
CHUNK = 5000


@dataclass(frozen=True)
class Stack:
    """What runs, who is told, and what happened in each community."""

    settings: Settings
    parts: Mapping[str, Part]
    seen: Watch
    received: Inbox
    events: Mapping[str, Sequence[AnyEvent]]


@asynccontextmanager
async def under_watch(
    settings: Settings, folder: Path, events: Mapping[str, Sequence[AnyEvent]]
) -> AsyncIterator[Stack]:
    """Worker and server run, and everything is told; Prometheus and Alertmanager are not started."""
    with inbox() as received, watch(settings, folder, received) as seen:
        children = {
            "worker": tenfold(settings, folder / "worker.log", *WORKER, port=settings.worker_metrics_port),
            "server": tenfold(settings, folder / "server.log", "serve", port=settings.server_port),
            "alertmanager": seen.alertmanager.child(),
            "prometheus": seen.prometheus.child(),
        }
        stack = Stack(settings, {name: Part(child) for name, child in children.items()}, seen, received, events)
        try:
            for name in ("worker", "server"):
                await stack.parts[name].start()
            await everything_is_told(stack)
            await until(lambda: settled(stack))
            yield stack
        finally:
            for one in reversed([*stack.parts.values()]):
                await one.stop()


async def everything_is_told(stack: Stack) -> None:
    """The first time or again."""
    for events in stack.events.values():
        await publish(stack.settings, events)
    await all_applied(stack.settings)


async def publish(settings: Settings, events: Sequence[AnyEvent]) -> None:
    """Into the log, as importers do it."""
    async with publishing(settings, events[0].community) as publisher:
        for chunk in chunks(events, CHUNK):
            await publisher.publish(chunk)


async def settled(stack: Stack) -> bool:
    """Whether the server's numbers are those of everything that was sent."""
    said = await scraped(stack.settings)
    return all(
        number(said, "catching_up", community=name) == 0
        and number(said, "condition", community=name, condition="history_unsettled") == 0
        for name in stack.events
    )


def merge(events: Sequence[AnyEvent]) -> PersonLinked:
    """Of the two who contributed last: they are one."""
    work = sorted((one for one in events if isinstance(one, ContributionRecorded)), key=lambda one: one.time)
    newest, other, *_ = dict.fromkeys(one.subject for one in reversed(work))
    return PersonLinked(
        id="merge",
        source=work[0].source,
        community=work[0].community,
        time=datetime.now(UTC),
        subject=newest,
        data=Link(person=other),
    )


async def a_scrape_fails(stack: Stack) -> None:
    process = stack.parts["server"].process
    process.send_signal(signal.SIGSTOP)
    await until(lambda: is_down(stack, "tenfold"))
    process.send_signal(signal.SIGCONT)


async def the_server_restarts(stack: Stack) -> None:
    await stack.parts["server"].stop()
    await until(lambda: is_down(stack, "tenfold"))
    await stack.parts["server"].start()


async def the_worker_restarts(stack: Stack) -> None:
    await stack.parts["worker"].stop()
    await until(lambda: is_down(stack, "tenfold-worker"))
    await stack.parts["worker"].start()


async def prometheus_is_away(stack: Stack) -> None:
    await stack.parts["prometheus"].stop()
    await asyncio.sleep(AWAY_SECONDS)
    await stack.parts["prometheus"].start()


async def alertmanager_restarts(stack: Stack) -> None:
    await stack.parts["alertmanager"].stop()
    await stack.parts["alertmanager"].start()


async def two_people_are_merged_in_each_community(stack: Stack) -> None:
    before = await active(stack)
    assert before.keys() == stack.events.keys()
    for events in stack.events.values():
        await publish(stack.settings, [merge(events)])
    await until(lambda: are_active(stack, {name: people - 1 for name, people in before.items()}))


async def numbers_are_rebuilt(stack: Stack) -> None:
    await _rebuild(stack)


async def facts_are_rebuilt(stack: Stack) -> None:
    await _rebuild(stack, "--from-log")


async def _rebuild(stack: Stack, *options: str) -> None:
    command = (sys.executable, "-m", "infra", "rebuild", *options)
    process = await asyncio.create_subprocess_exec(*command, env=environment(stack.settings))
    assert await process.wait() == 0
    await until(lambda: settled(stack))


BEFALLS: Final[tuple[Callable[[Stack], Awaitable[None]], ...]] = (
    a_scrape_fails,
    the_server_restarts,
    the_worker_restarts,
    prometheus_is_away,
    alertmanager_restarts,
    everything_is_told,
    two_people_are_merged_in_each_community,
    numbers_are_rebuilt,
    facts_are_rebuilt,
)


async def is_down(stack: Stack, job: str) -> bool:
    """Whether the newest scrape of a job failed."""
    return await stack.seen.api.value(f'up{{job="{job}"}}') == 0


async def active(stack: Stack) -> dict[str, float]:
    """How many are active in each community, as Prometheus has it."""
    found = await stack.seen.api.query('tenfold_active_contributors{window_days="90"}')
    return {one["metric"]["community"]: float(one["value"][1]) for one in found}


async def are_active(stack: Stack, people: Mapping[str, float]) -> bool:
    return await active(stack) == people
