"""What is up, how far it is behind, and what was set aside: one look from outside."""

from datetime import datetime

import asyncpg
from pydantic import BaseModel

from events.catalog import type_of
from events.checks import SourceChecked, SourceDated, SourceRetired
from events.contributions import SourceWithdrawn
from events.errors import Transient
from events.topics import topics
from infra.database.schemas import SEARCH_PATH
from infra.kafka import topics as broker
from infra.kafka.lag import LogEnds
from infra.local.data_folder import DataFolder
from infra.policy.policy_file import read_policy
from infra.settings import Settings
from projections.facts.store import left_to_read
from projections.policy.policy import PolicyError

POSITIONS = "select cluster, topic, partition, next_offset from log_position where starts_with(topic, $1)"
STOPPED = "select stopped_why from log_position where stopped is not null and starts_with(topic, $1) order by 1"
DEAD_LETTERS = "select reason, count(*) as count from dead_letter group by reason order by reason"
ABOUT_SOURCES = tuple(type_of(one) for one in (SourceChecked, SourceDated, SourceRetired, SourceWithdrawn))
LAST_EVENTS = """
select community.name as community, latest.source, max(latest.time) as last_event
from (
  select source.community, source.name as source, max(fact.time) as time
  from contribution_fact as fact join source on source.id = fact.source group by source.id
  union all
  select community, source, max(time) from other_fact where type <> all ($1::text[]) group by community, source
) as latest join community on community.id = latest.community
group by 1, 2 order by 1, 2
"""


class Lag(BaseModel, frozen=True):
    """How far one partition is behind: what its log holds and no fact rests on yet."""

    topic: str
    partition: int
    records: int


class SourceSeen(BaseModel, frozen=True):
    """A source, and when the newest thing it told of happened."""

    community: str
    source: str
    last_event: datetime


class Status(BaseModel, frozen=True):
    """The whole look.

    Attributes:
        problems: A line for each thing that is wrong; empty when all is well.
        lag: Per partition, of the topics that are read.
        dead_letters: How many records were set aside, by reason.
        sources: When each source last told of something.

    What cannot be told, because what knows it does not answer, is None.
    """

    problems: list[str] = []
    lag: list[Lag] | None = None
    dead_letters: dict[str, int] | None = None
    sources: list[SourceSeen] | None = None


class _Log(BaseModel, frozen=True):
    problems: list[str]
    cluster: str = ""
    ends: dict[tuple[str, int], int] | None = None


class _Tables(BaseModel, frozen=True):
    problems: list[str] = []
    positions: list[tuple[str, str, int, int]] | None = None
    dead_letters: dict[str, int] | None = None
    sources: list[SourceSeen] | None = None


async def look(settings: Settings) -> Status:
    """Asks the broker and the database; what does not answer is a problem, not an error."""
    log, tables = await _look_at_log(settings), await _look_at_tables(settings)
    lag, misfits = _lag(log, tables)
    return Status(
        problems=[
            *DataFolder(settings.data_dir).troubles(),
            *log.problems,
            *tables.problems,
            *misfits,
            *_policy_problems(settings),
        ],
        lag=lag,
        dead_letters=tables.dead_letters,
        sources=tables.sources,
    )


def _policy_problems(settings: Settings) -> list[str]:
    try:
        read_policy(settings.policy_file)
    except PolicyError as error:
        return [f"{settings.policy_file}: {error}; what it said before holds in what runs"]
    except OSError as error:
        return [f"policy: {settings.policy_file}: {error.strerror}; what it said before holds in what runs"]
    return []


async def _look_at_log(settings: Settings) -> _Log:
    bootstrap, prefix = settings.kafka_bootstrap_servers, settings.topic_prefix
    try:
        async with broker.admin(bootstrap) as client:
            problems = await broker.compared(client, topics(prefix))
    except Transient as error:
        return _Log(problems=[str(error)])
    if problems:
        return _Log(problems=problems)
    async with LogEnds(bootstrap, prefix) as log:
        ends = await log.read()
        return _Log(problems=[], cluster=log.cluster, ends=dict(ends))


async def _look_at_tables(settings: Settings) -> _Tables:
    try:
        connection = await asyncpg.connect(
            settings.database_url, timeout=5, server_settings={"search_path": SEARCH_PATH}
        )
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        return _Tables(problems=[f"PostgreSQL does not answer: {error or 'no answer within 5 s'}"])
    try:
        stopped = [row["stopped_why"] for row in await connection.fetch(STOPPED, settings.topic_prefix)]
        problems = [f"not read on: {why}; see `tenfold log check`" for why in stopped]
        if left := await left_to_read(connection):
            problems.append(f"facts are being read again from the log: {left:,} records to go")
        return _Tables(
            problems=problems,
            positions=[tuple(row) for row in await connection.fetch(POSITIONS, settings.topic_prefix)],
            dead_letters=dict(await connection.fetch(DEAD_LETTERS)),
            sources=[SourceSeen(**row) for row in await connection.fetch(LAST_EVENTS, ABOUT_SOURCES)],
        )
    except asyncpg.UndefinedTableError:
        return _Tables(problems=["the database has no tables of Tenfold yet"])
    finally:
        await connection.close()


def _lag(log: _Log, tables: _Tables) -> tuple[list[Lag] | None, list[str]]:
    if log.ends is None or tables.positions is None:
        return None, []
    strangers = {cluster for cluster, *_ in tables.positions} - {log.cluster}
    positions = {(topic, n): offset for cluster, topic, n, offset in tables.positions if cluster == log.cluster}
    lag = [
        Lag(topic=topic, partition=n, records=end - positions.get((topic, n), 0))
        for (topic, n), end in sorted(log.ends.items())
    ]
    problems = [f"positions belong to another Kafka cluster: {cluster}" for cluster in sorted(strangers)]
    problems += [f"{each.topic}/{each.partition}: position beyond the log's end" for each in lag if each.records < 0]
    return lag, problems
