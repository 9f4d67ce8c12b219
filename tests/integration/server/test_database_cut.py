"""The database goes away at each moment at which the server waits for it: it waits, and has the same numbers after."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

import asyncpg
import httpx
import pytest

from events.published import DayPublished
from infra.commands.serve import pool_of
from infra.database import schemas as whole
from infra.kafka.lag import LogEnds
from infra.server.app import build_app
from infra.server.auth import Access, Tokens
from infra.server.explainer import explainer, namer
from infra.server.loop import Loops
from infra.server.sessions import StoredSessions
from infra.server.state import State
from infra.settings import Settings
from projections.evaluation.catalog import HELP
from projections.evaluation.evaluator import Evaluator
from projections.policy.policy import Policy
from streams.transient import is_transient
from tests.integration.evaluator.conftest import teller
from tests.integration.server.test_loops import Clock, active, commits
from tests.support.cutting import Cut, cutting
from tests.support.patience import PATIENCE_SECONDS

END_ALL = """
select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity
where datname = current_database() and application_name <> 'administrator'"""
POLICY = Policy()


class Outlet:
    """What was published stays here."""

    async def send(self, event: DayPublished) -> None:
        """No day ends in these tests."""

    async def flush(self) -> None:
        """Nothing was sent."""


@asynccontextmanager
async def through(settings: Settings, url: str, clock: Clock) -> AsyncIterator[tuple[State, Loops]]:
    """A server's loops over a database at another address, none of them running."""
    state, far = State(), settings.model_copy(update={"database_url": url})
    async with pool_of(far) as pool, LogEnds(settings.kafka_bootstrap_servers, settings.topic_prefix) as log:
        yield (
            state,
            Loops(
                state,
                evaluator=lambda policy: Evaluator(pool, policy, clock),
                pool=pool,
                prepare=partial(whole.prepare, url),
                log=log,
                outlet=Outlet(),
                policy=lambda: POLICY,
            ),
        )


async def cut_at_each(
    work: Callable[[], Awaitable[None]], cut: Cut, by: Callable[[], Awaitable[None]] | None = None, step: int = 1
) -> int:
    """Do something as often as something of it passes on the way; each time the way is cut `step` pieces later.

    Returns how many pieces pass.
    """
    at = 0
    while True:
        cut.after(at, by)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await work()
        except Exception as error:
            if not is_transient(error):
                raise
        if not cut.was_cut:
            cut.after(None)
            return at
        at += step


@pytest.fixture
def end_all(stack: Settings) -> Callable[[], Awaitable[None]]:
    async def by_administrator() -> None:
        administrator = {"application_name": "administrator"}
        connection = await asyncpg.connect(stack.database_url, server_settings=administrator)
        await connection.execute(END_ALL)
        await connection.close()

    return by_administrator


@pytest.fixture
async def told(stack: Settings) -> None:
    """Seven people in twenty contributions."""
    connection = await asyncpg.connect(stack.database_url, server_settings={"search_path": "facts"})
    await (await teller(connection))(commits(20, 7, Clock().now))
    await connection.close()


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(("how", "step"), [("hung up", 2), ("terminated", 9)])
async def test_a_server_waits_wherever_its_database_goes_away(
    stack: Settings, end_all: Callable[[], Awaitable[None]], how: str, step: int
) -> None:
    clock = Clock()
    by = end_all if how == "terminated" else None
    async with cutting(stack.database_url) as (url, cut):

        async def begun_and_evaluated() -> None:
            async with through(stack, url, clock) as (_, loops):
                await loops.begin()
                await loops.look_at_tables()
                await loops.evaluate()

        assert await cut_at_each(begun_and_evaluated, cut, by, step) > 100
        async with through(stack, url, clock) as (state, loops):
            await loops.begin()
            await loops.evaluate()
            assert active(7) in state.metrics.decode()


async def test_what_is_held_in_memory_is_right_after_each_cut(stack: Settings, database: asyncpg.Connection) -> None:
    clock, told = Clock(), 20
    tell = await teller(database)
    work = commits(200, 200, clock.now)
    async with cutting(stack.database_url) as (url, cut), through(stack, url, clock) as (state, loops):
        await loops.begin()
        await tell(work[:told])

        async def one_more() -> None:
            nonlocal told
            await tell(work[told : told + 1])
            told += 1
            await loops.evaluate()

        await cut_at_each(one_more, cut)
        await loops.evaluate()
        assert told > 30
        assert active(told) in state.metrics.decode()


async def test_a_request_in_such_a_moment_is_asked_to_come_again(stack: Settings, database: asyncpg.Connection) -> None:
    clock, answers = Clock(), set()
    await (await teller(database))(commits(20, 7, clock.now))
    async with (
        cutting(stack.database_url) as (url, cut),
        through(stack, url, clock) as (state, loops),
        pool_of(stack.model_copy(update={"database_url": url})) as pool,
    ):
        await loops.begin()
        await loops.evaluate()
        app = build_app(
            state,
            Access(Tokens("operator"), StoredSessions(pool)),
            explainer(pool, state),
            HELP,
            name=namer(pool, state),
        )
        headers = {"Authorization": "Bearer operator"}
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://server", headers=headers
        ) as client:

            async def ask() -> None:
                for path in ("/api/v1/communities/test/explain?metric=active_contributors", "/communities/test"):
                    answer = await client.get(path)
                    assert answer.status_code in (200, 503), answer.text
                    assert (answer.status_code == 503) == ("Retry-After" in answer.headers)
                    answers.add(answer.status_code)

            await cut_at_each(ask, cut)
        assert answers == {200, 503}
        assert state.evaluated
