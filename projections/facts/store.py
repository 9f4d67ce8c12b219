"""Facts in PostgreSQL: what one batch needs, each function one statement over the whole batch."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

import asyncpg

from projections.facts import copy_rows
from projections.facts.rows import Connection

KNOWN: Final = """
select key, digest from contribution_fact where key = any($1)
union all
select key, digest from other_fact where key = any($1)
"""
LOCK_POSITION: Final = """
with position as (select next_offset from log_position where cluster = $1 and topic = $2 and partition = $3 for update)
select next_offset, begin_batch() as batch from position
"""
ADVANCE: Final = """
update log_position
set next_offset = $4, mark_offset = coalesce($5, mark_offset), mark_fingerprint = coalesce($6, mark_fingerprint)
where cluster = $1 and topic = $2 and partition = $3
"""
REGISTER: Final = """
insert into log_position (cluster, topic, partition, next_offset)
select $1, topic, partition, 0 from unnest($2::text[], $3::int[]) as found (topic, partition)
on conflict do nothing
"""
HOLD: Final = """
select next_offset from log_position
where cluster = $1 and (topic, partition) in (select * from unnest($2::text[], $3::int[])) for update
"""
STOP: Final = """
update log_position set stopped = $3, stopped_why = $4, stopped_at = coalesce(stopped_at, now())
where topic = $1 and partition = $2 and stopped is distinct from $3
"""
GO_ON: Final = """
update log_position set stopped = null, stopped_why = null, stopped_at = null
where stopped is not null and (topic, partition) in (select * from unnest($1::text[], $2::int[]))
"""
CONTINUE: Final = "select continue_batches()"
LEFT_TO_READ: Final = """
select coalesce(sum(whole_at - next_offset), 0)::bigint from log_position where next_offset < whole_at
"""
END_STANDING_STILL: Final = """
select count(pg_terminate_backend(pid)) from pg_stat_activity
where datname = current_database() and usename = current_user
  and application_name = current_setting('application_name')
  and state = 'active' and wait_event = 'ClientRead' and state_change < clock_timestamp() - $1::interval
"""
POSITIONS: Final = """
select cluster, topic, partition, next_offset, mark_offset, mark_fingerprint from log_position
where (topic, partition) in (select * from unnest($1::text[], $2::int[]))
"""
OTHER_COLUMNS: Final = (
    "key",
    "digest",
    "community",
    "type",
    "source",
    "id",
    "subject",
    "team",
    "actor",
    "time",
    "data",
    "retracts",
    "batch",
)
RESPONSE_COLUMNS: Final = ("key", "about", "responds_to", "outcome", "batch")
DEAD_LETTER_COLUMNS: Final = ("topic", "partition", "offset", "reason", "detail")


class Mark(NamedTuple):
    """A batch of the log by its place and by what no other batch has: the log that holds it is the one that was read.

    The leader's epoch is no part of it: a copy of the log gives its own.
    """

    offset: int
    fingerprint: bytes


class Position(NamedTuple):
    """How far a partition of a cluster's log has been read, and the batch that was read last."""

    cluster: str
    topic: str
    partition: int
    next_offset: int
    mark: Mark | None


class Locked(NamedTuple):
    """A position that nobody else can move until this transaction ends, and the number of the batch that may."""

    next_offset: int
    batch: int


async def prepare(connection: asyncpg.Connection) -> None:
    """Let keys be plain bytes on a connection: objects of class UUID cost a microsecond each."""
    await connection.set_type_codec("uuid", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary")


async def lock_position(connection: asyncpg.Connection, cluster: str, topic: str, partition: int) -> Locked | None:
    """Lock a position, first of all in a batch's transaction; None when there is none any more."""
    row = await connection.fetchrow(LOCK_POSITION, cluster, topic, partition)
    return Locked(row["next_offset"], row["batch"]) if row else None


async def advance(
    connection: asyncpg.Connection, cluster: str, topic: str, partition: int, next_offset: int, mark: Mark | None
) -> None:
    """Move a locked position; the mark stays where no batch was read."""
    await connection.execute(ADVANCE, cluster, topic, partition, next_offset, *(mark or (None, None)))


async def register(connection: asyncpg.Connection, cluster: str, partitions: Sequence[tuple[str, int]]) -> None:
    """Make sure of a row for each partition never read before, so that there is one to lock.

    Numbers of batches go on after those that there are, wherever these came from.
    """
    await connection.execute(CONTINUE)
    await connection.execute(REGISTER, cluster, *zip(*partitions, strict=True))


async def hold(connection: asyncpg.Connection, cluster: str, partitions: Sequence[tuple[str, int]]) -> None:
    """Hold positions until this transaction ends, once whoever is in the middle of a batch lets them go."""
    await connection.execute(HOLD, cluster, *zip(*partitions, strict=True))


async def stop(connection: asyncpg.Connection, topic: str, partition: int, why: str, sentence: str) -> None:
    """Note that a partition is not read on, since its log is not the one that was read."""
    await connection.execute(STOP, topic, partition, why, sentence)


async def go_on(connection: asyncpg.Connection, partitions: Sequence[tuple[str, int]]) -> None:
    """Note that partitions are read (again)."""
    if partitions:
        await connection.execute(GO_ON, *zip(*partitions, strict=True))


async def end_standing_still(connection: asyncpg.Connection, longest: timedelta) -> int:
    """End sessions of this program that have owed the server the rest of a statement for so long; returns how many.

    Between statements the server ends them by itself (`idle_in_transaction_session_timeout`), but not within a COPY.
    """
    return int(await connection.fetchval(END_STANDING_STILL, longest))


async def positions(connection: asyncpg.Connection, partitions: Sequence[tuple[str, int]]) -> list[Position]:
    """Return what is stored of these partitions, of whichever cluster."""
    topics, numbers = zip(*partitions, strict=True)
    rows = await connection.fetch(POSITIONS, topics, numbers)
    return [
        Position(cluster, topic, partition, next_offset, Mark(at, fingerprint) if at is not None else None)
        for cluster, topic, partition, next_offset, at, fingerprint in rows
    ]


async def left_to_read(connection: Connection) -> int:
    """Return how many records have to be read until facts that were emptied are whole again; 0 when they are."""
    return int(await connection.fetchval(LEFT_TO_READ))


async def known_digests(connection: asyncpg.Connection, keys: Sequence[bytes]) -> dict[bytes, int]:
    """Return the digest of each of these facts that is already there."""
    return {bytes(key): digest for key, digest in await connection.fetch(KNOWN, keys)}


async def add_contributions(connection: asyncpg.Connection, packed: Sequence[bytes], batch: int) -> None:
    """Add rows made by `copy_rows.rows`, sorted by key: crossing orders of two transactions deadlock.

    Raises:
        asyncpg.UniqueViolationError: another transaction added one of them since `known_digests`.
    """
    if packed:
        await connection.copy_to_table(
            "contribution_fact",
            source=_whole(copy_rows.payload(packed, batch)),
            columns=copy_rows.COLUMNS,
            format="binary",
        )


async def add_others(connection: asyncpg.Connection, facts: Iterable[tuple[object, ...]], batch: int) -> None:
    """Add facts of the rare types, in the order of `OTHER_COLUMNS`, sorted by key."""
    records = [(*fact, batch) for fact in facts]
    if records:
        await connection.copy_records_to_table("other_fact", records=records, columns=OTHER_COLUMNS)


async def add_responses(connection: asyncpg.Connection, rows: Iterable[tuple[object, ...]], batch: int) -> None:
    """Add what contributions of the same transaction say of artefacts, in the order of `RESPONSE_COLUMNS`."""
    records = [(*row, batch) for row in rows]
    if records:
        await connection.copy_records_to_table("response_fact", records=records, columns=RESPONSE_COLUMNS)


async def add_dead_letters(connection: asyncpg.Connection, letters: Sequence[tuple[str, int, int, str, str]]) -> None:
    """Note what was refused, in the order of `DEAD_LETTER_COLUMNS`."""
    if letters:
        await connection.copy_records_to_table("dead_letter", records=letters, columns=DEAD_LETTER_COLUMNS)


async def _whole(payload: bytes) -> AsyncIterator[bytes]:
    yield payload
