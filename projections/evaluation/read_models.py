"""Stores what was evaluated where dashboards and other processes read it, and reads it back."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
import numpy as np

from projections.facts.rows import Connection
from projections.facts.store import left_to_read
from projections.timeline.history import History, Sample, Series, Values

LOCK = "select pg_advisory_xact_lock_shared($1), pg_advisory_xact_lock(hashtextextended($2, $1))"
LOCK_ALL = "select pg_advisory_xact_lock($1)"
REBUILD_LOCK = 0x7465_6E66_6F6C_6402
STORED = """
select read_up_to, read_model_version, policy from snapshot
where community = $1 and read_up_to <= newest_batch() + 1"""
"""Numbers that rest on more facts than there are, since older ones were restored, are worth nothing."""
SNAPSHOT = "select community, as_of, samples, read_model_version, policy, evaluated_at from snapshot"
NEWEST = "select as_of, samples from snapshot where community = $1"
SERIES = 'select family, labels, first_day, "values" from history where community = $1'
DELETE_SERIES = (
    "delete from history where community = $1 and (family, labels) in (select * from unnest($2::text[], $3::jsonb[]))"
)
DELETE_ALL = "delete from history where community = $1"
WRITE_SERIES = """
insert into history (community, family, labels, first_day, "values") values ($1, $2, $3, $4, $5)
on conflict (community, family, labels) do update set first_day = excluded.first_day, "values" = excluded."values\""""
MOST_VALUES_AT_ONCE = 100_000
"""Encoding so many takes some hundredths of a second; of a community of 50 years there are ten million."""
WRITE_SNAPSHOT = """
insert into snapshot (community, as_of, samples, read_model_version, policy, read_up_to, evaluated_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (community) do update set as_of = excluded.as_of, samples = excluded.samples,
  read_model_version = excluded.read_model_version, policy = excluded.policy, read_up_to = excluded.read_up_to,
  evaluated_at = excluded.evaluated_at"""


@dataclass(frozen=True, slots=True)
class Version:
    """Which code and which policy numbers come from."""

    read_model: int
    policy: str


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One community's numbers, ready to be stored."""

    community: str
    history: History
    as_of: date
    evaluated_at: datetime
    read_up_to: int
    version: Version


Written = Mapping[Series, bytes]
"""What a process last wrote of each series, to write only what changed."""


async def store(connection: Connection, now: Evaluated, last: tuple[int, Written]) -> Written:
    """Write what changed since `last`, a cursor and what was written at it.

    Nothing where somebody read further, or while facts that were emptied are read again.

    The connection must be in a transaction. Returns what is stored now.
    """
    await connection.execute("select set_config('lock_timeout', '60s', true)")
    await connection.fetchval(LOCK, REBUILD_LOCK, now.community)
    if await left_to_read(connection):
        return {}
    stored = await connection.fetchrow(STORED, now.community)
    if stored and stored[0] > now.read_up_to and (stored[1], stored[2]) == (now.version.read_model, now.version.policy):
        return {}
    closed, written = await asyncio.to_thread(as_written, now)
    before = last[1] if stored and stored[0] == last[0] else {}
    if not before:
        await connection.execute(DELETE_ALL, now.community)
    gone = [key for key in before if key not in written]
    await connection.execute(
        DELETE_SERIES, now.community, [name for name, _ in gone], [encoded(dict(labels)) for _, labels in gone]
    )
    for some in parts([key for key in written if before.get(key) != written[key]], closed.days):
        rows = [(now.community, *row) for row in await asyncio.to_thread(rows_of, closed, some)]
        await connection.executemany(WRITE_SERIES, rows)
    await connection.execute(WRITE_SNAPSHOT, *await asyncio.to_thread(_snapshot, now))
    return written


def as_written(now: Evaluated) -> tuple[History, dict[Series, bytes]]:
    """The days that have ended, and each series of them as bytes that say whether it changed."""
    closed = closed_days(now)
    return closed, {key: values.tobytes() for key, values in closed.series.items()}


def parts(keys: Sequence[Series], days: int) -> Iterator[Sequence[Series]]:
    """Series, as many at a time as are written while nobody notices that the process answers no one."""
    many = max(1, MOST_VALUES_AT_ONCE // max(days, 1))
    for first in range(0, len(keys), many):
        yield keys[first : first + many]


def rows_of(closed: History, keys: Iterable[Series]) -> list[tuple[object, ...]]:
    """Rows of the history, but for the community."""
    return [
        (name, encoded(dict(labels)), closed.first_day, nullable(closed.series[name, labels])) for name, labels in keys
    ]


def closed_days(now: Evaluated) -> History:
    """The history up to the day before the one it is of; series that are nowhere defined are left out."""
    days = max((now.as_of - now.history.first_day).days, 0)
    cut = {key: values[:days] for key, values in now.history.series.items()}
    return History(now.history.first_day, {key: values for key, values in cut.items() if not np.isnan(values).all()})


def _snapshot(now: Evaluated) -> Sequence[object]:
    samples = [{"name": one.name, "labels": dict(one.labels), "value": one.value} for one in now.history.on(now.as_of)]
    return (
        now.community,
        now.as_of,
        encoded(samples),
        now.version.read_model,
        now.version.policy,
        now.read_up_to,
        now.evaluated_at,
    )


async def load(connection: Connection, versions: Mapping[str, Version]) -> Mapping[str, tuple[History, datetime]]:
    """What was last stored of each community by the same version: its history, today as it was then included."""
    found = {}
    for row in await connection.fetch(SNAPSHOT):
        if versions.get(row["community"]) == Version(row["read_model_version"], row["policy"]):
            samples = msgspec.json.decode(row["samples"], type=list[Sample])
            closed = await connection.fetch(SERIES, row["community"])
            stored = {(one["family"], key_of(one["labels"])): one for one in closed}
            found[row["community"]] = (_rejoined(stored, samples, row["as_of"]), row["evaluated_at"])
    return found


async def newest(connection: Connection, community: str) -> History | None:
    """The newest day that was stored of a community, alone; None before it was ever evaluated."""
    row = await connection.fetchrow(NEWEST, community)
    if row is None:
        return None
    samples = msgspec.json.decode(row["samples"], type=list[Sample])
    today = {(one.name, tuple(sorted(one.labels.items()))): np.array([one.value]) for one in samples}
    return History(row["as_of"], today)


def _rejoined(stored: Mapping[Series, Mapping[str, object]], samples: Sequence[Sample], as_of: date) -> History:
    first = min((one["first_day"] for one in stored.values()), default=as_of)  # type: ignore[type-var]
    today = {(one.name, tuple(sorted(one.labels.items()))): one.value for one in samples}
    days = (as_of - first).days  # type: ignore[operator]
    absent: Values = np.full(days, np.nan)
    closed = {key: np.array(one["values"], np.float64) for key, one in stored.items()}
    return History(
        as_of - timedelta(days=days),
        {key: np.append(closed.get(key, absent), today.get(key, np.nan)) for key in (*closed, *today)},
    )


def encoded(value: object) -> str:
    """JSON as the database takes it."""
    return msgspec.json.encode(value).decode()


def key_of(labels: str) -> tuple[tuple[str, str], ...]:
    """Labels as in the key of a series."""
    return tuple(sorted(msgspec.json.decode(labels, type=dict[str, str]).items()))


def nullable(values: Values) -> list[float | None]:
    """Absent values as null."""
    return [None if value != value else value for value in values.tolist()]  # noqa: PLR0124 - NaN alone is not itself
