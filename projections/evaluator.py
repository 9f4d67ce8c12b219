"""Keeps every number of every community current: reads what changed, re-evaluates, stores, remembers.

Memory is a cache: what is lost with the process is read again from the facts. Any number of evaluators may run; each
community's numbers are written under its advisory lock, and never over those of somebody who had read further.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import asyncpg

from projections import read_models
from projections.community.change import Change
from projections.community.joined import Joined
from projections.community.state import Community
from projections.facts.believed import believed
from projections.facts.read import CHANGED, COMMUNITIES, HORIZON, Connection, Reader
from projections.history import History, Sample
from projections.policy import Policy
from projections.read_models import Evaluated, Version, Written

logger = logging.getLogger(__name__)

FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a bug in a measure raises; everything else is the database's or the process's and ends the tick."""

READ_MODEL_VERSION = 2
"""Raised whenever the same facts and policy would give other numbers."""

BULK_FACTS_A_SECOND = 5_000
"""Above this an import or a rebuild is under way: half a history would be worse than the last whole one."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A community as last evaluated; `joined` is None as long as only what was stored is known."""

    history: History
    as_of: date
    evaluated_at: datetime
    joined: Joined | None = None
    last_published: date | None = None

    @property
    def samples(self) -> list[Sample]:
        """The numbers of the day."""
        return self.history.on(self.as_of)


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day that has ended and is not published yet, with its numbers as known now."""

    community: str
    day: date
    samples: list[Sample]


@dataclass(slots=True)
class Held:
    """What a process holds of one community in memory."""

    reader: Reader
    community: Community
    written_at: int = 0
    written: Written = None  # type: ignore[assignment]


class Evaluator:
    """Evaluates all communities of a database.

    Args:
        pool: connections whose search path finds read models and facts.
        policy: thresholds by community.
        clock: says what time it is, in UTC.
    """

    def __init__(
        self, pool: asyncpg.Pool, policy: Policy, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.snapshots: dict[str, Snapshot] = {}
        self.catching_up = False
        self.failed: set[str] = set()
        self._pool, self._policy, self._clock = pool, policy, clock
        self._held: dict[str, Held] = {}
        self._waiting: dict[str, int] = {}
        self._looked_up_to = 0
        self._looked_at: datetime | None = None
        self._opened: dict[str, date] = {}

    async def restore(self) -> None:
        """Show what was stored before anything is evaluated, where the same version and policy stored it."""
        async with self._pool.acquire() as connection:
            names = [row["name"] for row in await connection.fetch(COMMUNITIES)]
            stored = await read_models.load(connection, {name: self._version(name) for name in names})
        for name, (history, at) in stored.items():
            self.snapshots.setdefault(name, Snapshot(history, history.last_day, at))

    async def tick(self, behind: bool = False, evaluated: Callable[[], None] = lambda: None) -> list[str]:
        """Evaluate what changed since the last call; nothing while `behind`, or while facts pour in.

        Args:
            behind: a worker is far behind, so that numbers would be those of half a history.
            evaluated: called after each community, the smallest first: none waits for a larger one's evaluation.

        Returns:
            The communities that were evaluated.
        """
        pouring = await self._look()
        self.catching_up = behind or pouring
        if self.catching_up:
            return []
        today = self._clock().date()
        self._waiting |= {
            name: held.reader.community for name, held in self._held.items() if self.snapshots[name].as_of != today
        }
        done = sorted(self._waiting, key=lambda name: (self._size(name), name))
        for name in done:
            try:
                await self._evaluate(name, today)
            except FAULTS:
                logger.exception("Evaluation failed community=%s", name)
                self._fail(name)
            evaluated()
        return done

    def _fail(self, name: str) -> None:
        """Leave one community as it was, until something of it changes: a fault in one must not silence the others."""
        self._waiting.pop(name, None)
        self.failed.add(name)

    def _size(self, name: str) -> int:
        held = self._held.get(name)
        return len(held.community.cells) if held else 0

    async def _look(self) -> bool:
        """Find out which communities changed, and whether facts pour in."""
        async with (
            self._pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            numbers = {row["id"]: row["name"] for row in await connection.fetch(COMMUNITIES)}
            horizon = int(await connection.fetchval(HORIZON))
            rows = await connection.fetch(CHANGED, str(self._looked_up_to), str(horizon))
        now = self._clock()
        seconds = (now - self._looked_at).total_seconds() if self._looked_at else float("inf")
        self._waiting |= {numbers[row["community"]]: row["community"] for row in rows}
        self._looked_up_to, self._looked_at = horizon, now
        facts: int = sum(row["facts"] for row in rows)
        return facts > BULK_FACTS_A_SECOND * max(seconds, 1)

    async def _evaluate(self, name: str, today: date) -> None:
        """Read, count and store one community; what is held of it is dropped if anything fails on the way."""
        number = self._waiting[name]
        held = self._held.pop(name, None) or Held(Reader(number), Community(name, self._policy.community(name)))
        async with self._pool.acquire() as connection:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                change = await held.reader.read(connection)
            history = await asyncio.to_thread(evaluated, held.community, believed(change, name, self._clock()), today)
            now = Evaluated(name, history, today, self._clock(), held.reader.cursor, self._version(name))
            async with connection.transaction():
                held.written = await read_models.store(connection, now, (held.written_at, held.written or {}))
            held.written_at = held.reader.cursor
        self._held[name] = held
        self._waiting.pop(name)
        self.failed.discard(name)
        community = held.community
        self.snapshots[name] = Snapshot(history, today, now.evaluated_at, community.joined, community.last_published)

    def _version(self, name: str) -> Version:
        return Version(READ_MODEL_VERSION, self._policy.community(name).digest)

    def days_to_close(self) -> list[ClosedDay]:
        """Days that ended since they were last published, oldest first; none while catching up.

        A community's first day to be closed is the one on which it is first seen.
        """
        if self.catching_up:
            return []
        return [
            ClosedDay(name, day, snapshot.history.on(day))
            for name, snapshot in sorted(self.snapshots.items())
            if snapshot.joined
            for day in days_between(self._first_open(name, snapshot.last_published), snapshot.as_of)
        ]

    def _first_open(self, name: str, published: date | None) -> date:
        after = published + timedelta(days=1) if published else self._clock().date()
        return max(self._opened.setdefault(name, after), after) if published else self._opened.setdefault(name, after)

    def closed(self, community: str, day: date) -> None:
        """A day was published, durably."""
        self._opened[community] = max(self._opened.get(community, day), day + timedelta(days=1))


def days_between(first: date, end: date) -> list[date]:
    """The days from `first` up to, not including, `end`."""
    return [first + timedelta(days=at) for at in range((end - first).days)]


def evaluated(community: Community, change: Change, today: date) -> History:
    """Take in a change and sweep."""
    community.apply(change)
    return community.history(today, today)


async def load_community(connection: Connection, name: str, policy: Policy) -> Community | None:
    """One community read from the facts as they stand; None where nobody ever heard of it."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        numbers = {row["name"]: row["id"] for row in await connection.fetch(COMMUNITIES)}
        if name not in numbers:
            return None
        community = Community(name, policy.community(name))
        community.apply(believed(await Reader(numbers[name]).read(connection), name, datetime.now(UTC)))
        return community
