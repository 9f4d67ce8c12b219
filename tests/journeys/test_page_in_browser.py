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
from infra.server.auth import PLAIN_COOKIE, SECURE_COOKIE, Access, Tokens
from infra.server.state import State
from projections.evaluation.catalog import HELP
from tests.journeys.browser import CHROMIUM, Tab, browser_tab
from tests.support.made_up_community import LEAD, TODAY, Remembered, explained, known, made_up_history

ROLES = "/communities/rust/explain?metric=tenfold_effective_leaders&label=seats%3Dnominal"
PEOPLE = "/communities/rust/explain?metric=tenfold_active_contributors&label=window_days%3D90"
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


@pytest.fixture
async def site() -> AsyncIterator[str]:
    async with _served(_app()) as address:
        yield address


@pytest.fixture
async def tab(tmp_path: Path) -> AsyncIterator[Tab]:
    async with browser_tab(tmp_path) as tab:
        yield tab


def _app(*, behind_tls: bool = False) -> FastAPI:
    state = State({"rust": known("rust", made_up_history())}, evaluated=True)
    access = Access(Tokens(None, {"rust": LEAD}), Remembered(), behind_tls)
    return build_app(state, access, explained, HELP, lambda: TODAY)


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


@pytest.mark.parametrize("behind_tls", [False, True])
async def test_signing_in_shows_who_until_signing_out(tab: Tab, behind_tls: bool) -> None:
    async with _served(_app(behind_tls=behind_tls)) as site:
        await tab.open(f"{site}{ROLES}")
        assert "Grace" not in await tab.evaluate("document.body.innerText")
        await _sign_in(tab, site)
        cookies = (await tab.call("Network.getCookies", urls=[site]))["cookies"]
        assert [(one["name"], one["secure"]) for one in cookies] == [
            (SECURE_COOKIE if behind_tls else PLAIN_COOKIE, behind_tls)
        ]
        assert all(one["httpOnly"] and one["sameSite"] == "Lax" and LEAD not in one["value"] for one in cookies)
        await tab.open(f"{site}{PEOPLE}")
        assert "Ada" in await tab.evaluate("document.body.innerText")
        await tab.open(f"{site}{ROLES}")
        assert "Grace" in await tab.evaluate("document.body.innerText")
        await _press(tab, "nav[aria-label=Account] button", "/")
        assert (await tab.call("Network.getCookies", urls=[site]))["cookies"] == []
        await tab.evaluate("history.back()")
        await tab.until("location.pathname != '/' && document.readyState == 'complete'")
        assert "Grace" not in await tab.evaluate("document.body.innerText")
        assert tab.complaints == []


async def test_a_page_elsewhere_signs_nobody_in(site: str, tab: Tab) -> None:
    await tab.open("data:text/html,<title>elsewhere</title>")
    form = f"<form method=post action='{site}/sign-in'><input name=token value='{LEAD}'><button>Win</button></form>"
    await tab.evaluate(f'document.body.innerHTML = "{form}"')
    await _press(tab, "button", "/sign-in")
    assert "not sent from a page of Tenfold" in await tab.evaluate("document.body.innerText")
    assert (await tab.call("Network.getCookies", urls=[site]))["cookies"] == []


async def test_by_plain_http_under_another_name_somebody_signs_in_too(tmp_path: Path) -> None:
    """Browsers then say by the page's origin alone from where a form comes."""
    flag = "--host-resolver-rules=MAP tenfold.test 127.0.0.1"
    async with _served(_app()) as site, browser_tab(tmp_path, flag) as tab:
        here = site.replace("127.0.0.1", "tenfold.test")
        await _sign_in(tab, here)
        await tab.open(f"{here}{PEOPLE}")
        assert "Ada" in await tab.evaluate("document.body.innerText")


async def _sign_in(tab: Tab, site: str) -> None:
    await tab.open(f"{site}/sign-in")
    await tab.evaluate(f"document.querySelector('[name=token]').value = '{LEAD}'")
    await _press(tab, "form.sign-in button", "/")


async def _press(tab: Tab, button: str, leads_to: str) -> None:
    await tab.evaluate(f"document.querySelector('{button}').click()")
    await tab.until(f"location.pathname == '{leads_to}' && document.readyState == 'complete'")
