"""The local stack: Kafka and PostgreSQL, their topics and tables, and whatever else is started in it.

async with LocalStack(settings) as stack:
await stack.start(child)   # e.g. `stack.command("worker", ...)`
await stack.wait()         # until it is ended
"""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from events.topics import topics
from infra.database import schemas as database
from infra.kafka import topics as broker
from infra.local import postgres
from infra.local.child import Child
from infra.local.data_folder import DataFolder
from infra.local.kafka import Kafka
from infra.local.ports import LOOPBACK, accepts, require_free
from infra.local.side_by_side import side_by_side
from infra.local.supervisor import Supervisor
from infra.policy.policy_file import read_policy
from infra.settings import Settings

TellService = Callable[[str, str], None]

OWN_STOP_SECONDS = 8.0
"""Our own processes may be killed at any moment, so nobody waits for them for long."""
PORTS = ("kafka_port", "controller_port", "postgres_port")
TOLD = ("topic_prefix", "consumer_group", "server_port", "worker_metrics_port", "prometheus_port", "policy_file")
"""Settings of a stack that its other commands must share, beside where Kafka and PostgreSQL are."""


class LocalStack:
    """Kafka and PostgreSQL on this machine for as long as the block lasts.

    Open it on the main thread: children die with the thread that started them.

    Args:
        settings: Data folder, ports, topic prefix.
        tell: Called with a component's name and address once it serves.

    Attributes:
        settings: The same, with the addresses of what runs: give these to everything else.

    Raises:
        StackError: On entry: the folder is in use, a port is taken, Java or Maven is missing, or
            something did not come up.
        PolicyError: On entry: the policy file says something that cannot be followed.
    """

    def __init__(self, settings: Settings, tell: TellService = lambda _name, _address: None) -> None:
        """Only remembers; nothing runs before the block is entered."""
        self._folder = DataFolder(settings.data_dir.absolute())
        self._tell = tell
        self._supervisor = Supervisor(self._folder.tell_troubles)
        self._cleanup = AsyncExitStack()
        self.settings = settings

    async def __aenter__(self) -> Self:
        """Brings everything up."""
        async with AsyncExitStack() as cleanup:
            cleanup.enter_context(self._folder.locked())
            self._folder.tell_troubles([])
            cleanup.callback(self._folder.tell_troubles, [])
            cleanup.push_async_callback(self._supervisor.stop)
            await self._bring_up()
            self._cleanup = cleanup.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends everything, the last started first, and waits for it."""
        await self._cleanup.aclose()

    async def start(self, child: Child, address: str) -> str:
        """Starts one more process, waits until it serves, and tells its address.

        Raises:
            StackError: It did not serve, though it was tried again; it is still tried while the block lasts.
        """
        await self._supervisor.start(child)
        self._tell(child.name, address)
        return address

    async def wait(self) -> None:
        """Returns never: whatever ends is started again, beside the others."""
        await self._supervisor.wait()

    @property
    def folder(self) -> Path:
        """Where everything is kept; absolute."""
        return self._folder.path

    def command(self, name: str, *arguments: str, port: int) -> Child:
        """One of our own commands as a child, finding this stack by its data folder.

        Args:
            name: What a person calls it.
            arguments: The command line after `tenfold`.
            port: Where it listens once it serves.
        """
        return Child(
            name=name,
            command=(sys.executable, "-m", "infra", "--debug", *arguments),
            log_file=self._folder.path / "log" / f"{name}.log",
            ready=lambda: accepts(port),
            stop_seconds=OWN_STOP_SECONDS,
            environment={"TENFOLD_DATA_DIR": str(self._folder.path)},
        )

    async def _bring_up(self) -> None:
        read_policy(self.settings.policy_file)  # what cannot be followed would end each process, one after the other
        await require_free({name: getattr(self.settings, name) for name in PORTS})
        kafka, server = await side_by_side(self._kafka(), self._postgres())
        found = {"kafka_bootstrap_servers": kafka, "database_url": server}
        self.settings = self.settings.model_copy(update=found)
        self._folder.tell(found | dict(self._told()))

    def _told(self) -> Iterator[tuple[str, str]]:
        for name in TOLD:
            value = getattr(self.settings, name)
            if value is not None:
                yield name, str(value.absolute() if isinstance(value, Path) else value)

    async def _kafka(self) -> str:
        settings, folder = self.settings, self._folder.path
        kafka = Kafka(folder / "kafka", settings.kafka_port, settings.controller_port, folder / "log" / "kafka.log")
        await asyncio.to_thread(kafka.prepare)
        await self.start(kafka.child(), kafka.bootstrap_servers)
        async with broker.admin(kafka.bootstrap_servers) as client:
            await broker.create(client, topics(settings.topic_prefix))
        return kafka.bootstrap_servers

    async def _postgres(self) -> str:
        settings = self.settings
        server = await asyncio.to_thread(
            postgres.installed, self._folder, settings.postgres_port, settings.postgres_bin_dir
        )
        await asyncio.to_thread(server.prepare)
        await self.start(server.child(), f"{LOOPBACK}:{server.port}")
        await server.create_database()
        await database.prepare(server.url)
        return server.url
