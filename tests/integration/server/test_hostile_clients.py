"""Whatever clients do to a port over HTTP, others are answered at once: by the server, and by a worker."""

import asyncio
import os
import re
import resource
import signal
import socket
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from infra.local.ports import LOOPBACK, accepts, own_ports
from infra.server.http_connection import REQUEST_SECONDS
from tests.support.patience import PATIENCE_SECONDS

MANY = 1500
FEW_FILES = 128
AT_ONCE_SECONDS = 5.0
"""A tenth of that on a quiet machine; whoever is held up waits for others' `REQUEST_SECONDS` to be over."""
HALF = b"GET / HTTP/1.1\r\nHost: here\r\nX-More: "
PATHS = {"serve": ("/healthz", "/metrics", "/"), "worker": ("/metrics",)}


@dataclass
class Served:
    """A process that answers at a port, with neither Kafka nor PostgreSQL to be had."""

    process: Process
    port: int
    paths: tuple[str, ...]
    log: Path

    async def answers_at_once(self) -> None:
        await self.answers_in_time(AT_ONCE_SECONDS)

    async def answers_in_time(self, seconds: float) -> None:
        async with httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{self.port}", timeout=seconds) as client:
            for path in self.paths:
                started = time.monotonic()
                assert (await client.get(path)).status_code == 200
                assert time.monotonic() - started < seconds


@pytest.fixture(autouse=True)
def _many_files() -> Iterator[None]:
    """This process holds the other ends."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.fixture
def clients() -> Iterator[ExitStack]:
    """Sockets that are closed in the end."""
    with ExitStack() as opened:
        yield opened


@asynccontextmanager
async def serving(command: str, log: Path, files: int = 1024) -> AsyncIterator[Served]:
    with own_ports(1) as (port,), log.open("ab") as written:
        process = await asyncio.create_subprocess_exec(
            *("prlimit", f"--nofile={files}:{files if files < 1024 else 4096}"),
            *(sys.executable, "-m", "infra", command),
            env=os.environ | away(port),
            stdout=PIPE,
            stderr=written,
        )
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not await accepts(port):
                    assert process.returncode is None, log.read_text()
                    await asyncio.sleep(0.1)
            served = Served(process, port, PATHS[command], log)
            await served.answers_in_time(PATIENCE_SECONDS)  # the first page takes longest
            yield served
        finally:
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(PATIENCE_SECONDS):
                await process.wait()
    assert process.returncode == 0, log.read_text()


def away(port: int) -> dict[str, str]:
    return {
        "TENFOLD_KAFKA_BOOTSTRAP_SERVERS": f"{LOOPBACK}:9",
        "TENFOLD_DATABASE_URL": f"postgresql://nobody@{LOOPBACK}:9/none",
        "TENFOLD_SERVER_PORT": str(port),
        "TENFOLD_WORKER_METRICS_PORT": str(port),
    }


async def opened(clients: ExitStack, port: int, words: bytes) -> socket.socket:
    client = clients.enter_context(socket.socket())
    await sent(client, port, words)
    return client


async def sent(client: socket.socket, port: int, words: bytes) -> None:
    client.setblocking(False)
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await loop.sock_connect(client, (LOOPBACK, port))
    await loop.sock_sendall(client, words)


@pytest.mark.parametrize(("command", "files"), [("serve", 1024), ("worker", FEW_FILES)])
async def test_half_sent_requests_hold_nobody_up(command: str, files: int, clients: ExitStack, tmp_path: Path) -> None:
    async with serving(command, tmp_path / "log", files) as served:
        for number in range(MANY):
            await opened(clients, served.port, HALF)
            if number % 500 == 499:
                await served.answers_at_once()
        for _ in range(MANY):
            await opened(clients, served.port, b"no HTTP at all\r\n\r\n")
        await served.answers_at_once()
    assert len(served.log.read_text().splitlines()) < MANY / 5


async def test_whoever_sends_or_reads_too_slowly_is_sent_away(clients: ExitStack, tmp_path: Path) -> None:
    async with serving("serve", tmp_path / "log") as served:
        header = await opened(clients, served.port, b"GET / HTTP/1.1\r\n")
        body = await opened(clients, served.port, b"POST /sign-in HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n")
        silent = await opened(clients, served.port, b"")
        endless = await opened(clients, served.port, b"GET / HTTP/1.1\r\n")
        dripping = asyncio.gather(*(drip(one) for one in (header, body)), flood(endless))
        await asyncio.wait_for(asyncio.gather(dripping, until_over(silent)), 3 * REQUEST_SECONDS)
        await served.answers_at_once()


async def test_answers_that_nobody_reads_hold_nobody_up(clients: ExitStack, tmp_path: Path) -> None:
    async with serving("serve", tmp_path / "log", FEW_FILES) as served:
        style = await a_long_file(served.port)
        for _ in range(FEW_FILES):
            client = clients.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            await sent(client, served.port, f"GET {style} HTTP/1.1\r\nHost: here\r\n\r\n".encode() * 20)
        await served.answers_at_once()


async def a_long_file(port: int) -> str:
    async with httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{port}") as client:
        [style] = re.findall(r'href="(/static/[^"]+css)"', (await client.get("/")).text)
        assert len((await client.get(style, headers={"Accept-Encoding": "identity"})).content) > 10_000
    return str(style)


async def drip(client: socket.socket) -> None:
    """A byte now and then, for as long as it is taken."""
    with suppress(ConnectionError):
        while True:
            await asyncio.get_running_loop().sock_sendall(client, b"x")
            await asyncio.sleep(0.5)


async def flood(client: socket.socket) -> None:
    """Headers without an end."""
    with suppress(ConnectionError):
        while True:
            await asyncio.get_running_loop().sock_sendall(client, b"X-More: x\r\n" * 100)


async def until_over(client: socket.socket) -> None:
    with suppress(ConnectionError):
        while await asyncio.get_running_loop().sock_recv(client, 65536):
            pass
