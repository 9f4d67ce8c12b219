"""Keeps every number of every community current: reads what changed, re-evaluates, stores, remembers.

Memory is a cache: what is lost with the process is read again from the facts. Any number of evaluators may run; each
community's numbers are written under its advisory lock, and never over those of somebody who had read further.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import asyncpg

from projections.community.change import Change
from projections.community.snapshot import CommunitySnapshot
from projections.evaluation import read_models
from projections.evaluation.believed import believed
from projections.evaluation.community import Community
from projections.evaluation.counted_up_to import CountedUpTo
from projections.evaluation.open_days import ClosedDay, OpenDays
from projections.evaluation.read_models import Evaluated, Version, Written
from projections.evaluation.reader import FactReader
from projections.evaluation.version import read_model_version
from projections.facts.away import is_away
from projections.facts.rows import CHANGED, COMMUNITIES, Connection, horizon
from projections.policy.policy import Policy
from projections.timeline.history import History, Sample

logger = logging.getLogger(__name__)

BULK_FACTS_A_SECOND = 5_000
"""Above this an import or a rebuild is under way: half a history would be worse than the last whole one."""


@dataclass(frozen=True, slots=True)
class LastEvaluation:
    """A community as last evaluated; `snapshot` is None as long as only what was stored is known."""

    history: History
    as_of: date
    evaluated_at: datetime
    snapshot: CommunitySnapshot | None = None
    last_published: date | None = None

    @property
    def samples(self) -> list[Sample]:
        """The numbers of the day."""
        return self.history.on(self.as_of)


@dataclass(frozen=True, slots=True)
class Failure:
    """A community that could not be evaluated: its number, since when, and the day on which it was last tried."""

    number: int
    since: datetime
    tried_on: date


@dataclass(slots=True)
class Held:
    """What a process holds of one community in memory."""

    reader: FactReader
    community: Community
    written_at: int = 0
    written: Written = None  # type: ignore[assignment]


async def nobody_waits() -> None:
    """Nothing is to be done after an evaluation."""


class Evaluator:
    """Evaluates all communities of a database.

    Attributes:
        failed: communities that could not be evaluated, whatever became of the others. They are tried again when
            something of them changes, and on the next day.

    Args:
        pool: connections whose search path finds read models and facts.
        policy: thresholds by community.
        clock: says what time it is, in UTC.
    """

    def __init__(
        self, pool: asyncpg.Pool, policy: Policy, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.snapshots: dict[str, LastEvaluation] = {}
        self.catching_up = False
        self.failed: dict[str, Failure] = {}
        self.counted_at: datetime | None = None
        self._pool, self._policy, self._clock = pool, policy, clock
        self._held: dict[str, Held] = {}
        self._waiting: dict[str, int] = {}
        self._looked_up_to = 0
        self._counted_up_to = CountedUpTo()
        self._looked_at: datetime | None = None
        self._open_days = OpenDays(lambda: clock().date())

    async def restore(self) -> None:
        """Show what was stored before anything is evaluated, where the same version and policy stored it."""
        async with self._pool.acquire() as connection:
            names = [row["name"] for row in await connection.fetch(COMMUNITIES)]
            stored = await read_models.load(connection, {name: self._version(name) for name in names})
        for name, (history, at) in stored.items():
            self.snapshots.setdefault(name, LastEvaluation(history, history.last_day, at))

    async def tick(self, behind: bool = False, evaluated: Callable[[], Awaitable[None]] = nobody_waits) -> list[str]:
        """Evaluate what changed since the last call; nothing while `behind`, or while facts pour in.

        Args:
            behind: a worker is far behind, so that numbers would be those of half a history.
            evaluated: called after each community, the smallest first: none waits for a larger one's evaluation.

        Returns:
            The communities that were evaluated, or could not be.
        """
        pouring = await self._look()
        self.catching_up = behind or pouring
        if self.catching_up:
            return []
        today = self._clock().date()
        self._waiting |= self._of_yesterday(today)
        done = sorted(self._waiting, key=lambda name: (self._size(name), name))
        for name in done:
            await self._try(name, today)
            await evaluated()
        self.counted_at = self._counted_up_to.moment
        return done

    def _of_yesterday(self, today: date) -> dict[str, int]:
        """What was last evaluated, or tried, on another day."""
        held = {name: one.reader.community for name, one in self._held.items() if self.snapshots[name].as_of != today}
        return held | {name: one.number for name, one in self.failed.items() if one.tried_on != today}

    async def _try(self, name: str, today: date) -> None:
        """Evaluate one community; what is wrong with one must not silence the others."""
        number = self._waiting[name]
        try:
            await self._evaluate(name, today)
        except Exception as error:
            if is_away(error):
                raise
            since = self.failed[name].since if name in self.failed else self._clock()
            logger.exception("Evaluation failed community=%s since=%s", name, since)
            self._waiting.pop(name, None)
            self.failed[name] = Failure(number, since, today)

    def _size(self, name: str) -> int:
        held = self._held.get(name)
        return len(held.community.cells) if held else 0

    async def _look(self) -> bool:
        """Find out which communities changed, and whether facts pour in."""
        now = self._clock()
        async with self._pool.acquire() as connection:
            written = await horizon(connection)
            before = max(written.before, self._looked_up_to)
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                numbers = {row["id"]: row["name"] for row in await connection.fetch(COMMUNITIES)}
                rows = await connection.fetch(CHANGED, self._looked_up_to, before)
        self._counted_up_to.look(now, written.newest, before)
        seconds = (now - self._looked_at).total_seconds() if self._looked_at else float("inf")
        self._waiting |= {numbers[row["community"]]: row["community"] for row in rows}
        self._looked_up_to, self._looked_at = before, now
        facts: int = sum(row["facts"] for row in rows)
        return facts > BULK_FACTS_A_SECOND * max(seconds, 1)

    async def _evaluate(self, name: str, today: date) -> None:
        """Read, count and store one community; what is held of it is dropped if anything fails on the way."""
        number = self._waiting[name]
        held = self._held.pop(name, None) or Held(FactReader(number), Community(name, self._policy.community(name)))
        async with self._pool.acquire() as connection:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                change = await held.reader.read(connection, self._looked_up_to)
            history = await asyncio.to_thread(evaluated, held.community, believed(change, name, self._clock()), today)
            now = Evaluated(name, history, today, self._clock(), held.reader.cursor, self._version(name))
            async with connection.transaction():
                held.written = await read_models.store(connection, now, (held.written_at, held.written or {}))
            held.written_at = held.reader.cursor
        self._held[name] = held
        self._waiting.pop(name)
        self.failed.pop(name, None)
        community = held.community
        self.snapshots[name] = LastEvaluation(
            history, today, now.evaluated_at, community.snapshot, community.last_published
        )
        self._open_days.seen(name, community.last_published)

    def _version(self, name: str) -> Version:
        return Version(read_model_version(), self._policy.community(name).digest)

    def days_to_close(self) -> list[ClosedDay]:
        """Days that ended since they were last published, oldest first; none while catching up."""
        if self.catching_up:
            return []
        return [
            ClosedDay(name, day, last.history)
            for name, last in sorted(self.snapshots.items())
            if last.snapshot
            for day in self._open_days.ended(name, last.last_published, last.as_of)
        ]

    def closed(self, community: str, day: date) -> None:
        """A day was published, durably."""
        self._open_days.published(community, day)


def evaluated(community: Community, change: Change, today: date) -> History:
    """Take in a change and sweep."""
    community.apply(change)
    return community.history(today, today)


async def load_community(connection: Connection, name: str, policy: Policy) -> Community | None:
    """One community read from the facts as they stand; None where nobody ever heard of it."""
    before = (await horizon(connection)).before
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        numbers = {row["name"]: row["id"] for row in await connection.fetch(COMMUNITIES)}
        if name not in numbers:
            return None
        community = Community(name, policy.community(name))
        community.apply(believed(await FactReader(numbers[name]).read(connection, before), name, datetime.now(UTC)))
        return community
