"""How far facts can be read, and rows of them, so that none is lost or read twice.

A cursor is a number of a batch: the facts of all batches below it have been read. Numbers are given before batches
commit, so a higher one may be seen first; nothing is read at or above a horizon, below which every batch has ended.

Why none is missed. A batch takes a lock that names a number L, then its own number n ≥ L; it writes, commits, and only
then the lock goes (`begin_batch` in batches.sql). A horizon comes from one statement: first its snapshot is taken,
whose newest batch is N, then the locks are read, and it is the least of N + 1 and every L. Facts are read in a later
snapshot. Let n lie below a horizon, so n ≤ N. Then n was given no later than N, and N before it committed, hence before
the first snapshot: the lock of n had been taken when the locks were read. It was not there any more, or the horizon
would not be above n; so n had ended, and the later snapshot sees what it committed.

A later horizon may be lower, where a batch slept between reading a number and locking it; the earlier one still holds,
so the greatest counts. No number below a horizon is given again after a crash, since N was committed.

Other transactions do not take part: who leaves one open, in whatever database, holds back no number.
Source: docs/architecture.md, law 2; PostgreSQL's `CommitTransaction`: others see it before its locks are released.
"""

from typing import NamedTuple, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from events.catalog import type_of
from events.contributions import SourceWithdrawn

Connection: TypeAlias = "asyncpg.Connection | PoolConnectionProxy"

HORIZON = """
select newest, least(newest + 1, (select min(at_least) from open_batch)) as before
from (select newest_batch() as newest) as written"""
COMMUNITIES = "select id, name from community order by name"
CHANGED = """
select community, sum(facts)::bigint as facts from (
  select i.community, count(*) as facts from contribution_fact f join identity i on i.id = f.identity
  where f.batch >= $1 and f.batch < $2 group by 1
  union all
  select community, count(*) from other_fact
  where batch >= $1 and batch < $2 group by 1
) as changed group by 1"""
WITHDRAWN = f"""
select s.id as source, (o.data ->> 'before')::timestamptz as before, o.batch
from other_fact o join source s on s.community = o.community and s.name = o.data ->> 'source'
where o.community = $1 and o.type = '{type_of(SourceWithdrawn)}'"""  # noqa: S608 - a constant, put together once


class Horizon(NamedTuple):
    """How far facts can be read.

    Attributes:
        newest: the newest batch that had written something.
        before: all batches with a lower number have ended, and a snapshot taken from now on sees what they wrote.
    """

    newest: int
    before: int


async def horizon(connection: Connection) -> Horizon:
    """How far facts can be read now; outside of any transaction, since later snapshots are to see what ended."""
    return Horizon(*await connection.fetchrow(HORIZON))
