"""A sequence of faults under load, and then every table as the log says that it has to be.

make faults, or make faults ARGS="--sequences 100 --seed 1"
"""

import argparse
import asyncio
import logging
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Final

import asyncpg
import httpx

from infra.settings import Settings
from tests.faults.load import Source
from tests.faults.oracle import Expected, expected
from tests.faults.processes import Everything, KeptRunning, everything
from tests.support.worker_process import until

FAULTS: Final = 4
LONGEST_FREEZE_SECONDS: Final = 9.0
"""Past the session of a worker, and past what PostgreSQL waits for somebody within a transaction when drawn often."""

ANSWERS_WITHIN_SECONDS: Final = 5.0
AS_OF: Final = "2015-03-20"
"""Within ninety days of the first contribution, and after the last."""

POSITIONS: Final = "select partition, next_offset from log_position where topic = $1"


async def sequence(all_of_it: Everything, source: Source, seed: int) -> None:
    """Let faults befall everything while sources send; then wait until it is quiet, and compare."""
    chance = Random(seed)  # noqa: S311 - the same for the same seed
    async with answering(all_of_it):
        sending = asyncio.create_task(send(source, chance.randrange(2, 5)))
        for _ in range(FAULTS):
            await asyncio.sleep(chance.uniform(0.0, 2.0))
            await befall(chance.choice(list(all_of_it.processes.values())), chance)
        await sending
        for process in all_of_it.processes.values():
            await process.ready()
        await compared(all_of_it.settings)


async def send(source: Source, times: int) -> None:
    for _ in range(times):
        await source.send_something()


async def befall(process: KeptRunning, chance: Random) -> None:
    """Kill a process, or let it stand still for a while."""
    if chance.random() < 0.6:
        process.kill()
        return
    process.freeze()
    try:
        await asyncio.sleep(LONGEST_FREEZE_SECONDS * chance.random() ** 2)
    finally:
        process.thaw()


async def compared(settings: Settings) -> None:
    """Every fact and every dead letter of the log stands in the tables, once, and in the numbers."""
    wanted = await asyncio.to_thread(expected, settings)
    await until(lambda: is_applied(settings, wanted))
    connection = await asyncpg.connect(settings.database_url, server_settings={"search_path": "facts"})
    try:
        ids = [row["id"] for row in await connection.fetch("select id from contribution_fact")]
        letters = [
            tuple(row) for row in await connection.fetch('select partition, "offset", reason, detail from dead_letter')
        ]
    finally:
        await connection.close()
    assert len(ids) == len(set(ids))
    assert not set(ids) ^ wanted.ids, f"facts differ: {sorted(set(ids) ^ wanted.ids)[:9]}"
    found = {(partition, offset) for partition, offset, _, _ in letters}
    assert len(letters) == len(found)
    more, missing = [each for each in letters if each[:2] not in wanted.refused], wanted.refused - found
    assert not more, f"dead letters that are none: {more[:9]}"
    assert not missing, f"dead letters missing: {sorted(missing)[:9]}"
    await until(lambda: is_shown(settings, len(wanted.people)))


async def is_applied(settings: Settings, wanted: Expected) -> bool:
    try:
        connection = await asyncpg.connect(settings.database_url, timeout=5, server_settings={"search_path": "facts"})
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return False
    try:
        rows = await connection.fetch(POSITIONS, f"{settings.topic_prefix}contributions")
        return {row["partition"]: row["next_offset"] for row in rows} == wanted.ends
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False
    finally:
        connection.terminate()


async def is_shown(settings: Settings, people: int) -> bool:
    """Whether the server counts all who did something."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.server_port}", timeout=10) as client:
        try:
            answer = await client.get("/api/v1/communities/project/report", params={"as_of": AS_OF})
        except httpx.TransportError:
            return False
        if answer.status_code != 200:
            return False
        wanted = {"community": "project", "window_days": "90"}
        return any(
            one["value"] == people
            for one in answer.json()["samples"]
            if one["name"] == "tenfold_active_contributors" and one["labels"] in (wanted, {"window_days": "90"})
        )


@asynccontextmanager
async def answering(all_of_it: Everything) -> AsyncIterator[None]:
    """Ask the server whether it lives all the while: it answers at once unless it was itself killed or frozen."""
    server, silent = all_of_it.processes["server"], list[float]()
    asking = asyncio.create_task(ask(all_of_it.settings, server, silent))
    starts, kills = server.starts, server.kills
    try:
        yield
    finally:
        asking.cancel()
        await asyncio.wait({asking})
    assert server.starts - starts <= server.kills - kills, "the server ended by itself"
    assert not silent, f"the server was silent for {silent} seconds"


async def ask(settings: Settings, server: KeptRunning, silent: list[float]) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.server_port}", timeout=30) as client:
        while True:
            asked, touched, was_away = time.monotonic(), server.touched, server.is_away
            try:
                answered = (await client.get("/healthz")).status_code == 200
            except httpx.TransportError:
                answered = False
            if not answered:
                await server.ready()
            is_excused = was_away or server.is_away or server.touched != touched
            if time.monotonic() - asked > ANSWERS_WITHIN_SECONDS and not is_excused:
                silent.append(time.monotonic() - asked)
            await asyncio.sleep(0.2)


@asynccontextmanager
async def own_folder() -> AsyncIterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tenfold-faults-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


async def sequences(seeds: range) -> None:
    """One after the other with the same processes, each told with its seed."""
    async with own_folder() as folder, everything(folder) as all_of_it:
        source = Source(all_of_it.settings, Random(seeds.start))  # noqa: S311 - the same for the same seed
        for seed in seeds:
            started = time.monotonic()
            await sequence(all_of_it, source, seed)
            print(f"seed {seed}: exact, {time.monotonic() - started:.0f} s", flush=True)  # noqa: T201


def main() -> None:
    """Run by hand."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sequences", type=int, default=20)
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # it is away on purpose
    asyncio.run(sequences(range(asked.seed, asked.seed + asked.sequences)))


if __name__ == "__main__":
    main()
