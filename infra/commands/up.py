"""`tenfold up`: the whole thing on one machine."""

from pathlib import Path
from typing import Annotated

import typer

from infra.local.monitoring import start_monitoring
from infra.local.ports import LOOPBACK, require_free
from infra.local.side_by_side import side_by_side
from infra.local.signals import ended_by_signals
from infra.local.stack import LocalStack
from infra.settings import Settings

WORKER = ("worker", "--name", "worker-1")
"""By its name a worker that was killed gets its partitions back at once, not after the session time-out."""

DataOption = Annotated[Path | None, typer.Option("--data", help="Where everything is kept.", show_default=".tenfold")]


async def up(data: DataOption = None) -> None:
    """Run Kafka, PostgreSQL, a worker, the server, and Prometheus where it is installed, until Ctrl-C."""
    with ended_by_signals():
        async with LocalStack(Settings.load(data), tell_address) as stack:
            await start_processes(stack)
            await start_monitoring(stack, tell_address)
            tell_address("page", f"http://{LOOPBACK}:{stack.settings.server_port}/")
            await stack.wait()


async def start_processes(stack: LocalStack) -> None:
    """Starts a worker and the server in a local stack, and waits until both serve."""
    worker, server = stack.settings.worker_metrics_port, stack.settings.server_port
    await require_free({"worker_metrics_port": worker, "server_port": server})
    await side_by_side(
        *(
            stack.start(stack.command(command[0], *command, port=port), f"http://{LOOPBACK}:{port}/metrics")
            for command, port in ((WORKER, worker), (("serve",), server))
        )
    )


def tell_address(name: str, address: str) -> None:
    """Prints a component that serves, and where."""
    typer.echo(f"{name:<13}{address}")
