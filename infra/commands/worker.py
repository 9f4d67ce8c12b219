"""`tenfold worker`: topics into facts."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version
from typing import Annotated, Final

import asyncpg
import typer
from prometheus_client import CollectorRegistry, make_asgi_app

from events.topics import DEAD_LETTERS
from infra.local.side_by_side import side_by_side
from infra.local.signals import ended_by_signals
from infra.policy.live_policy import LivePolicy, tell_followed
from infra.server.http_server import listening, serve_http
from infra.settings import Settings
from projections.facts import store
from projections.facts.names import Names
from streams.app import SESSION_TIMEOUT_SECONDS, WorkerApp, build_app, run
from streams.apply import PositionResetError
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
    settings, registry = Settings.load(), CollectorRegistry()
    _collect_rarely()
    address, port = settings.bind_address, settings.worker_metrics_port
    with ended_by_signals(), listening("worker_metrics_port", address, port) as listener:
        policy = LivePolicy(settings.policy_file)
        tell_followed(policy, registry)
        async with _stage(settings, registry, policy, batch_records) as stage:

            def build() -> WorkerApp:
                return build_app(
                    stage,
                    bootstrap_servers=settings.kafka_bootstrap_servers,
                    group=settings.consumer_group,
                    topic_prefix=settings.topic_prefix,
                    data_dir=settings.data_dir,
                    session_timeout_seconds=session_timeout_seconds,
                    instance=name,
                )

            metrics = serve_http(make_asgi_app(registry), listener)
            await side_by_side(metrics, policy.follow(), keep_running(build, stage.names.forget))


async def keep_running(build: Callable[[], WorkerApp], forget: Callable[[], None] = lambda: None) -> None:
    """Run until cancelled; where Faust gave up on a broker that is away, start it anew, holding nothing in memory.

    Args:
        build: makes the app, once for each start.
        forget: drops what was learned of the database; called where its positions went back, since it may be another.

    Raises:
        Exception: a bug: whoever supervises the process decides.
    """
    attempt = 0
    while True:
        started = asyncio.get_running_loop().time()
        try:
            await run(build())
        except PositionResetError as error:
            logger.warning("Reading anew, since positions went back: %s", error)
            forget()
        except Exception as error:
            if not is_transient(error):
                raise
            attempt = 0 if asyncio.get_running_loop().time() - started > COMMAND_TIMEOUT_SECONDS else attempt + 1
            logger.warning("Starting anew error=%s", type(error).__name__)
            await asyncio.sleep(wait_seconds(attempt))


@asynccontextmanager
async def _stage(
    settings: Settings, registry: CollectorRegistry, policy: LivePolicy, most_records: int
) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as resources:
        pool = await resources.enter_async_context(_pool(settings.database_url))
        producer = await resources.enter_async_context(
            Producer(settings.kafka_bootstrap_servers, settings.topic_prefix)
        )
        executor = resources.enter_context(ThreadPoolExecutor(1, thread_name_prefix="decode"))
        yield Stage(
            pool=pool,
            decoder=Decoder(policy.accepts, settings.topic_prefix),
            names=Names(),
            letters=DeadLetters(producer, settings.topic_prefix + DEAD_LETTERS),
            metrics=WorkerMetrics(registry, version("tenfold")),
            executor=executor,
            most_records=most_records,
        )


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
