"""Serves an application over HTTP until cancelled: the page and the API of a server, the metrics of a worker."""

import asyncio
import resource
import socket
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final

import uvicorn

from events.errors import TenfoldError
from infra.server.http_connection import Connection

GRACE_SECONDS: Final = 5
"""For requests under way when the server ends; a page takes less than one."""
AT_ONCE: Final = 8
"""Connections accepted in one turn of the loop. Three turns pass until one of too many is closed."""
WAITING: Final = 1024
"""Connections that may wait to be accepted; whoever comes when so many wait tries again a second later."""
FILES: Final = 8192
"""Open files that are enough, whatever clients do."""


@contextmanager
def listening(setting: str, address: str, port: int) -> Generator[socket.socket]:
    """A socket that listens.

    Args:
        setting: What a person sets to have another port.
        address: Where.
        port: Which.

    Raises:
        TenfoldError: Somebody else listens there.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        listener = socket.create_server((address, port), family=family)
    except OSError as error:
        raise TenfoldError(f"{setting} {port} on {address}: {error.strerror}") from error
    with listener:
        yield listener


async def serve_http(app: Any, listener: socket.socket) -> None:
    """Serves until cancelled, then lets requests under way end."""
    raise_file_limit()
    server = _Server(_config(app))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise


def raise_file_limit() -> None:
    """Lets this process open as many files as it may, and can need."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class _Server(uvicorn.Server):
    """Signals are ours, since they end all else, too; and more may wait than are accepted at once."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(WAITING)


def _config(app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        backlog=AT_ONCE,
        lifespan="off",
        log_config=None,
        access_log=False,  # who read what is nobody's business
        proxy_headers=False,  # whoever comes through a proxy must not look like loopback
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
