"""Ports on loopback: which are taken, and which are free."""

import asyncio
import socket
from collections.abc import Mapping

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
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_ports(count: int) -> list[int]:
    """Different ports that were free a moment ago, for tests and benchmarks."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((LOOPBACK, 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


async def accepts(port: int) -> bool:
    """Whether a server answers on the port."""
    try:
        _, writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        return False
    writer.close()
    return True
