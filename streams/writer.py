"""The one writer of a partition: decodes the next batch while the database takes the last."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final, NoReturn

import asyncpg

from projections.facts import store
from projections.facts.names import Name, Names
from streams.apply import Outcome, Place, PositionResetError, apply
from streams.batch_transport import Batch
from streams.dead_letters import DeadLetters
from streams.decode import Decoded, Decoder, pack
from streams.metrics import WorkerMetrics
from streams.transient import until_done

logger = logging.getLogger(__name__)

WAITING_BATCHES: Final = 2
"""Of a partition, beside the one being decoded and the one being written: what the next transaction takes together."""

MOST_RECORDS: Final = 2_500
"""In one fetch and, about, in one transaction. More saves the database nothing and costs memory and latency."""

WATCH_SECONDS: Final = 5.0
"""How soon a worker without work notices that the log is to be read anew."""

CONTENDED_ATTEMPTS: Final = 20
"""How often another partition may write one of a batch's events just before; more often is a bug."""

Acknowledge = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Stage:
    """What all writers of a process share.

    Attributes:
        executor: one thread: decoding is Python, so two would only take turns.
        most_records: in one transaction.
    """

    pool: asyncpg.Pool
    decoder: Decoder
    names: Names
    letters: DeadLetters
    metrics: WorkerMetrics
    executor: Executor
    most_records: int = MOST_RECORDS


class OutOfStepError(Exception):
    """A batch does not continue the one before: something between Kafka and here lost or doubled one."""


class Writer:
    """Applies the batches of one partition, in log order, from one assignment of it to the next.

    Args:
        stage: shared with the other writers.
        place: the partition.
        position: where reading starts.
    """

    def __init__(self, stage: Stage, place: Place, position: int) -> None:
        self._stage = stage
        self._place = place
        self._read = self._stored = position
        self._in_hand = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._waiting: asyncio.Queue[tuple[Batch, Acknowledge]] = asyncio.Queue(WAITING_BATCHES)
        self._ready: asyncio.Queue[tuple[Decoded, list[Acknowledge]]] = asyncio.Queue(1)

    async def put(self, batch: Batch, acknowledge: Acknowledge) -> None:
        """Take a batch, waiting while there are enough; it is acknowledged once it is applied.

        Raises:
            OutOfStepError: it does not begin where the last one ended.
        """
        if batch.first_offset != self._read:
            raise OutOfStepError(
                f"{batch.topic}[{batch.partition}] read to {self._read}, got from {batch.first_offset}"
            )
        self._read = batch.next_offset
        self._in_hand += 1
        self._idle.clear()
        await self._waiting.put((batch, acknowledge))

    async def run(self) -> None:
        """Decode and apply until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._decode_all())
            tasks.create_task(self._apply_all())
            tasks.create_task(self._watch())

    async def idle(self) -> None:
        """Return once every batch taken is applied."""
        await self._idle.wait()

    def forget(self) -> None:
        """Drop what waits, so that whoever waits to put more can go on; call it once `run` has ended."""
        while not self._waiting.empty():
            self._waiting.get_nowait()

    async def _watch(self) -> NoReturn:
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            await until_done(self._look, "position")

    async def _look(self) -> None:
        expected, (_, topic, partition) = self._stored, self._place
        async with self._stage.pool.acquire() as connection:
            stored = await store.positions(connection, [(topic, partition)])
        if expected > max((one.next_offset for one in stored), default=0):
            raise PositionResetError(f"{topic}[{partition}] was at {expected}")

    async def _decode_all(self) -> NoReturn:
        while True:
            batches, acknowledgements = await self._next()
            await self._ready.put((await self._decode(batches), acknowledgements))

    async def _apply_all(self) -> NoReturn:
        while True:
            decoded, acknowledgements = await self._ready.get()
            started = time.perf_counter()
            outcome = await until_done(partial(self._apply, decoded), "apply")
            self._stored = outcome.position
            self._count(outcome, time.perf_counter() - started)
            for acknowledge in acknowledgements:
                acknowledge()
            self._in_hand -= len(acknowledgements)
            if not self._in_hand:
                self._idle.set()

    async def _next(self) -> tuple[list[Batch], list[Acknowledge]]:
        batch, acknowledge = await self._waiting.get()
        batches, acknowledgements = [batch], [acknowledge]
        while not self._waiting.empty() and sum(len(batch.records) for batch in batches) < self._stage.most_records:
            batch, acknowledge = self._waiting.get_nowait()
            batches.append(batch)
            acknowledgements.append(acknowledge)
        return batches, acknowledgements

    async def _decode(self, batches: list[Batch]) -> Decoded:
        in_thread = asyncio.get_running_loop().run_in_executor
        stage = self._stage
        decoded, wanted = await in_thread(stage.executor, self._decode_and_pack, batches)
        while wanted:
            await until_done(partial(self._learn, wanted), "names")
            wanted = await in_thread(stage.executor, pack, decoded, stage.names)
        return decoded

    def _decode_and_pack(self, batches: list[Batch]) -> tuple[Decoded, set[Name] | None]:
        decoded = self._stage.decoder(batches)
        return decoded, pack(decoded, self._stage.names)

    async def _learn(self, wanted: set[Name]) -> None:
        async with self._stage.pool.acquire() as connection:
            await self._stage.names.learn(connection, wanted)

    async def _apply(self, decoded: Decoded) -> Outcome:
        stage = self._stage
        for attempt in range(CONTENDED_ATTEMPTS + 1):
            try:
                async with stage.pool.acquire() as connection, _given_up_when_in_doubt(connection):
                    return await apply(connection, decoded, self._place, self._stored, stage.names, stage.letters)
            except asyncpg.UniqueViolationError:
                if attempt == CONTENDED_ATTEMPTS:
                    raise
        raise AssertionError("unreachable")

    def _count(self, outcome: Outcome, seconds: float) -> None:
        metrics = self._stage.metrics
        metrics.applied.inc(outcome.applied)
        metrics.duplicate.inc(outcome.duplicate)
        metrics.trimmed.inc(outcome.trimmed)
        for refused in outcome.refused:
            metrics.rejected.labels(refused.reason.value).inc()
        metrics.apply_seconds.observe(seconds)
        metrics.last_applied.set_to_current_time()
        logger.debug(
            "Applied topic=%s partition=%d position=%d new=%d duplicate=%d rejected=%d trimmed=%d seconds=%.3f",
            self._place.topic,
            self._place.partition,
            outcome.position,
            outcome.applied,
            outcome.duplicate,
            len(outcome.refused),
            outcome.trimmed,
            seconds,
        )


@asynccontextmanager
async def _given_up_when_in_doubt(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """Close a connection about which asyncpg complains: its session may be over, or in the middle of something."""
    try:
        yield
    except (asyncpg.InternalClientError, asyncpg.InterfaceError):
        connection.terminate()
        raise
