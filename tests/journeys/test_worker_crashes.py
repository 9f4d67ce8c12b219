"""Workers killed, frozen and replaced at any moment: each event still has its effect exactly once."""

import asyncio
import signal
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from random import Random

import asyncpg
import psutil
from aiokafka.partitioner import DefaultPartitioner

from infra.settings import Settings
from tests.support.patience import PATIENCE_SECONDS
from tests.support.records import POISON, Expected, facts_of, stream
from tests.support.worker_process import POSITION, applied, metrics, put, read_all, running, start, until

RECORDS = 100_000
KILLS = 20
KILLED_WITHIN_A_TRANSACTION = 12
PIECE = 97 * 100
"""Some records of an upgrade; as many of each key."""
BATCH = ("--batch-records", "160")
"""Small ones throttle the worker: more than 600 transactions to be killed in."""

SESSION = ("--session-timeout-seconds", "6")

APPLIED = "tenfold_events_applied_total"
TRIMMED = "tenfold_batch_trimmed_records_total"

OPEN = """
select count(*) from pg_stat_activity
where datname = current_database() and application_name = 'tenfold-worker' and backend_xid is not null
"""
WAITED_FOR = """
select count(*) from pg_stat_activity
where client_port = any($1) and state = 'idle in transaction' and backend_xid is not null
"""
"""Transactions that go on when a worker does."""


async def test_a_worker_killed_at_twenty_moments_applies_everything_once(
    stack: Settings, database: asyncpg.Connection, tmp_path: Path
) -> None:
    values = stream(RECORDS, duplicates=0.02, poison=0.002, seed=20)
    await put(stack, values)
    chance = Random(20)  # noqa: S311 - the same in every run
    within = 0
    for threshold in sorted(chance.sample(range(1, RECORDS * 9 // 10), KILLS)):
        process = await start(stack, tmp_path / "worker.log", "--name", "killed", *BATCH)
        await passes(database, threshold)
        within += await killed_within_a_transaction(process, database)
    assert within >= KILLED_WITHIN_A_TRANSACTION
    async with running(stack, tmp_path / "worker.log", "--name", "killed"):
        await applied(database, RECORDS)
    await check_tables(stack, database, values)


async def test_a_worker_frozen_within_a_transaction_past_its_session_is_fenced(
    stack: Settings, database: asyncpg.Connection, tmp_path: Path
) -> None:
    """The server ends the transaction, or whoever takes over does where it is within a COPY; the others go on."""
    values = stream(RECORDS, duplicates=0.02, poison=0.002, seed=21)
    await put(stack, values)
    other = stack.model_copy(update={"worker_metrics_port": stack.server_port})
    async with (
        running(stack, tmp_path / "frozen.log", *SESSION, *BATCH) as frozen,
        running(other, tmp_path / "other.log", *SESSION, *BATCH),
    ):
        await until(lambda: both_have_partitions(tmp_path / "frozen.log", tmp_path / "other.log"))
        before = metrics(stack)[APPLIED]
        await until(lambda: is_busy(stack, before))
        await frozen_within_a_transaction(frozen, database)
        reached = await positions(database)
        ends = Counter(partition for partition, _, _ in spread(values))
        await until(lambda: all_moved_on(database, reached, ends))
        frozen.send_signal(signal.SIGCONT)
        await applied(database, RECORDS)
        assert frozen.returncode is None
        trimmed = metrics(stack)[TRIMMED]
    assert trimmed > 0
    await check_tables(stack, database, values)


async def test_workers_replaced_one_after_the_other_while_events_flow_apply_everything_once(
    stack: Settings, database: asyncpg.Connection, tmp_path: Path
) -> None:
    """One without a name leaves its partitions to the other, one with a name comes back to them."""
    values = stream(9 * PIECE, duplicates=0.02, poison=0.002, seed=22)
    pieces = (values[first : first + PIECE] for first in range(0, len(values), PIECE))
    logs = [tmp_path / "nameless.log", tmp_path / "named.log"]
    other = stack.model_copy(update={"worker_metrics_port": stack.server_port})
    starts = [partial(running, stack, logs[0], *BATCH), partial(running, other, logs[1], "--name", "named", *BATCH)]
    async with AsyncExitStack() as old, AsyncExitStack() as new:
        workers = [await old.enter_async_context(start()) for start in starts]
        await until(lambda: both_have_partitions(*logs))
        await put(stack, next(pieces))
        for process, start in zip(workers, starts, strict=True):
            await put(stack, next(pieces))
            await moves_on(database)
            process.terminate()
            await put(stack, next(pieces))
            assert await process.wait() == 0
            await put(stack, next(pieces))
            await new.enter_async_context(start())
            await put(stack, next(pieces))
            await until(lambda: both_have_partitions(*logs))
        await applied(database, len(values))
    await check_tables(stack, database, values)


async def moves_on(database: asyncpg.Connection) -> None:
    """Wait until more is applied than now."""
    await passes(database, 0)


async def passes(database: asyncpg.Connection, threshold: int) -> None:
    """Wait until the stored position goes beyond a threshold and beyond where it is now."""
    now = int(await database.fetchval(POSITION))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while int(await database.fetchval(POSITION)) <= max(now, threshold):
            await asyncio.sleep(0.002)


async def killed_within_a_transaction(process: Process, database: asyncpg.Connection) -> bool:
    """Kill a worker, if possible while the database has a transaction of it open; say whether it had."""
    for _ in range(10):
        process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(0.01)  # for what had been sent before to be carried out
        if is_open := bool(await database.fetchval(OPEN)):
            break
        process.send_signal(signal.SIGCONT)
        await asyncio.sleep(0.005)
    process.kill()
    await process.wait()
    return is_open


async def frozen_within_a_transaction(process: Process, database: asyncpg.Connection) -> None:
    """Stop a worker while the database waits for it: it surely has a batch in hand."""
    connected = {each.laddr.port for each in psutil.Process(process.pid).net_connections()}
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            process.send_signal(signal.SIGSTOP)
            await asyncio.sleep(0.01)  # for what had been sent before to be carried out
            if await database.fetchval(WAITED_FOR, connected):
                return
            process.send_signal(signal.SIGCONT)
            await asyncio.sleep(0.002)


async def check_tables(stack: Settings, database: asyncpg.Connection, values: Sequence[bytes]) -> None:
    """Compare facts, dead letters and the dead-letter topic with what the log has to lead to."""
    expected = Expected().read(values)
    assert await facts_of(database) == expected.facts
    poison = places(stack, values)
    table = await database.fetch('select topic, partition, "offset" from dead_letter')
    assert Counter(tuple(row) for row in table) == Counter(poison.keys())
    letters = await read_all(stack, "dead-letters")
    origins = {}
    for letter in letters:
        said = {name: each.decode() for name, each in letter.headers if name.startswith("tenfold-")}
        origins[said["tenfold-topic"], int(said["tenfold-partition"]), int(said["tenfold-offset"])] = letter.value
    assert origins == poison


def places(stack: Settings, values: Sequence[bytes]) -> dict[tuple[str, int, int], bytes]:
    """Return where in the log each malformed record stands, and what it is."""
    topic = f"{stack.topic_prefix}contributions"
    return {(topic, partition, offset): value for partition, offset, value in spread(values) if value in POISON}


def spread(values: Sequence[bytes]) -> Iterator[tuple[int, int, bytes]]:
    """Say which partition and offset each record went to."""
    partitions, choose, ends = list(range(8)), DefaultPartitioner(), Counter[int]()
    for place, value in enumerate(values):
        partition = choose(str(place % 97).encode(), partitions, partitions)
        yield partition, ends[partition], value
        ends[partition] += 1


async def positions(database: asyncpg.Connection) -> dict[int, int]:
    rows = await database.fetch("select partition, next_offset from log_position where topic like '%contributions'")
    return {row["partition"]: row["next_offset"] for row in rows}


async def all_moved_on(database: asyncpg.Connection, before: dict[int, int], ends: Mapping[int, int]) -> bool:
    """Whether every partition is read further or to its end, those of a worker that stands still too."""
    now = await positions(database)
    return all(position > before[at] or position == ends[at] for at, position in now.items())


async def is_busy(worker: Settings, before: float) -> bool:
    """Whether a worker has batches in all of its hands: it applied some of every partition since."""
    return metrics(worker)[APPLIED] > before + RECORDS // 30


async def both_have_partitions(*logs: Path) -> bool:
    """Whether the newest assignments of two workers are parts of the fourteen partitions."""
    texts = [log.read_text() if log.exists() else "" for log in logs]
    newest = [text.rpartition("partitions=")[2].split("\n")[0] for text in texts]
    return sorted(newest) == ["7", "7"]
