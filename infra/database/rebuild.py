"""Making anew: read models from facts, and facts from the log. Everything else goes on meanwhile.

Read models are made beside the live ones and take their place in one transaction. Facts are emptied
together with the positions, so that workers read the log again from its start; servers keep showing
the last numbers until that is done.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

import asyncpg

from events.errors import TenfoldError, WrongLog
from infra.database.schemas import DASHBOARDS, NEXT_SCHEMA, ONE_REBUILD_LOCK, READ_MODELS, READ_SCHEMA, SEARCH_PATH
from infra.kafka import log_check
from infra.settings import Settings
from projections.evaluation.evaluator import Evaluator
from projections.evaluation.read_models import LOCK_ALL, REBUILD_LOCK
from projections.facts import store
from projections.facts.migrations import FOR_READERS, WAIT
from projections.policy.policy import Policy
from streams.positions import Log

OLD_SCHEMA = "read_old"
LOCK = "select pg_advisory_lock($1)"
WAIT_AWHILE = "set local lock_timeout = '3s'"
BEGIN_NEXT = f"drop schema if exists {NEXT_SCHEMA} cascade; create schema {NEXT_SCHEMA};"
SWAP = f"""
alter schema {READ_SCHEMA} rename to {OLD_SCHEMA};
alter schema {NEXT_SCHEMA} rename to {READ_SCHEMA};
drop schema {OLD_SCHEMA} cascade;"""
FORGET_POSITIONS = """
update log_position set next_offset = 0, mark_offset = null, mark_fingerprint = null, followed_at = null,
  whole_at = coalesce((
  select ends."end" from unnest($2::text[], $3::int[], $4::bigint[]) as ends (topic, partition, "end")
  where log_position.cluster = $1
    and (ends.topic, ends.partition) = (log_position.topic, log_position.partition)), 0)"""
FOLLOWED = "select distinct topic, followed_at::date as day from log_position where followed_at is not null order by 1"
FORGET_FACTS = "truncate contribution_fact, response_fact, other_fact, dead_letter"


class RebuildError(TenfoldError):
    """What is asked for cannot be made anew without losing something."""


@asynccontextmanager
async def only_one(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """Lets one rebuild run at a time; the lock ends with the connection.

    Raises:
        RebuildError: Another one is running.
    """
    try:
        async with connection.transaction():
            await connection.execute(WAIT_AWHILE)
            await connection.execute(LOCK, ONE_REBUILD_LOCK)
    except asyncpg.LockNotAvailableError:
        raise RebuildError("another rebuild is running on this database") from None
    yield


@asynccontextmanager
async def replacing(connection: asyncpg.Connection, longest: str = FOR_READERS) -> AsyncIterator[None]:
    """A transaction that takes tables from under whoever reads them, while nobody stores numbers.

    Raises:
        RebuildError: Somebody goes on reading them.
    """
    try:
        async with connection.transaction():
            await connection.execute(WAIT, longest)
            await connection.execute(LOCK_ALL, REBUILD_LOCK)
            yield
    except asyncpg.LockNotAvailableError:
        raise RebuildError("somebody reads these tables and does not end (a dump?): try again afterwards") from None


async def rebuild_read_models(connection: asyncpg.Connection, settings: Settings, policy: Policy) -> list[str]:
    """Makes the read models from the facts and swaps them in; returns the communities.

    Raises:
        RebuildError: The facts are not whole, or the numbers of some community cannot be worked out.
    """
    await connection.execute(BEGIN_NEXT)
    path = SEARCH_PATH.replace(READ_SCHEMA, NEXT_SCHEMA)
    async with asyncpg.create_pool(
        settings.database_url, min_size=0, max_size=2, server_settings={"search_path": path}
    ) as pool:
        for statements in (READ_MODELS, DASHBOARDS):
            await pool.execute(files("projections.evaluation").joinpath(statements).read_text("utf-8"))
        evaluator = Evaluator(pool, policy)
        done = await evaluator.tick()
    if evaluator.failed:
        raise RebuildError(f"the old numbers stay: those of {', '.join(sorted(evaluator.failed))} cannot be worked out")
    async with replacing(connection):
        if await store.left_to_read(connection):
            raise RebuildError("the old numbers stay: the facts are not whole yet")
        await connection.execute(SWAP)
    return done


async def forget_facts(connection: asyncpg.Connection, settings: Settings, *, give_up_old_log: bool = False) -> None:
    """Empties facts, dead letters and positions, if the log still holds everything they came from.

    Args:
        connection: To the facts.
        settings: Where the log is.
        give_up_old_log: Whether facts may go that only a log held which is no longer the one that is read.

    Position rows are locked first, as every batch does, so no batch is under way meanwhile. How far the log reached
    stands in them from then on: whatever happens to this process, nobody takes the facts for whole before
    (`store.left_to_read`).

    Raises:
        RebuildError: The log no longer begins where it began, or facts came from another one before.
        WrongLog: It is another log.
    """
    found = await log_check.look(connection, settings)
    if found.parted:
        raise WrongLog("; ".join(parted.sentence for parted in found.parted))
    log = found.log
    lost = [place for place, extent in log.extents.items() if extent.begin > 0]
    if lost:
        names = ", ".join(f"{place.topic}[{place.partition}]" for place in lost)
        raise RebuildError(f"the log has lost its beginning, and facts would be lost: {names}")
    followed = [f"{row['topic']} since {row['day']}" for row in await connection.fetch(FOLLOWED)]
    if followed and not give_up_old_log:
        raise RebuildError(
            f"another log is followed than the one that earlier facts came from ({', '.join(followed)}): what only the "
            "old one held would be lost; --give-up-old-log gives it up"
        )
    async with replacing(connection):
        await store.register(connection, log.cluster, sorted(log.extents))
        await connection.execute(FORGET_POSITIONS, log.cluster, *_ends(log))
        await connection.execute(FORGET_FACTS)


def _ends(log: Log) -> tuple[list[str], list[int], list[int]]:
    places = list(log.extents)
    return (
        [place.topic for place in places],
        [place.partition for place in places],
        [log.extents[place].end for place in places],
    )
