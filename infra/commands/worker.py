"""`tenfold worker`: topics into facts."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from importlib.metadata import version
from typing import Annotated, Final

import asyncpg
import typer
from prometheus_client import CollectorRegistry, start_http_server

from events.topics import DEAD_LETTERS
from infra.live_policy import LOOK_SECONDS, LivePolicy
from infra.local.signals import ended_by_signals
from infra.log_limit import LimitRepeats
from infra.settings import Settings
from projections.facts import store
from projections.facts.names import Names
from streams.app import SESSION_TIMEOUT_SECONDS, WorkerApp, build_app, run
from streams.dead_letters import DeadLetters
from streams.decode import Decoder
from streams.metrics import WorkerMetrics
from streams.producer import Producer
from streams.transient import is_transient, wait_seconds
from streams.writer import MOST_RECORDS, Stage

logger = logging.getLogger(__name__)

CONNECTIONS: Final = 8
"""More would only wait for each other: a transaction takes 50 ms of a core when batches are full."""

COMMAND_TIMEOUT_SECONDS: Final = 60.0
"""No statement of the worker takes a tenth of this: the database is gone without having said so."""

SERVER_SETTINGS: Final = {
    "application_name": "tenfold-worker",
    "search_path": "facts",
    # A worker that stands still must not hold back others, nor what consumers of facts may read.
    "idle_in_transaction_session_timeout": "15s",
}

NameOption = Annotated[
    str | None,
    typer.Option("--name", help="Kept over restarts, so that a restarted worker has its partitions back at once."),
]
SessionOption = Annotated[float, typer.Option(min=6, help="Silent for so many seconds, it loses its partitions.")]
BatchOption = Annotated[int, typer.Option(min=1, help="Most records in one fetch and one transaction.")]


async def worker(
    name: NameOption = None,
    session_timeout_seconds: SessionOption = SESSION_TIMEOUT_SECONDS,
    batch_records: BatchOption = MOST_RECORDS,
) -> None:
    """Read the topics into facts, each event with effect exactly once; as many as there are partitions can share."""
    settings = Settings.load()
    _collect_rarely()
    for handler in logging.getLogger().handlers:
        handler.addFilter(LimitRepeats("aiokafka"))
    with ended_by_signals():
        async with _stage(settings, batch_records) as stage:
            await keep_running(
                lambda: build_app(
                    stage,
                    bootstrap_servers=settings.kafka_bootstrap_servers,
                    group=settings.consumer_group,
                    topic_prefix=settings.topic_prefix,
                    data_dir=settings.data_dir,
                    session_timeout_seconds=session_timeout_seconds,
                    instance=name,
                )
            )


async def keep_running(build: Callable[[], WorkerApp]) -> None:
    """Run until cancelled; where Faust gave up on a broker that is away, start it anew, holding nothing in memory.

    Raises:
        Exception: a bug, or another log: whoever supervises the process decides.
    """
    attempt = 0
    while True:
        started = asyncio.get_running_loop().time()
        try:
            await run(build())
        except Exception as error:
            if not is_transient(error):
                raise
            attempt = 0 if asyncio.get_running_loop().time() - started > COMMAND_TIMEOUT_SECONDS else attempt + 1
            logger.warning("Starting anew error=%s", type(error).__name__)
            await asyncio.sleep(wait_seconds(attempt))


@asynccontextmanager
async def _stage(settings: Settings, most_records: int) -> AsyncIterator[Stage]:
    registry = CollectorRegistry()
    async with AsyncExitStack() as resources:
        pool = await resources.enter_async_context(_pool(settings.database_url))
        producer = await resources.enter_async_context(
            Producer(settings.kafka_bootstrap_servers, settings.topic_prefix)
        )
        executor = resources.enter_context(ThreadPoolExecutor(1, thread_name_prefix="decode"))
        resources.enter_context(_metrics_served(settings, registry))
        policy = await resources.enter_async_context(_followed(LivePolicy(settings.policy_file)))
        yield Stage(
            pool=pool,
            decoder=Decoder(policy.accepts, settings.topic_prefix),
            names=Names(),
            letters=DeadLetters(producer, settings.topic_prefix + DEAD_LETTERS),
            metrics=WorkerMetrics(registry, version("tenfold")),
            executor=executor,
            most_records=most_records,
        )


@asynccontextmanager
async def _followed(policy: LivePolicy) -> AsyncIterator[LivePolicy]:
    """A policy that is read again whenever its file changed."""

    async def follow() -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            policy()

    following = asyncio.create_task(follow())
    try:
        yield policy
    finally:
        following.cancel()


def _collect_rarely() -> None:
    """Look for circular garbage after 100,000 new objects, not 700: records make none, and it took 15 % of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _pool(url: str) -> asyncpg.Pool:
    return asyncpg.create_pool(
        url,
        min_size=0,  # connect when needed: the database may be away when the worker starts
        max_size=CONNECTIONS,
        command_timeout=COMMAND_TIMEOUT_SECONDS,
        server_settings=SERVER_SETTINGS,
        init=store.prepare,
        reset=_nothing_to_reset,
    )


async def _nothing_to_reset(_: asyncpg.Connection) -> None:
    """The worker leaves nothing behind on a connection; asyncpg's own reset is a round trip per batch."""


@contextmanager
def _metrics_served(settings: Settings, registry: CollectorRegistry) -> Iterator[None]:
    server, thread = start_http_server(settings.worker_metrics_port, settings.bind_address, registry)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
