"""What a scrape costs: /metrics of many communities with many teams, while their numbers change every second."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import asyncpg
import httpx

from benchmarks import feed
from benchmarks.ground import Ground, empty_ground
from benchmarks.processes import running
from benchmarks.result import Section, Table, Target, Value
from benchmarks.scale import Scale, tell
from events.codec import encode
from events.contributions import Contribution, ContributionRecorded
from events.envelope import Event
from events.roles import Grant, RoleGranted
from infra.local.child import Child
from infra.local.stack import LocalStack

COMMUNITIES: Final = 20
TEAMS: Final = 20
PEOPLE: Final = 100
CONTRIBUTIONS: Final = 1_500
YEARS: Final = 2
SCRAPES: Final = 300
SCRAPE_INTERVAL_SECONDS: Final = 0.1
GRACE_SECONDS: Final = 180.0
REMARKS: Final = (
    f"{COMMUNITIES} communities of {TEAMS} teams, {PEOPLE} people, {CONTRIBUTIONS:,} contributions in {YEARS} years,",
    "a leader for each team. A contribution to each community every second has all of them evaluated;",
    f"{SCRAPES} scrapes run beside, one after the other, each read to its end. Series are those that a scrape brings:",
    "closed sets of labels bound them, and people never are labels.",
)


async def measure(stack: LocalStack, _: Scale) -> Section:
    """Fill, keep changing, scrape."""
    async with empty_ground(stack) as ground:
        server, worker = (_with_policy(ground, child) for child in (ground.server(), ground.worker()))
        async with running(server), running(worker), ground.connection() as connection:
            await _fill(ground, connection)
            changing = asyncio.create_task(_change(ground))
            try:
                seconds, text, evaluations = await _scrape(ground, connection)
            finally:
                changing.cancel()
                with suppress(asyncio.CancelledError):
                    await changing
    return _section(seconds, text, evaluations)


def _with_policy(ground: Ground, child: Child) -> Child:
    """A process by a policy that lists every community and team."""
    file = ground.settings.data_dir / "scrapes.toml"
    teams = ", ".join(f'"team-{number}"' for number in range(TEAMS))
    file.write_text("".join(f"[communities.{name}]\nteams = [{teams}]\n" for name in _names()))
    return replace(child, environment={**child.environment, "TENFOLD_POLICY_FILE": str(Path(file).absolute())})


def _names() -> list[str]:
    return [f"community-{number}" for number in range(COMMUNITIES)]


async def _fill(ground: Ground, connection: asyncpg.Connection) -> None:
    chance = random.Random(1)
    past = [_contribution(name, number, chance) for name in _names() for number in range(CONTRIBUTIONS)]
    await feed.send(ground, map(encode, past))
    async with feed.producer(ground) as producer:
        for event in _leaders():
            await producer.send(event)
        await producer.flush()
    for name in _names():
        await feed.facts_of(connection, [one for one in past if one.community == name][-1:], GRACE_SECONDS)
        await feed.numbers_of(connection, name, GRACE_SECONDS)
    tell("scrapes: filled")


def _contribution(community: str, number: int, chance: random.Random) -> ContributionRecorded:
    who = chance.randrange(PEOPLE)
    return ContributionRecorded(
        id=str(number),
        source="benchmark",
        time=datetime.now(UTC) - timedelta(days=chance.random() * 365 * YEARS),
        community=community,
        subject=f"github:{who}",
        team=f"team-{(who + chance.randrange(3)) % TEAMS}",
        data=Contribution(kind=chance.choice(("commit", "review", "translation"))),
    )


def _leaders() -> Iterator[Event]:
    for name in _names():
        for number in range(TEAMS):
            yield RoleGranted(
                id=f"lead/{number}",
                source="benchmark",
                time=datetime.now(UTC) - timedelta(days=400),
                community=name,
                subject=f"github:{number}",
                data=Grant(role="lead", scope=f"team-{number}"),
            )


async def _change(ground: Ground) -> None:
    """A contribution to every community, every second."""
    async with feed.producer(ground) as producer:
        for moment in count(1):
            events = [feed.contribution(name, f"github:{moment % PEOPLE}", f"now/{moment}") for name in _names()]
            await feed.publish(ground, producer, map(encode, events))
            await asyncio.sleep(1)


async def _scrape(ground: Ground, connection: asyncpg.Connection) -> tuple[list[float], str, float]:
    """How long each scrape took, the last one's text, and evaluations of a community a second meanwhile."""
    clock, seconds, text, evaluated = asyncio.get_running_loop().time, [], "", set()
    began = clock()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{ground.settings.server_port}", timeout=30) as client:
        for _ in range(SCRAPES):
            since = clock()
            text = (await client.get("/metrics")).text
            seconds.append(clock() - since)
            rows = await connection.fetch("select community, evaluated_at from snapshot")
            evaluated |= {tuple(row) for row in rows}
            await asyncio.sleep(SCRAPE_INTERVAL_SECONDS)
    return seconds, text, (len(evaluated) - COMMUNITIES) / (clock() - began)


def _section(seconds: Sequence[float], text: str, evaluations: float) -> Section:
    series = [line for line in text.splitlines() if not line.startswith("#")]
    largest = Counter(line.partition("{")[0].partition(" ")[0] for line in series).most_common(5)
    percentiles = [one * 1000 for one in quantiles(seconds, n=100, method="inclusive")]
    row: list[Value] = [
        len(seconds),
        percentiles[49],
        percentiles[98],
        max(seconds) * 1000,
        len(text) / 1e6,
        evaluations,
    ]
    by_family: list[list[Value]] = [["all", len(series)]]
    by_family += [[name, number] for name, number in largest]
    tables = [
        Table("Scrapes", ("scrapes", "p50, ms", "p99, ms", "most, ms", "MB", "evaluations/s"), [row]),
        Table("Series", ("family", "series"), by_family),
    ]
    targets = [Target("/metrics at the median, ms", median(seconds) * 1000, at_most=50)]
    return Section("scrapes", tables, targets, REMARKS)
