"""The Faust app: values in, app out; nothing runs until it is started."""

import asyncio
from collections.abc import AsyncIterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import faust
from faust.types import TP, EventT, StreamT

from events.errors import Transient
from events.topics import INPUT_TOPICS
from streams.assignment import Assignment
from streams.batch_transport import BatchSchema, Start
from streams.writer import Stage

BUFFERED_BATCHES: Final = 4
"""Faust counts whole fetches of up to 1 MiB here: enough to keep every writer busy, little enough for 300 MB."""

SESSION_TIMEOUT_SECONDS: Final = 60.0
"""How long a worker may be silent before its partitions go to others; the broker allows no less than 6."""

HEARTBEATS_PER_SESSION: Final = 5

SETTLED: Final[Mapping[str, Any]] = {
    "store": "memory://",  # no tables: state lives in PostgreSQL
    "table_standby_replicas": 0,  # and so partitions are shared out evenly (round robin), each by itself
    "web_enabled": False,  # Faust would listen on every interface
    "autodiscover": False,
    "topic_allow_declare": False,  # topics are made by `tenfold topics create`, with fixed partition counts
    "topic_disable_leader": True,
    "stream_buffer_maxsize": BUFFERED_BATCHES,
    "stream_wait_empty": False,  # PostgreSQL knows what was applied; waiting could take as long as it is away
    "stream_recovery_delay": 0.0,  # there are no tables to recover
    "consumer_metadata_max_age_ms": 20_000,  # a partition that was added is seen within that time
    "broker_commit_interval": 1.0,  # what lag tools see is a second old
}
"""What Faust is told in every worker."""


class WorkerApp(faust.App):
    """A Faust app that reads batches and starts where PostgreSQL says.

    Attributes:
        assignment: the partitions it holds.
        failure: gets the error that has to end the process.
    """

    assignment: Assignment
    failure: asyncio.Future[None]

    async def starting(self, assigned: set[TP]) -> Start:
        """Say where to start; called by the batch transport."""
        return await self.assignment.start(assigned)

    def parted(self, topic: str) -> None:
        """Begin anew where PostgreSQL says, since a topic's log is not the one that was read; from any thread."""
        error = Transient(f"the log of {topic} is not the one that was read")
        self.failure.get_loop().call_soon_threadsafe(self.fail, error)

    def fail(self, error: BaseException) -> None:
        """Let the first error end the process: Faust itself would carry on."""
        if not self.failure.done():
            self.failure.set_exception(error)


def build_app(
    stage: Stage,
    *,
    bootstrap_servers: str,
    group: str,
    topic_prefix: str,
    data_dir: Path,
    session_timeout_seconds: float = SESSION_TIMEOUT_SECONDS,
    instance: str | None = None,
) -> WorkerApp:
    """Compose the worker, inside a running event loop.

    Args:
        stage: what writers share: database, decoder, dead letters, metrics.
        bootstrap_servers: `host:port`, several joined by commas.
        group: the consumer group.
        topic_prefix: of every topic's name.
        data_dir: where Faust makes its folders; it keeps nothing there.
        session_timeout_seconds: after so much silence others take over.
        instance: a name that this worker keeps over restarts, so that one that is restarted within the session timeout
            gets its partitions back at once, without a rebalance (static membership).
    """
    app = WorkerApp(
        group,
        broker=[f"tenfold://{server}" for server in bootstrap_servers.split(",")],
        datadir=data_dir,
        broker_session_timeout=session_timeout_seconds,
        broker_heartbeat_interval=session_timeout_seconds / HEARTBEATS_PER_SESSION,
        broker_max_poll_records=stage.most_records,
        consumer_group_instance_id=instance,
        **SETTLED,
    )
    app.failure = asyncio.get_running_loop().create_future()
    app.assignment = Assignment(stage, bootstrap_servers, app.fail)
    _connect(app, [topic_prefix + name for name in INPUT_TOPICS])
    return app


def _connect(app: WorkerApp, topics: Sequence[str]) -> None:
    """Hand batches of these topics to whoever writes them, and stop writing what was lost to others."""
    topic = app.topic(*topics, schema=BatchSchema())

    @app.agent(topic)  # type: ignore[untyped-decorator]
    async def apply_batches(stream: StreamT[Any]) -> None:
        # Acknowledged by the writer, after the commit: Faust itself acknowledges what a handler raised on, too.
        events: AsyncIterable[EventT[Any]] = stream.noack().events()
        async for event in events:
            await app.assignment.put(event.value, event.ack)

    @app.on_partitions_revoked.connect  # type: ignore[untyped-decorator]
    async def stop_writers(_: WorkerApp, revoked: set[TP], **__: object) -> None:
        await app.assignment.stop(revoked)


async def run(app: WorkerApp) -> None:
    """Run an app until cancelled.

    Raises:
        Exception: what ended it otherwise.
    """
    ended = asyncio.create_task(_ended(app))
    either: set[asyncio.Future[None]] = {ended, app.failure}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if app.failure.done():
            app.failure.result()
        ended.result()
    finally:
        ended.cancel()
        await app.assignment.stop_all()
        await app.stop()


async def _ended(app: WorkerApp) -> None:
    await app.start()
    await app.wait_until_stopped()
    raise app.crash_reason or Transient("Faust stopped by itself")
