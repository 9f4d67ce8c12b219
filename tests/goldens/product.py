"""All of the product that goldens rest on, by its outermost doors; what moves is mended here and in `communities`."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Self
from unittest.mock import patch

import asyncpg
import httpx
from fastapi import FastAPI
from typer.testing import CliRunner

from events.envelope import Event
from infra import clock
from infra.cli import build_cli
from infra.commands.serve import pool_of
from infra.database import schemas as database
from infra.kafka.lag import LogEnds
from infra.local.data_folder import DataFolder
from infra.local.ports import own_ports
from infra.local.postgres import installed
from infra.local.supervisor import Supervisor
from infra.policy.policy_file import read_policy
from infra.server.app import build_app
from infra.server.auth import Access, Tokens
from infra.server.explainer import explainer, namer
from infra.server.loop import Loops
from infra.server.sessions import StoredSessions
from infra.server.state import State
from infra.settings import Settings
from projections.evaluation.catalog import HELP
from projections.evaluation.evaluator import Evaluator
from streams.producer import Producer
from tests.goldens.communities import NOW, events_of, policy_of
from tests.integration.evaluator.conftest import teller

OPERATOR = "operator-token-of-goldens"
LOOPBACK = "127.0.0.1"


class StandingStill(datetime):
    """A clock for commands, which ask for the day themselves."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(NOW.timestamp(), tz)


@asynccontextmanager
async def postgres() -> AsyncIterator[str]:
    """A PostgreSQL of its own with empty tables, by its address."""
    supervisor = Supervisor()
    with tempfile.TemporaryDirectory(prefix="tenfold-goldens-") as name, own_ports(1) as [port]:
        Path(name).chmod(0o711)  # PostgreSQL may run as another user
        server = installed(DataFolder(Path(name)), port, None)
        await asyncio.to_thread(server.prepare)
        try:
            await supervisor.start(server.child())
            await server.create_database()
            await database.prepare(server.url)
            yield server.url
        finally:
            await supervisor.stop()


@contextmanager
def surroundings(database_url: str, policy: str) -> Iterator[None]:
    """Commands find the database and the policy by their environment, and it is always the same moment."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "policy.toml"
        file.write_text(policy, "utf-8")
        told = {"TENFOLD_DATABASE_URL": database_url, "TENFOLD_POLICY_FILE": str(file), "TENFOLD_DATA_DIR": folder}
        others = {name: value for name, value in os.environ.items() if not name.startswith("TENFOLD_")}
        with patch.dict(os.environ, others | told, clear=True), patch.object(clock, "datetime", StandingStill):
            yield


@asynccontextmanager
async def filled(database_url: str, names: Iterable[str]) -> AsyncIterator[None]:
    """A database that was told of some communities, and the surroundings in which commands find them."""
    events: Mapping[str, Sequence[Event]] = {name: events_of(name) for name in names}
    with surroundings(database_url, policy_of(events)):
        connection = await asyncpg.connect(database_url, server_settings={"search_path": database.SEARCH_PATH})
        tell = await teller(connection)
        for each in events.values():
            await tell(each)
        await connection.close()
        yield


@asynccontextmanager
async def served() -> AsyncIterator[httpx.AsyncClient]:
    """A client of the server, which has evaluated everything."""
    settings, state = Settings.load(), State()
    policy = read_policy(settings.policy_file)
    async with pool_of(settings) as pool:
        loops = Loops(
            state,
            evaluator=lambda policy: Evaluator(pool, policy, lambda: NOW),
            pool=pool,
            prepare=partial(database.prepare, settings.database_url),
            log=LogEnds("", "t."),
            outlet=Producer("", "t."),
            policy=lambda: policy,
        )
        await loops.begin()
        await loops.evaluate()
        assert state.evaluated
        assert not state.failed
        access = Access(Tokens(OPERATOR), StoredSessions(pool))
        app = build_app(state, access, explainer(pool, state), HELP, NOW.date, namer(pool, state))
        async with client_of(app) as client:
            yield client


def client_of(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, client=(LOOPBACK, 40000))
    return httpx.AsyncClient(transport=transport, base_url=f"http://{LOOPBACK}:8010")


async def command(*words: str) -> str:
    """What a command prints."""
    runner = CliRunner()
    done = await asyncio.to_thread(runner.invoke, build_cli(words[0]), list(words))
    return done.stdout if done.exit_code == 0 else f"exit code {done.exit_code}\n{done.output}{done.exception}\n"
