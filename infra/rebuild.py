"""Making anew: read models from facts, and facts from the log. Everything else goes on meanwhile.

Read models are made beside the live ones and take their place in one transaction. Facts are emptied
together with the positions, so that workers read the log again from its start; servers keep showing
the last numbers until that is done.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files

import asyncpg
from aiokafka.structs import TopicPartition

from events.errors import TenfoldError
from events.topics import INPUT_TOPICS, topics
from infra.database import DASHBOARDS, READ_MODELS, READ_SCHEMA, SEARCH_PATH
from infra.settings import Settings
from projections.evaluator import Evaluator
from projections.facts import store
from projections.policy import Policy
from projections.read_models import LOCK_ALL, REBUILD_LOCK
from streams.positions import Log, check, look_at, marks_of

NEXT_SCHEMA, OLD_SCHEMA = "read_next", "read_old"
ONE_REBUILD_LOCK = 0x7465_6E66_6F6C_6403
"""Held while a rebuild runs: a second one would drop what the first one makes, and servers wait."""

LOCK = "select pg_advisory_lock($1)"
WAIT_AWHILE = "set local lock_timeout = '3s'"
BEGIN_NEXT = f"drop schema if exists {NEXT_SCHEMA} cascade; create schema {NEXT_SCHEMA};"
SWAP = f"""
alter schema {READ_SCHEMA} rename to {OLD_SCHEMA};
alter schema {NEXT_SCHEMA} rename to {READ_SCHEMA};
drop schema {OLD_SCHEMA} cascade;"""
FORGET_POSITIONS = "update log_position set next_offset = 0, mark_offset = null, mark_fingerprint = null"
FORGET_FACTS = "truncate contribution_fact, response_fact, other_fact, dead_letter"
READ_SO_FAR = """
select coalesce(sum(least(next_offset, ends."end")), 0)::bigint
from log_position join unnest($2::text[], $3::int[], $4::bigint[]) as ends (topic, partition, "end")
  using (topic, partition)
where cluster = $1"""


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


async def rebuild_read_models(connection: asyncpg.Connection, settings: Settings, policy: Policy) -> list[str]:
    """Makes the read models from the facts and swaps them in; returns the communities."""
    await connection.execute(BEGIN_NEXT)
    path = SEARCH_PATH.replace(READ_SCHEMA, NEXT_SCHEMA)
    async with asyncpg.create_pool(
        settings.database_url, min_size=0, max_size=2, server_settings={"search_path": path}
    ) as pool:
        for statements in (READ_MODELS, DASHBOARDS):
            await pool.execute(files("projections").joinpath(statements).read_text("utf-8"))
        done = await Evaluator(pool, policy).tick()
    async with connection.transaction():
        await connection.execute(LOCK_ALL, REBUILD_LOCK)
        await connection.execute(SWAP)
    return done


async def forget_facts(connection: asyncpg.Connection, settings: Settings) -> Log:
    """Empties facts, dead letters and positions, if the log still holds everything they came from.

    Position rows are locked first, as every batch does, so no batch is under way meanwhile.

    Returns:
        The log as it stood just before: what has to be read again.

    Raises:
        RebuildError: The log no longer begins where it began.
        WrongLog: It is another log.
    """
    partitions = _partitions(settings)
    stored = await store.positions(connection, partitions)
    log = await look_at(settings.kafka_bootstrap_servers, partitions, marks_of(stored))
    for position in stored:
        check(log, position)
    lost = [place for place, extent in log.extents.items() if extent.begin > 0]
    if lost:
        names = ", ".join(f"{place.topic}[{place.partition}]" for place in lost)
        raise RebuildError(f"the log has lost its beginning, and facts would be lost: {names}")
    async with connection.transaction():
        await connection.execute(FORGET_POSITIONS)
        await connection.execute(FORGET_FACTS)
    return log


async def read_so_far(connection: asyncpg.Connection, log: Log) -> int:
    """How many of the log's records workers have read, of those that were there when it was looked at."""
    ends: Mapping[TopicPartition, int] = {place: extent.end for place, extent in log.extents.items()}
    names, numbers = [place.topic for place in ends], [place.partition for place in ends]
    found = await connection.fetchval(READ_SO_FAR, log.cluster, names, numbers, list(ends.values()))
    return int(found)


def records(log: Log) -> int:
    """How many records a log holds, gaps counted."""
    return sum(extent.end for extent in log.extents.values())


def _partitions(settings: Settings) -> list[TopicPartition]:
    inputs = {settings.topic_prefix + name for name in INPUT_TOPICS}
    return [
        TopicPartition(topic.name, number)
        for topic in topics(settings.topic_prefix)
        if topic.name in inputs
        for number in range(topic.partitions)
    ]
