"""Ports on loopback: which are taken, and which are free."""

import asyncio
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from infra.local.errors import StackError

LOOPBACK = "127.0.0.1"
CLOSING_SECONDS = 5.0
"""How long a stack that was killed a moment ago may take to let its ports go."""


async def require_free(ports: Mapping[str, int]) -> None:
    """Checks that nobody listens on the ports.

    Args:
        ports: Port by the name of the setting that moves it.

    Raises:
        StackError: Names each port that is taken, and its setting.
    """
    deadline = asyncio.get_running_loop().time() + CLOSING_SECONDS
    while taken := {name: port for name, port in ports.items() if not is_free(port)}:
        if asyncio.get_running_loop().time() > deadline:
            names = ", ".join(f"{port} (TENFOLD_{name.upper()})" for name, port in taken.items())
            raise StackError(f"taken by another program on {LOOPBACK}: port {names}")
        await asyncio.sleep(0.2)


def is_free(port: int) -> bool:
    """Whether a server could listen on the port now."""
    with socket.socket() as probe:
        try:
            _bind(probe, port)
        except OSError:
            return False
    return True


def free_ports(count: int) -> list[int]:
    """Different ports that were free a moment ago, for benchmarks."""
    with own_ports(count) as ports:
        return ports


@contextmanager
def own_ports(count: int) -> Iterator[list[int]]:
    """Different ports that nobody else is given while the block lasts, for tests.

    Each is bound, and nobody listens: a server that asks for this very port gets it, whoever asks for any gets another.
    """
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            _bind(each, 0)
        yield [each.getsockname()[1] for each in sockets]


def _bind(bound: socket.socket, port: int) -> None:
    """As servers do: beside whoever does so, too, as long as nobody listens."""
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((LOOPBACK, port))


async def accepts(port: int) -> bool:
    """Whether a server answers on the port."""
    try:
        _, writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        return False
    writer.close()
    return True


async def says_ready(port: int) -> bool:
    """Whether Prometheus or Alertmanager does: each accepts before it can answer."""
    try:
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        return False
    try:
        writer.write(b"GET /-/ready HTTP/1.0\r\n\r\n")
        return b" 200 " in await reader.readline()
    except OSError:
        return False
    finally:
        writer.close()
