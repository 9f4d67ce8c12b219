"""A policy file that nobody can follow, under a worker and a server that run, and at their start."""

import asyncio
from pathlib import Path

import httpx
import pytest

from infra.local.ports import LOOPBACK, accepts
from infra.settings import Settings
from tests.integration.server.test_serve import run, serving
from tests.support.patience import PATIENCE_SECONDS
from tests.support.through_the_log import worker

FOLLOWED = "tenfold_policy_last_read_successful"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "policy.toml"
    file.write_text("[communities.moss]\n")
    monkeypatch.setenv("TENFOLD_POLICY_FILE", str(file))
    return file


async def test_both_go_on_by_the_policy_of_before_say_so_and_follow_again(
    stack: Settings, file: Path, tmp_path: Path
) -> None:
    async with worker(stack, tmp_path / "worker.log"), serving(stack):
        ports = stack.server_port, stack.worker_metrics_port
        await all_say(ports, 1)
        for hostile in ("a=" + "[" * 100_000, "a" + ".a" * 100_000 + "=1"):
            file.write_text(hostile)
            await all_say(ports, 0)
            file.write_text("[communities.moss]\n[communities.fern]\n")
            await all_say(ports, 1)


@pytest.mark.parametrize("command", ["serve", "worker", "status", "up --data {folder}"])
async def test_at_the_start_a_line_says_what_is_wrong(
    stack: Settings, file: Path, command: str, tmp_path: Path
) -> None:
    file.write_text("a" + ".a" * 100_000 + "=1")
    code, out, err = await run(stack, *command.format(folder=tmp_path / "data").split())
    assert code == 1
    assert "policy is not TOML: recursion limit" in (out if command == "status" else err.splitlines()[-1])
    assert "Traceback" not in err


async def all_say(ports: tuple[int, ...], value: int) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while [await said(port) for port in ports] != [value] * len(ports):
            await asyncio.sleep(0.1)


async def said(port: int) -> float | None:
    if not await accepts(port):
        return None
    async with httpx.AsyncClient() as client:
        lines = (await client.get(f"http://{LOOPBACK}:{port}/metrics")).text.splitlines()
    return next((float(line.split()[1]) for line in lines if line.startswith(f"{FOLLOWED} ")), None)
