"""One real Kafka and one real PostgreSQL for the whole run; topics, group and database for each test."""

import asyncio
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from events.topics import topics
from infra.database.schemas import SEARCH_PATH
from infra.kafka import topics as broker
from infra.local.ports import own_ports
from infra.local.stack import LocalStack
from infra.settings import Settings
from tests.support.no_skips import pytest_sessionfinish, pytest_terminal_summary  # noqa: F401 - hooks of every run

LONGEST = ("test_worker_crashes.py", "test_another_log.py", "journeys")
"""Files and folders, the longest first."""

PORTS = (
    "kafka_port",
    "controller_port",
    "postgres_port",
    "server_port",
    "worker_metrics_port",
    "prometheus_port",
    "alertmanager_port",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins, so that at the end no process waits for another one's."""
    items.sort(key=lambda item: next((at for at, one in enumerate(LONGEST) if one in item.path.parts), len(LONGEST)))


@pytest.fixture(scope="session")
def stack_folder() -> Iterator[Path]:
    """Not one of pytest's own: those are 0700, and PostgreSQL may run as another user."""
    folder = Path(tempfile.mkdtemp(prefix="tenfold-tests-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def local_stack(stack_folder: Path) -> AsyncIterator[LocalStack]:
    """Kafka and PostgreSQL, started the way `tenfold up` starts them. Its database is the template."""
    with own_ports(len(PORTS)) as ports:
        settings = Settings.load(stack_folder, **dict(zip(PORTS, ports, strict=True)))
        async with LocalStack(settings) as stack:
            yield stack


@pytest.fixture
async def stack(local_stack: LocalStack) -> AsyncIterator[Settings]:
    """Settings of one test: its own topics (created), group, database (migrated), and free ports."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    async with _database(local_stack.settings.database_url, name) as url:
        with own_ports(2) as (server_port, worker_metrics_port):
            settings = local_stack.settings.model_copy(
                update={
                    "topic_prefix": f"{name}.",
                    "consumer_group": name,
                    "database_url": url,
                    "server_port": server_port,
                    "worker_metrics_port": worker_metrics_port,
                }
            )
            async with _topics(settings):
                yield settings


@pytest.fixture
async def database(stack: Settings) -> AsyncIterator[asyncpg.Connection]:
    """A connection to the test's database that sees facts and read models."""
    connection = await asyncpg.connect(stack.database_url, server_settings={"search_path": SEARCH_PATH})
    yield connection
    await connection.close()


@asynccontextmanager
async def _database(template_url: str, name: str) -> AsyncIterator[str]:
    server, _, template = template_url.rpartition("/")
    connection = await asyncpg.connect(f"{server}/postgres")
    try:
        await connection.execute(f"create database {name} template {template}")
        yield f"{server}/{name}"
        await connection.execute(f"drop database {name} with (force)")
    finally:
        await connection.close()


@asynccontextmanager
async def _topics(settings: Settings) -> AsyncIterator[None]:
    wanted = topics(settings.topic_prefix)
    async with broker.admin(settings.kafka_bootstrap_servers) as client:
        await broker.create(client, wanted)
        yield
        await asyncio.shield(client.delete_topics([topic.name for topic in wanted]))
