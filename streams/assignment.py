"""The partitions that this process holds right now, each with its writer."""

import asyncio
import logging
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from faust.types import TP

from projections.facts import store
from streams.apply import Place
from streams.batch_transport import Batch, Start
from streams.positions import compare
from streams.stopped import Stopped
from streams.transient import until_done
from streams.writer import Acknowledge, OutOfStepError, Stage, Writer

STANDS_STILL: Final = timedelta(seconds=15)
"""As long as the server waits for a worker between two statements of a transaction."""

WAIT_AWHILE: Final = "set local lock_timeout = '2s'"
"""For a position that somebody holds: then it is seen whether they stand still."""

logger = logging.getLogger(__name__)

FOUND_WITHIN_SECONDS: Final = 60.0
"""Less than Faust waits for a seek (90): it would go on without one."""

FINISHED_WITHIN_SECONDS: Final = 2.0
"""A few batches take a tenth of that; a database that is away must not hold up a rebalance."""


class Assignment:
    """Starts writers where PostgreSQL says, and hands them their batches.

    Args:
        stage: what writers share.
        bootstrap_servers: of the log.
        fail: told of whatever ends a writer: the process has to end too.
    """

    def __init__(self, stage: Stage, bootstrap_servers: str, fail: Callable[[BaseException], None]) -> None:
        self._stage = stage
        self._bootstrap_servers = bootstrap_servers
        self._fail = fail
        self._stopped = Stopped(stage.pool, bootstrap_servers, fail)
        self._number = 0
        self._writers: dict[TP, tuple[Writer, asyncio.Task[None]]] = {}
        self._starting = asyncio.Lock()

    async def start(self, assigned: set[TP]) -> Start:
        """Begin anew with the partitions just assigned; topics whose log is not the one that was read are left out.

        Raises:
            TimeoutError: broker or database did not say where to start.
        """
        async with self._starting:
            await self.stop_all()
            self._number += 1
            if not assigned:
                return Start(self._number, {}, {})
            async with asyncio.timeout(FOUND_WITHIN_SECONDS):
                return await until_done(lambda: self._start(assigned), "positions")

    async def stop(self, partitions: Iterable[TP]) -> None:
        """Stop the writers of partitions once they have applied what they have in hand, if that is soon.

        What they had not committed is read again by whoever holds the partition next.
        """
        stopped = [self._writers.pop(tp) for tp in partitions if tp in self._writers]
        await asyncio.gather(*(_finish(writer, task) for writer, task in stopped))

    async def stop_all(self) -> None:
        """Stop every writer."""
        self._stopped.forget()
        await self.stop(list(self._writers))

    async def put(self, batch: Batch, acknowledge: Acknowledge) -> None:
        """Hand a batch to its writer, waiting while that one has enough; what an earlier assignment fetched is void."""
        found = self._writers.get(TP(batch.topic, batch.partition))
        if found is None or batch.assignment != self._number:
            return
        try:
            await found[0].put(batch, acknowledge)
        except OutOfStepError as error:
            self._fail(error)

    async def _start(self, assigned: set[TP]) -> Start:
        wanted = sorted(assigned)
        async with self._stage.pool.acquire() as connection:
            await store.end_standing_still(connection, STANDS_STILL)
            stored = await store.positions(connection, wanted)
        found = await compare(self._bootstrap_servers, wanted, stored)
        cluster, parted = found.log.cluster, found.parted
        elsewhere = {one.topic for one in stored if one.cluster != cluster}
        own = [tp for tp in wanted if tp.topic not in elsewhere]
        positions = await self._positions(cluster, own, {one.topic for one in parted})
        await self._stopped.keep(parted, wanted)
        self._write(positions)
        still = len(wanted) - len(positions)
        logger.info("Assigned assignment=%d standing_still=%d partitions=%d", self._number, still, len(positions))
        marks = {tp: one.mark for tp, one in positions.items() if one.mark}
        return Start(self._number, {tp: one.next_offset for tp, one in positions.items()}, marks)

    async def _positions(self, cluster: str, wanted: Sequence[TP], stopped: Container[str]) -> dict[TP, store.Position]:
        """Where to start in what is read on; others may have moved it since the log was looked at."""
        if not wanted:
            return {}
        async with self._stage.pool.acquire() as connection, connection.transaction():
            await connection.execute(WAIT_AWHILE)
            await store.register(connection, cluster, wanted)
            await store.hold(connection, cluster, wanted)
            found = await store.positions(connection, wanted)
        return {
            TP(one.topic, one.partition): one for one in found if one.cluster == cluster and one.topic not in stopped
        }

    def _write(self, positions: Mapping[TP, store.Position]) -> None:
        for tp, one in positions.items():
            writer = Writer(self._stage, Place(*one[:3]), one.next_offset)
            task = asyncio.create_task(writer.run())
            task.add_done_callback(self._ended)
            self._writers[tp] = writer, task

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._fail(error.exceptions[0] if isinstance(error, BaseExceptionGroup) else error)


async def _finish(writer: Writer, running: asyncio.Task[None]) -> None:
    idle = asyncio.create_task(writer.idle())
    await asyncio.wait({idle, running}, timeout=FINISHED_WITHIN_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    idle.cancel()
    running.cancel()
    await asyncio.gather(idle, running, return_exceptions=True)
    writer.forget()
