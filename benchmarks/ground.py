"""Where a run takes place: one Kafka and one PostgreSQL for all, topics, group and database for each."""

import asyncio
import shutil
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import asyncpg

from events.topics import topics
from infra.database.schemas import SEARCH_PATH
from infra.kafka import topics as broker
from infra.local.child import Child
from infra.local.ports import free_ports
from infra.local.stack import LocalStack
from infra.settings import Settings
from projections.facts import store

PORTS = ("kafka_port", "controller_port", "postgres_port", "server_port", "worker_metrics_port")
CHANGED = ("topic_prefix", "consumer_group", "database_url", "server_port", "worker_metrics_port")
TOLD = ("data_dir", "kafka_bootstrap_servers", *CHANGED)
APPLICATION = "benchmark"


@dataclass(frozen=True, slots=True)
class Ground:
    """One run's own topics, consumer group, database and ports."""

    stack: LocalStack
    settings: Settings

    @property
    def environment(self) -> dict[str, str]:
        """What makes a command find this ground."""
        return {f"TENFOLD_{name.upper()}": str(getattr(self.settings, name)) for name in TOLD}

    def command(self, name: str, port: int) -> Child:
        """One of Tenfold's own processes."""
        child = self.stack.command(name, name, port=port)
        return replace(child, environment=self.environment)

    def worker(self) -> Child:
        """The worker, as in production."""
        return self.command("worker", self.settings.worker_metrics_port)

    def server(self) -> Child:
        """The server, with its evaluator."""
        return self.command("serve", self.settings.server_port)

    def stock(self) -> Child:
        """The ordinary Faust agent; it listens nowhere, so it is ready once it does something."""
        return Child(
            name="stock",
            command=(sys.executable, "-m", "benchmarks.stock"),
            log_file=self.settings.data_dir / "log" / "stock.log",
            ready=_at_once,
            environment=self.environment,
        )

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """Sees facts and read models; keys are bytes."""
        settings = {"search_path": SEARCH_PATH, "application_name": APPLICATION}
        connection = await asyncpg.connect(self.settings.database_url, server_settings=settings)
        try:
            await store.prepare(connection)
            yield connection
        finally:
            await connection.close()


@asynccontextmanager
async def local_stack() -> AsyncIterator[LocalStack]:
    """Kafka and PostgreSQL in a temporary folder on free ports; its database is the template."""
    ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    with _folder() as folder:
        async with LocalStack(Settings.load(folder, **ports)) as stack:
            yield stack


@asynccontextmanager
async def database(stack: LocalStack) -> AsyncIterator[str]:
    """A new, empty database, for as long as the block lasts."""
    server, _, template = stack.settings.database_url.rpartition("/")
    name = f"bench_{uuid.uuid4().hex[:12]}"
    connection = await asyncpg.connect(f"{server}/postgres")
    try:
        await connection.execute(f"create database {name} template {template}")
        yield f"{server}/{name}"
    finally:
        await connection.execute(f"drop database if exists {name} with (force)")
        await connection.close()


@asynccontextmanager
async def ground(stack: LocalStack, database_url: str) -> AsyncIterator[Ground]:
    """New topics and a new group over a database."""
    name = f"bench_{uuid.uuid4().hex[:12]}"
    server_port, worker_metrics_port = free_ports(2)
    changed = dict(zip(CHANGED, (f"{name}.", name, database_url, server_port, worker_metrics_port), strict=True))
    settings = stack.settings.model_copy(update=changed)
    wanted = topics(settings.topic_prefix)
    async with broker.admin(settings.kafka_bootstrap_servers) as client:
        await broker.create(client, wanted)
        try:
            yield Ground(stack, settings)
        finally:
            await asyncio.shield(client.delete_topics([topic.name for topic in wanted]))


@asynccontextmanager
async def empty_ground(stack: LocalStack) -> AsyncIterator[Ground]:
    """New topics, a new group, a new database."""
    async with database(stack) as url, ground(stack, url) as made:
        yield made


async def _at_once() -> bool:
    return True


@contextmanager
def _folder() -> Iterator[Path]:
    """PostgreSQL may run as another user, who must reach it."""
    folder = Path(tempfile.mkdtemp(prefix="tenfold-bench-"))
    try:
        folder.chmod(0o711)
        yield folder
    finally:
        shutil.rmtree(folder)
