"""Everything that runs, each process started again whenever it ends: to be killed and frozen at any moment."""

import asyncio
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import psutil

from events.topics import topics
from infra.database import schemas as database
from infra.kafka import topics as broker
from infra.local import postgres
from infra.local.child import Child
from infra.local.data_folder import DataFolder
from infra.local.kafka import Kafka
from infra.local.ports import accepts, own_ports
from infra.settings import Settings
from tests.support.through_the_log import SHARED
from tests.support.worker_process import until

BETWEEN_STARTS_SECONDS = 0.3
PORTS = ("kafka_port", "controller_port", "postgres_port", "server_port", "worker_metrics_port", "other_metrics_port")
POLICY = "[communities.project]\n"
SESSION = ("--session-timeout-seconds", "6")


class KeptRunning:
    """One program, started again soon after it ended, until it is left.

    Attributes:
        starts: how often it was started.
        kills: how often it was killed here.
        touched: how often anything was done to it here.
        is_away: whether it stands still now, or has not come back since it was killed.
    """

    def __init__(self, child: Child) -> None:
        self.name = child.name
        self.starts = self.kills = self.touched = 0
        self.is_away = False
        self._child = child
        self._process: Process | None = None

    @asynccontextmanager
    async def kept(self) -> AsyncIterator["KeptRunning"]:
        keeping = asyncio.create_task(self._keep())
        try:
            yield self
        finally:
            self.thaw()
            keeping.cancel()
            await asyncio.wait({keeping})
            if self._process:
                await self._child.stop(self._process)

    async def _keep(self) -> None:
        while True:
            self.starts += 1
            self._process = await self._child.spawn()
            coming_back = asyncio.create_task(self._come_back())
            await self._process.wait()
            coming_back.cancel()
            await asyncio.sleep(BETWEEN_STARTS_SECONDS)

    async def _come_back(self) -> None:
        await self.ready()
        self.is_away = False

    async def ready(self) -> None:
        """Return once it serves."""
        await until(self._child.ready)

    def kill(self) -> None:
        """End it at once, where it runs."""
        if self._process and self._process.returncode is None:
            self.kills += 1
            self.touched += 1
            self.is_away = True
            self._process.kill()

    def freeze(self) -> None:
        """Let it, and all that it started, stand still."""
        self.touched += 1
        self.is_away = True
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self.is_away = False
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        for each in self._all():
            with suppress(psutil.NoSuchProcess):
                each.send_signal(number)

    def _all(self) -> Iterator[psutil.Process]:
        if self._process and self._process.returncode is None:
            with suppress(psutil.NoSuchProcess):
                own = psutil.Process(self._process.pid)
                yield from (own, *own.children(recursive=True))


class Everything:
    """What a sequence of faults has before it.

    Attributes:
        settings: with which everything runs.
        processes: by name: Kafka, PostgreSQL, the server, two workers.
    """

    def __init__(self, settings: Settings, processes: dict[str, KeptRunning]) -> None:
        self.settings = settings
        self.processes = processes


@asynccontextmanager
async def everything(folder: Path) -> AsyncIterator[Everything]:
    """Kafka, PostgreSQL, two workers and a server, for as long as the block lasts."""
    policy = folder / "policy.toml"
    policy.write_text(POLICY)
    async with AsyncExitStack() as running:
        ports = dict(zip(PORTS, running.enter_context(own_ports(len(PORTS))), strict=True))
        other_metrics = ports.pop("other_metrics_port")
        settings = Settings.load(folder, **ports, policy_file=policy)
        kafka = Kafka(folder / "kafka", settings.kafka_port, settings.controller_port, folder / "log" / "kafka.log")
        server = await asyncio.to_thread(postgres.installed, DataFolder(folder), settings.postgres_port, None)
        settings = settings.model_copy(
            update={"kafka_bootstrap_servers": kafka.bootstrap_servers, "database_url": server.url}
        )
        await asyncio.to_thread(kafka.prepare)
        await asyncio.to_thread(server.prepare)
        processes = [await _kept(running, kafka.child()), await _kept(running, server.child())]
        await server.create_database()
        await database.prepare(server.url)
        async with broker.admin(kafka.bootstrap_servers) as client:
            await broker.create(client, topics(settings.topic_prefix))
        own = (
            _own(settings, "server", "serve", settings.server_port),
            _own(settings, "worker", "worker", settings.worker_metrics_port, *SESSION),
            _own(settings, "other worker", "worker", other_metrics, *SESSION),
        )
        processes += [await _kept(running, child) for child in own]
        yield Everything(settings, {one.name: one for one in processes})


async def _kept(running: AsyncExitStack, child: Child) -> KeptRunning:
    process = await running.enter_async_context(KeptRunning(child).kept())
    await process.ready()
    return process


def _own(settings: Settings, name: str, command: str, port: int, *options: str) -> Child:
    told = {f"TENFOLD_{each.upper()}": str(getattr(settings, each)) for each in (*SHARED, "server_port", "policy_file")}
    metrics = {"TENFOLD_WORKER_METRICS_PORT": str(port)} if command == "worker" else {}
    return Child(
        name=name,
        command=(sys.executable, "-m", "infra", "--debug", command, *options),
        log_file=settings.data_dir / "log" / f"{name}.log",
        ready=lambda: accepts(port),
        environment=told | metrics,
    )
