"""The past of all communities, loaded once into a Prometheus that has none."""

import asyncio
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from infra.database.session import connected
from infra.local.errors import StackError
from infra.monitoring.openmetrics import past, write
from infra.settings import Settings
from projections.evaluation.catalog import HELP
from projections.facts.rows import COMMUNITIES
from projections.timeline.history import History

BLOCK_DURATION: Final = "2160h"
PIECE: Final = timedelta(days=365)
"""promtool reads a text once for each of its blocks: in pieces, thirteen years take 5 s of a core, and not 17."""


async def backfill(settings: Settings, data: Path) -> int:
    """Write the past as blocks into an empty data folder; returns how many samples arrived, all that were sent.

    Raises:
        StackError: promtool failed, or lost a sample.
    """
    async with connected(settings) as connection:
        communities = [row["name"] for row in await connection.fetch(COMMUNITIES)]
    histories = await past(settings, communities)
    with tempfile.TemporaryDirectory(dir=data.parent) as folder:
        sent = 0
        for piece in pieces(histories):
            sent += await _load(piece, folder)
        if (arrived := samples(Path(folder))) != sent:
            raise StackError(f"of {sent} samples of the past, {arrived} arrived in Prometheus")
        shutil.copytree(folder, data)
    return sent


def samples(data: Path) -> int:
    """How many samples the blocks of a data folder hold."""
    return sum(json.loads(meta.read_text())["stats"]["numSamples"] for meta in data.glob("*/meta.json"))


def pieces(histories: Mapping[str, History]) -> Iterator[Mapping[str, History]]:
    """The same days in pieces of time, oldest first."""
    first = min((history.first_day for history in histories.values()), default=date.max)
    last = max((history.last_day for history in histories.values()), default=date.min)
    while first <= last:
        yield {name: _between(history, first, first + PIECE) for name, history in histories.items()}
        first += PIECE


def _between(history: History, first: date, end: date) -> History:
    """The days of a history from `first` on and before `end`."""
    begin, stop = (max(0, (day - history.first_day).days) for day in (first, end))
    return History(
        history.first_day + timedelta(days=begin), {key: values[begin:stop] for key, values in history.series.items()}
    )


async def _load(histories: Mapping[str, History], blocks: str) -> int:
    """Write blocks of some days; returns how many samples were sent."""
    with tempfile.NamedTemporaryFile("w") as text:
        sent = await asyncio.to_thread(write, histories, HELP, text.file)
        text.flush()
        if sent:
            await _create_blocks(text.name, blocks)
    return sent


async def _create_blocks(text: str, blocks: str) -> None:
    command = ("promtool", "tsdb", "create-blocks-from", "openmetrics", f"--max-block-duration={BLOCK_DURATION}")
    process = await asyncio.create_subprocess_exec(
        *command, text, blocks, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    try:
        _, error = await process.communicate()
    finally:
        if process.returncode is None:  # we are asked to end: nobody may write into a folder that goes
            process.kill()
            await process.wait()
    if process.returncode:
        raise StackError(f"loading the past into Prometheus failed: {error.decode(errors='replace').strip()}")
