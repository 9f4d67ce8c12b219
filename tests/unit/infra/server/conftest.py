from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from infra.server.app import build_app
from infra.server.auth import Access, Tokens
from infra.server.state import State
from projections.evaluation.catalog import HELP
from projections.timeline.history import History
from tests.support.made_up_community import (
    LEAD,
    OPERATOR,
    OTHER_LEAD,
    SCRAPER,
    TODAY,
    Remembered,
    client_from,
    explained,
    known,
)


@pytest.fixture
def state(history: History) -> State:
    return State({"rust": known("rust", history)}, metrics=b"", evaluated=True)


@pytest.fixture
def sessions() -> Remembered:
    return Remembered()


@pytest.fixture
def app(state: State, sessions: Remembered) -> FastAPI:
    tokens = Tokens(OPERATOR, {"rust": LEAD, "other": OTHER_LEAD}, SCRAPER)
    return build_app(state, Access(tokens, sessions), explained, HELP, lambda: TODAY)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with client_from(app, "203.0.113.9") as client:
        yield client


@pytest.fixture
async def local_client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with client_from(app, "127.0.0.1") as client:
        yield client
