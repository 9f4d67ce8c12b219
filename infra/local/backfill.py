"""The past of all communities, loaded once into a Prometheus that has none."""

import asyncio
import json
import shutil
import tempfile
from pathlib import Path
from typing import Final

from infra.local.errors import StackError
from infra.openmetrics import write
from infra.reading import connected
from infra.settings import Settings
from projections.facts.read import COMMUNITIES

BLOCK_DURATION: Final = "2160h"


async def backfill(settings: Settings, data: Path) -> int:
    """Write the past as blocks into an empty data folder; returns how many samples arrived, all that were sent.

    Raises:
        StackError: promtool failed, or lost a sample.
    """
    async with connected(settings) as connection:
        communities = [row["name"] for row in await connection.fetch(COMMUNITIES)]
    with tempfile.TemporaryDirectory(dir=data.parent) as folder, tempfile.NamedTemporaryFile("w") as text:
        sent = await write(settings, communities, text.file)
        text.flush()
        if sent:
            await _create_blocks(text.name, folder)
        if (arrived := samples(Path(folder))) != sent:
            raise StackError(f"of {sent} samples of the past, {arrived} arrived in Prometheus")
        shutil.copytree(folder, data)
    return sent


def samples(data: Path) -> int:
    """How many samples the blocks of a data folder hold."""
    return sum(json.loads(meta.read_text())["stats"]["numSamples"] for meta in data.glob("*/meta.json"))


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
