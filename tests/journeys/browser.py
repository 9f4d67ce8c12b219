"""A real browser, driven over its debugging protocol: what a page asks for, refuses and shows."""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.support.patience import PATIENCE_SECONDS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)


@dataclass
class Tab:
    """A page in a browser.

    Attributes:
        requested: Addresses of everything that was asked for.
        complaints: What the browser refused or what went wrong in a script.
    """

    socket: aiohttp.ClientWebSocketResponse
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    _waiting: dict[int, "asyncio.Future[dict[str, Any]]"] = field(default_factory=dict)

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """One command of the protocol."""
        number = len(self._waiting)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        await self.socket.send_json({"id": number, "method": method, "params": parameters})
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await answer

    async def evaluate(self, script: str) -> Any:
        """The value of an expression on the page."""
        found = await self.call("Runtime.evaluate", expression=script, returnByValue=True)
        return found["result"].get("value")

    async def until(self, script: str) -> Any:
        """Waits until an expression is true."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (value := await self.evaluate(script)):
                await asyncio.sleep(0.05)
        return value

    async def open(self, address: str) -> None:
        """Loads a page and all that it asks for."""
        await self.call("Page.navigate", url=address)
        await self.until(f"location.href == {json.dumps(address)} && document.readyState == 'complete'")

    async def listen(self) -> None:
        """Takes in what the browser says, until it ends."""
        async for message in self.socket:
            self._take(json.loads(message.data))

    def _take(self, said: dict[str, Any]) -> None:
        about = said.get("params", {})
        match said.get("method"):
            case None:
                self._waiting[said["id"]].set_result(said.get("result", {}))
            case "Network.requestWillBeSent":
                self.requested.append(about["request"]["url"])
            case "Log.entryAdded" if about["entry"]["level"] in {"error", "warning"}:
                self.complaints.append(about["entry"]["text"])
            case "Runtime.consoleAPICalled" if about["type"] in {"error", "warning"}:
                self.complaints.append(str(about["args"]))
            case "Runtime.exceptionThrown":
                self.complaints.append(str(about["exceptionDetails"]))


@asynccontextmanager
async def browser_tab(profile: Path, *flags: str) -> AsyncIterator[Tab]:
    """A tab of a browser of its own, which ends with the block."""
    process = await asyncio.create_subprocess_exec(
        str(CHROMIUM),
        *FLAGS,
        *flags,
        f"--user-data-dir={profile}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            port = await _port(process)
        async with aiohttp.ClientSession() as session, _tab(session, port) as tab:
            yield tab
    finally:
        process.kill()
        await process.communicate()


@asynccontextmanager
async def _tab(session: aiohttp.ClientSession, port: int) -> AsyncIterator[Tab]:
    async with session.get(f"http://127.0.0.1:{port}/json/list") as response:
        pages = [one for one in await response.json() if one["type"] == "page"]
    address = pages[0]["webSocketDebuggerUrl"]
    async with session.ws_connect(address, max_msg_size=2**26) as socket:
        tab = Tab(socket)
        listening = asyncio.create_task(tab.listen())
        for domain in ("Network", "Page", "Runtime", "Log"):
            await tab.call(f"{domain}.enable")
        yield tab
    await listening


async def _port(process: asyncio.subprocess.Process) -> int:
    assert process.stderr is not None
    while line := await process.stderr.readline():
        if found := re.search(rb"ws://127\.0\.0\.1:(\d+)/", line):
            return int(found[1])
    raise AssertionError("the browser ended before it listened")
