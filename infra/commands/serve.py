"""`tenfold serve`: the numbers for everybody, current to the second."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import asyncpg
from fastapi import FastAPI

from infra.database import schemas as database
from infra.kafka.lag import LogEnds
from infra.local.side_by_side import side_by_side
from infra.local.signals import ended_by_signals
from infra.policy.live_policy import LivePolicy
from infra.server.app import build_app
from infra.server.assets import Assets
from infra.server.auth import Access, Tokens
from infra.server.explainer import explainer, namer
from infra.server.http_server import listening, serve_http
from infra.server.loop import Loops
from infra.server.sessions import StoredSessions
from infra.server.state import State
from infra.settings import Settings
from projections.evaluation.catalog import HELP
from projections.evaluation.evaluator import Evaluator
from streams.producer import Producer

CONNECTIONS = 6
"""The evaluator holds one, the loops two; the rest explain."""
COMMAND_TIMEOUT_SECONDS = 60.0
"""Reading ten million facts anew takes a third of it; beyond, the database is gone without a word."""


async def serve() -> None:
    """Serve the page, the JSON API and /metrics, and keep their numbers current."""
    settings = Settings.load()
    with ended_by_signals(), listening("server_port", settings.bind_address, settings.server_port) as listener:
        async with composed(settings) as (app, loops):
            await run(app, loops, listener)


@asynccontextmanager
async def composed(settings: Settings) -> AsyncIterator[tuple[FastAPI, Loops]]:
    """The application and its loops, not running yet; nothing is connected before it is needed."""
    policy = LivePolicy(settings.policy_file)
    state = State(policy_is_followed=lambda: policy.is_followed)
    bootstrap, prefix = settings.kafka_bootstrap_servers, settings.topic_prefix
    async with (
        pool_of(settings) as pool,
        Producer(bootstrap, prefix) as producer,
        LogEnds(bootstrap, prefix) as log,
    ):
        loops = Loops(
            state,
            evaluator=partial(Evaluator, pool),
            pool=pool,
            prepare=partial(database.prepare, settings.database_url),
            log=log,
            outlet=producer,
            policy=policy,
        )
        access = Access(tokens_of(settings), StoredSessions(pool), settings.behind_tls)
        app = build_app(state, access, explainer(pool, state), HELP, name=namer(pool, state))
        yield app, loops


async def run(app: FastAPI, loops: Loops, listener: socket.socket) -> None:
    """Serves until cancelled, or until a bug in a loop, which is raised."""
    await side_by_side(serve_http(app, listener), asyncio.to_thread(Assets().warm), loops.run())


def pool_of(settings: Settings) -> asyncpg.Pool:
    """Connections that find facts and read models, made when needed: the database may be away."""
    return asyncpg.create_pool(
        settings.database_url,
        min_size=0,
        max_size=CONNECTIONS,
        command_timeout=COMMAND_TIMEOUT_SECONDS,
        server_settings={
            "application_name": "tenfold-serve",
            "search_path": database.SEARCH_PATH,
        },
    )


def tokens_of(settings: Settings) -> Tokens:
    """The tokens that the settings name."""
    operator = settings.operator_token
    leads = {name: token.get_secret_value() for name, token in settings.lead_tokens.items()}
    metrics = settings.metrics_token
    return Tokens(
        operator.get_secret_value() if operator else None, leads, metrics.get_secret_value() if metrics else None
    )
