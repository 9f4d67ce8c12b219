"""What no event may say, and the most that one may say, harms nobody but whom it is about, and stops nothing."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from events.catalog import TYPES
from infra.commands.serve import pool_of
from infra.server.app import build_app
from infra.server.auth import Access, Tokens
from infra.server.explainer import explainer, namer
from infra.server.sessions import StoredSessions
from infra.server.state import State
from infra.settings import Settings
from projections.evaluation.catalog import HELP
from streams.producer import Outgoing, Producer
from tests.integration.server.test_loops import DAY, Clock, active, commits, looping, until
from tests.support.extremes import changed, extremes, said
from tests.support.patience import PATIENCE_SECONDS
from tests.support.records import CONTENT
from tests.support.through_the_log import send, worker
from tests.support.worker_process import applied

LONGEST_SILENCE_SECONDS = 3.0
"""Between two answers of /healthz, on a machine that has other things to do."""
OPERATOR = {"Authorization": "Bearer operator"}
PATHS = (
    "",
    "/report",
    "/history?family=active_contributors",
    "/explain?metric=active_contributors",
    "/explain?metric=growth_corrections&label=window_days=30",
)
STORED = """
insert into other_fact (key, digest, community, type, source, id, subject, time, data, batch)
select gen_random_uuid(), 0, id, $2, $3, 'old/' || gen_random_uuid(), $4, now() - interval '1 hour', $5::jsonb,
  begin_batch()
from community where name = $1"""
OLD: dict[str, dict[str, object]] = {
    "source.checked": {"through": "9999-12-31T00:00:00Z"},
    "person.affiliated": {"since": "0001-01-01"},
    "role.granted": {"until": "9999-12-31T23:59:59Z"},
    "goal.set": {"due_on": "9999-12-31"},
    "engagement.held": {"participants": 10**4000},
    "practice.documented": {"review_by": "9999-12-31", "targets": {"newcomers_per_quarter": 10**400}},
    "milestone.assigned": {"due_on": "0001-01-01"},
    "day.published": {"day": "0001-01-01"},
    "source.withdrawn": {"before": "9999-12-31T00:00:00Z", "source": "nobody"},
}
"""What versions with wider bounds wrote."""
NO_DAY = "0"
"""What no version wrote: the database itself picks numbers out of what was published, and cannot."""


@asynccontextmanager
async def asking(settings: Settings, state: State) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a server over a state, in the same process and on the same event loop."""
    async with pool_of(settings) as pool:
        app = build_app(
            state,
            Access(Tokens("operator"), StoredSessions(pool)),
            explainer(pool, state),
            HELP,
            name=namer(pool, state),
        )
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://server", headers=OPERATOR
        ) as client:
            yield client


@asynccontextmanager
async def answering(client: httpx.AsyncClient) -> AsyncIterator[None]:
    """The server says that it is alive all the time."""
    silences = [0.0]

    async def watch() -> None:
        last = time.monotonic()
        while True:
            assert (await client.get("/healthz")).status_code == 200
            now = time.monotonic()
            silences.append(now - last)
            last = now
            await asyncio.sleep(0.02)

    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
    assert max(silences) < LONGEST_SILENCE_SECONDS


async def put_all(settings: Settings, records: Sequence[tuple[str, bytes]]) -> None:
    """Put records into the log as they are."""
    async with Producer(settings.kafka_bootstrap_servers, settings.topic_prefix) as producer:
        for topic in sorted({topic for topic, _ in records}):
            outgoing = [Outgoing(b"moss", value, [CONTENT]) for at, value in records if at == topic]
            await producer.publish(settings.topic_prefix + topic, outgoing)


async def pages(client: httpx.AsyncClient, community: str) -> dict[str, Any]:
    """Everything that is shown of a community; each answers."""
    found: dict[str, Any] = {}
    for path in (f"/communities/{community}", *(f"/api/v1/communities/{community}{path}" for path in PATHS[1:])):
        answer = await client.get(path)
        assert answer.status_code == 200, (path, answer.text)
        found[path] = answer.text if path.startswith("/communities") else answer.json()
    return found


def numbers_of(state: State, community: str) -> list[str]:
    """What is scraped of a community."""
    return [line for line in state.metrics.decode().splitlines() if f'community="{community}"' in line]


async def closed(database: asyncpg.Connection, community: str) -> set[str]:
    """Days that were published of a community."""
    query = """
    select data ->> 'day' from other_fact f join community c on c.id = f.community
    where type = 'tenfold.day.published.v1' and f.source = 'tenfold' and f.id not like 'extreme%' and name = $1"""
    return {row[0] for row in await database.fetch(query, community)}


async def test_extremes_of_one_community_touch_no_other_and_stop_nothing(
    stack: Settings, database: asyncpg.Connection, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    theirs = [one.model_copy(update={"community": "moss"}) for one in commits(20, 7, clock.now)]
    async with (
        worker(stack, tmp_path / "worker.log"),
        looping(stack, clock) as state,
        asking(stack, state) as client,
        answering(client),
    ):
        await send(stack, [*commits(20, 7, clock.now), *theirs])
        await until(state, active(7))
        await until(state, active(7).replace("test", "moss"))
        before, numbers = await pages(client, "test"), numbers_of(state, "test")
        records = list(extremes("moss", datetime.now(UTC)))
        await put_all(stack, records)
        await applied(database, 40 + len(records))
        for stem, extreme in OLD.items():
            event = said(stem)
            for name, value in extreme.items():
                event = changed(event, name, value)
            subject = "github:1" if TYPES[f"tenfold.{stem}.v1"].model_fields["subject"].is_required() else None
            source = "tenfold" if stem == "day.published" else "git:cargo"
            await database.execute(STORED, "moss", event["type"], source, subject, json.dumps(event["data"]))
        await send(stack, [one.model_copy(update={"id": "last"}) for one in theirs[:1]])
        async with asyncio.timeout(PATIENCE_SECONDS):
            while "Left out facts that cannot be counted community=moss" not in caplog.text:
                await asyncio.sleep(0.05)
        await until(state, active(7).replace("test", "moss"))
        await pages(client, "moss")
        assert await pages(client, "test") == before
        assert numbers_of(state, "test") == numbers
        assert state.failed == {}
        clock.now += DAY
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (await closed(database, "test") and await closed(database, "moss")):
                await asyncio.sleep(0.05)
        assert (await client.get("/api/v1/communities")).status_code == 200
        assert (await client.get("/")).status_code == 200


async def test_a_community_that_cannot_be_worked_out_is_shown_as_failed_until_it_can(
    stack: Settings, database: asyncpg.Connection, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    theirs = [one.model_copy(update={"community": "moss"}) for one in commits(21, 7, clock.now)]
    await database.execute("insert into community (name) values ('moss')")
    await database.execute(STORED, "moss", "tenfold.day.published.v1", "tenfold", None, NO_DAY)
    async with (
        worker(stack, tmp_path / "worker.log"),
        looping(stack, clock) as state,
        asking(stack, state) as client,
    ):
        await send(stack, [*commits(20, 7, clock.now), *theirs[:20]])
        await until(state, active(7))
        await until(state, 'tenfold_evaluation_failed{community="moss"} 1.0')
        assert (await client.get("/readyz")).status_code == 200
        assert (await client.get("/communities/moss")).status_code == 503
        assert "moss could not be worked out since" in (await client.get("/")).text
        clock.now += DAY
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await closed(database, "test"):
                await asyncio.sleep(0.05)
        assert "cannot set path in scalar" in caplog.text
        await database.execute("delete from other_fact where data = $1::jsonb", NO_DAY)
        await send(stack, theirs[20:])
        await until(state, active(7).replace("test", "moss"))
        await until(state, 'tenfold_evaluation_failed{community="moss"} 0.0')
        assert (await client.get("/communities/moss")).status_code == 200
