"""Both stores that dashboards ask, filled once, and asked with the rights of a data source."""

import uuid
from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from infra.database.schemas import SEARCH_PATH
from infra.local.stack import LocalStack
from tests.integration.dashboards.filled import Filled, evaluated, prometheus
from tests.integration.evaluator.conftest import teller


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def filled(local_stack: LocalStack, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Filled]:
    server, _, template = local_stack.settings.database_url.rpartition("/")
    name = f"dashboards_{uuid.uuid4().hex[:12]}"
    administrator = await asyncpg.connect(f"{server}/postgres")
    await administrator.execute(f"create database {name} template {template}")
    async with (
        asyncpg.create_pool(
            f"{server}/{name}", min_size=1, max_size=3, server_settings={"search_path": SEARCH_PATH}
        ) as pool,
        pool.acquire() as connection,
    ):
        histories = await evaluated(pool, await teller(connection))
        async with prometheus(tmp_path_factory.mktemp("prometheus"), histories) as address:
            await connection.execute("set timezone to 'Pacific/Auckland'")
            settings = local_stack.settings.model_copy(update={"database_url": f"{server}/{name}"})
            yield Filled(connection, address, histories, settings)
    await administrator.execute(f"drop database {name}")
    await administrator.close()


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def as_grafana(filled: Filled) -> AsyncIterator[None]:
    """With the rights of a data source."""
    await filled.connection.execute("set role tenfold_dashboards")
    yield
    await filled.connection.execute("reset role")
