"""The page in a real browser: nothing refused, nothing asked of others, charts that answer."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from infra.server.app import build_app
from infra.server.auth import Tokens
from infra.server.state import State
from projections.report import FAMILIES
from tests.journeys.browser import CHROMIUM, Tab, browser_tab
from tests.unit.server.made_up import LEAD, TODAY, explained, known, made_up_history

ROLES = "/communities/rust/explain?metric=tenfold_effective_leaders&label=seats%3Dnominal"
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


@pytest.fixture
async def site() -> AsyncIterator[str]:
    state = State({"rust": known("rust", made_up_history())}, evaluated=True)
    app = build_app(state, Tokens(None, {"rust": LEAD}), explained, FAMILIES, lambda: TODAY)
    async with _served(app) as address:
        yield address


@pytest.fixture
async def tab(tmp_path: Path) -> AsyncIterator[Tab]:
    async with browser_tab(tmp_path) as tab:
        yield tab


@asynccontextmanager
async def _served(app: FastAPI) -> AsyncIterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await serving


async def test_nothing_is_refused_and_nothing_leaves_the_machine(site: str, tab: Tab) -> None:
    await tab.open(f"{site}/")
    await tab.until("document.querySelectorAll('[data-drawn] svg').length == 5")
    assert tab.complaints == []
    assert all(address.startswith((f"{site}/", "data:")) for address in tab.requested)
    assert len([address for address in tab.requested if address.endswith(".js")]) == 2


async def test_a_chart_names_its_values_under_the_pointer(site: str, tab: Tab) -> None:
    await tab.open(f"{site}/")
    await tab.until("document.querySelectorAll('[data-drawn] svg').length == 5")
    box = await tab.evaluate(
        "(() => { const svg = document.querySelector('[data-drawn] svg'); svg.scrollIntoView();"
        " const b = svg.getBoundingClientRect();"
        " return {x: b.x + b.width / 2, y: b.y + b.height / 2}; })()"
    )
    await tab.call("Input.dispatchMouseEvent", type="mouseMoved", x=box["x"], y=box["y"])
    await tab.call("Input.dispatchMouseEvent", type="mouseMoved", x=box["x"] + 2, y=box["y"])
    words = await tab.until("document.querySelector('#vg-tooltip-element.visible')?.innerText")
    assert "Active" in words
    assert "Recurring" in words
    assert tab.complaints == []


async def test_a_chart_takes_the_width_of_the_screen(site: str, tab: Tab) -> None:
    size = {"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    await tab.call("Emulation.setDeviceMetricsOverride", **size)
    await tab.open(f"{site}/")
    await tab.until("document.querySelectorAll('[data-drawn] svg').length == 5")
    assert await tab.evaluate("document.documentElement.scrollWidth") <= 400
    await tab.open(f"{site}{ROLES}")
    assert await tab.evaluate("document.documentElement.scrollWidth") <= 400


async def test_without_a_script_the_page_is_complete(site: str, tab: Tab) -> None:
    await tab.call("Emulation.setScriptExecutionDisabled", value=True)
    await tab.open(f"{site}/")
    assert await tab.evaluate("document.querySelectorAll('.plot > svg').length") == 5
    assert not [address for address in tab.requested if "charts/" in address]


async def test_signing_in_shows_who(site: str, tab: Tab) -> None:
    await tab.open(f"{site}{ROLES}")
    assert "Grace" not in await tab.evaluate("document.body.innerText")
    await tab.open(f"{site}/sign-in")
    await tab.evaluate(f"document.querySelector('[name=token]').value = '{LEAD}'")
    await tab.evaluate("document.querySelector('form.sign-in button').click()")
    await tab.until("location.pathname == '/' && document.readyState == 'complete'")
    path = "/communities/rust/explain?metric=tenfold_active_contributors&label=window_days%3D90"
    await tab.open(f"{site}{path}")
    assert "Ada" in await tab.evaluate("document.body.innerText")
    await tab.open(f"{site}{ROLES}")
    assert "Grace" in await tab.evaluate("document.body.innerText")
    assert tab.complaints == []
