"""A Kafka of a test's own, which it can end, and whose folder it can bring back as it was."""

import asyncio
import shutil
import tempfile
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from events.topics import topics
from infra.kafka import topics as broker
from infra.local.kafka import Kafka
from infra.local.ports import accepts, own_ports
from infra.settings import Settings
from tests.support.worker_process import until


class Broker:
    """One node, running or not."""

    def __init__(self, kafka: Kafka) -> None:
        self.kafka = kafka
        self._process: Process | None = None

    async def start(self) -> None:
        self._process = await self.kafka.child().spawn()
        await until(lambda: accepts(self.kafka.port))

    async def stop(self) -> None:
        """End it in order, so that all it has is on its disk."""
        if self._process:
            await self.kafka.child().stop(self._process)
        self._process = None

    async def kill(self) -> None:
        if self._process:
            self._process.kill()
            await self._process.wait()
        self._process = None

    async def kept(self, name: str) -> None:
        """Keep what it has now under a name; it is away for a moment."""
        await self.stop()
        shutil.copytree(self.kafka.data / "topics", self.kafka.data / name)
        await self.start()

    async def brought_back(self, name: str, *, keep: str | None = None) -> None:
        """Power is lost, and what was kept takes the place of what it had; that is kept instead, if wanted."""
        await self.kill()
        if keep:
            shutil.copytree(self.kafka.data / "topics", self.kafka.data / keep)
        shutil.rmtree(self.kafka.data / "topics")
        shutil.copytree(self.kafka.data / name, self.kafka.data / "topics")
        await self.start()


@asynccontextmanager
async def own_broker(stack: Settings) -> AsyncIterator[tuple[Broker, Settings]]:
    """A broker with the topics of a test, and the test's settings with it."""
    folder = Path(tempfile.mkdtemp(prefix="tenfold-tests-"))
    with own_ports(2) as (port, controller_port):
        kafka = Kafka(folder / "kafka", port, controller_port, folder / "log" / "kafka.log")
        await asyncio.to_thread(kafka.prepare)
        own = Broker(kafka)
        await own.start()
        try:
            settings = stack.model_copy(update={"kafka_bootstrap_servers": kafka.bootstrap_servers})
            async with broker.admin(kafka.bootstrap_servers) as client:
                await broker.create(client, topics(settings.topic_prefix))
            yield own, settings
        finally:
            await own.kill()
            shutil.rmtree(folder)
