"""Sessions in PostgreSQL: known to every server, over restarts, until somebody signs out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import httpx
import pytest

from infra.commands.serve import pool_of
from infra.database import schemas
from infra.server.app import build_app
from infra.server.auth import PLAIN_COOKIE, Access, Tokens
from infra.server.sessions import SESSION_SECONDS, StoredSessions
from infra.server.state import State
from infra.settings import Settings
from projections.evaluation.catalog import HELP
from tests.support.made_up_community import LEAD, TODAY, client_from, explained, known, made_up_history

NAMES = "/api/v1/communities/rust/explain?metric=active_contributors&label=window_days%3D90"
OWN = {"Sec-Fetch-Site": "same-origin"}
AWAY = "postgresql://nobody@127.0.0.1:9/none"


@pytest.fixture
async def kept(stack: Settings, database: asyncpg.Connection) -> asyncpg.Connection:
    """The database, as every server prepares it."""
    for _ in range(2):
        await schemas.prepare(stack.database_url)
    return database


@asynccontextmanager
async def server(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A server with connections of its own, and a browser that asks it."""
    async with pool_of(settings) as pool:
        access = Access(Tokens(None, {"rust": LEAD}), StoredSessions(pool))
        state = State({"rust": known("rust", made_up_history())}, evaluated=True)
        app = build_app(state, access, explained, HELP, lambda: TODAY)
        async with client_from(app, "203.0.113.9") as browser:
            yield browser


async def sign_in(browser: httpx.AsyncClient) -> httpx.Response:
    return await browser.post("/sign-in", data={"token": LEAD}, headers=OWN)


async def sees_names(browser: httpx.AsyncClient) -> bool:
    return (await browser.get(NAMES)).status_code == 200


@pytest.mark.usefixtures("kept")
async def test_every_server_knows_a_session_until_one_of_them_ends_it(stack: Settings) -> None:
    async with server(stack) as one:
        assert (await sign_in(one)).status_code == 303
        session = dict(one.cookies)
    async with server(stack) as restarted, server(stack) as other:
        for browser in (restarted, other):
            browser.cookies.update(session)
            assert await sees_names(browser)
        await restarted.post("/sign-out", headers=OWN)
        assert not await sees_names(other)


async def test_what_is_kept_opens_nothing(stack: Settings, kept: asyncpg.Connection) -> None:
    async with server(stack) as browser:
        await sign_in(browser)
        [row] = await kept.fetch("select * from access.session")
        session = str(browser.cookies[PLAIN_COOKIE])
        for told in (bytes(row["key"]), bytes(row["proof"])):
            assert LEAD.encode() not in told
            assert session.encode() not in told
            browser.cookies.clear()
            browser.cookies.set(PLAIN_COOKIE, told.hex())
            assert not await sees_names(browser)


async def test_a_session_ends_by_itself_and_is_forgotten(stack: Settings, kept: asyncpg.Connection) -> None:
    async with server(stack) as browser:
        await sign_in(browser)
        left = await kept.fetchval("select extract(epoch from expires_at - now()) from access.session")
        assert 0 < left <= SESSION_SECONDS
        await kept.execute("update access.session set expires_at = now()")
        assert not await sees_names(browser)
        await sign_in(browser)
        assert await kept.fetchval("select count(*) from access.session") == 1


async def test_without_the_database_everybody_sees_what_everybody_does(stack: Settings) -> None:
    async with server(stack.model_copy(update={"database_url": AWAY})) as browser:
        assert (await sign_in(browser)).status_code == 503
        browser.cookies.set(PLAIN_COOKIE, "of-a-session-before")
        assert (await browser.get("/communities/rust")).status_code == 200
        assert not await sees_names(browser)


async def test_before_the_database_is_prepared_nobody_is_signed_in(
    stack: Settings, database: asyncpg.Connection
) -> None:
    await database.execute("drop schema if exists access cascade")
    async with server(stack) as browser:
        assert (await sign_in(browser)).status_code == 503
        browser.cookies.set(PLAIN_COOKIE, "of-a-session-before")
        assert (await browser.get("/communities/rust")).status_code == 200
