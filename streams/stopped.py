"""Topics that are not read on, since their log is not the one that was read: said, and looked at again.

Nothing that is read later could make up for reading another log by the old one's offsets: events would be passed over
in silence. So a topic stands still, all others go on, and it goes on as soon as its log fits again: the right one is
back, or somebody has decided to follow the one that is there (`tenfold log follow`).
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Final

import asyncpg

from events.errors import Transient
from projections.facts import store
from streams.positions import Parted, compare
from streams.transient import until_done

logger = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS: Final = 10.0
"""Somebody is at work there, and waits to see it go on."""

Partition = tuple[str, int]


class Stopped:
    """What one process holds of topics that it does not read on.

    Args:
        pool: connections to the positions.
        bootstrap_servers: of the log.
        start_anew: told once the log fits again, and of what ends the looking.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        bootstrap_servers: str,
        start_anew: Callable[[BaseException], None],
    ) -> None:
        self._pool, self._bootstrap_servers = pool, bootstrap_servers
        self._start_anew = start_anew
        self._looking: asyncio.Task[None] | None = None

    async def keep(self, parted: Sequence[Parted], assigned: Sequence[Partition]) -> None:
        """Note which of the partitions just assigned part from what was read, and that the others do not."""
        async with self._pool.acquire() as connection:
            fitting = sorted(set(assigned) - {(one.topic, one.partition) for one in parted})
            await store.go_on(connection, fitting)
            for one in parted:
                await store.stop(connection, *one)
                logger.error("Not read on why=%s: %s", one.why, one.sentence)
        if parted:
            self._looking = asyncio.create_task(self._look_again([(one.topic, one.partition) for one in parted]))
            self._looking.add_done_callback(self._ended)

    def forget(self) -> None:
        """Look no more."""
        if self._looking:
            self._looking.cancel()
        self._looking = None

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._start_anew(error)

    async def _look_again(self, partitions: Sequence[Partition]) -> None:
        while True:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            if not await until_done(lambda: self._parted(partitions), "log"):
                self._start_anew(Transient("the log fits again"))

    async def _parted(self, partitions: Sequence[Partition]) -> Sequence[Parted]:
        async with self._pool.acquire() as connection:
            stored = await store.positions(connection, partitions)
        return (await compare(self._bootstrap_servers, partitions, stored)).parted
