"""`tenfold serve`, `report` and `explain` as processes, on the same facts."""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from infra.cli import main
from infra.settings import Settings
from tests.integration.server.test_loops import Clock, commits
from tests.support.patience import PATIENCE_SECONDS
from tests.support.through_the_log import SHARED, all_applied, send, worker

OPERATOR = "operator-of-this-test"


def environment(settings: Settings) -> dict[str, str]:
    told = {f"TENFOLD_{name.upper()}": str(getattr(settings, name)) for name in (*SHARED, "server_port")}
    return os.environ | told | {"TENFOLD_OPERATOR_TOKEN": OPERATOR}


Told = Callable[[str], tuple[int, str, str]]


@pytest.fixture
def told(stack: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command in this process: its exit code, and what it said."""
    for name, value in environment(stack).items():
        monkeypatch.setenv(name, value)

    def run_command(words: str) -> tuple[int, str, str]:
        try:
            main(words.split())
        except SystemExit as ended:
            return int(ended.code or 0), *capsys.readouterr()
        return 0, *capsys.readouterr()

    return run_command


async def start(settings: Settings, *words: str) -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "infra", *words), env=environment(settings), stdout=PIPE, stderr=PIPE
    )


async def run(settings: Settings, *words: str) -> tuple[int, str, str]:
    process = await start(settings, *words)
    async with asyncio.timeout(PATIENCE_SECONDS):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    process = await start(settings, "serve")
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{settings.server_port}", timeout=PATIENCE_SECONDS
    ) as client:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not await _is_ready(client):
                    await asyncio.sleep(0.1)
            yield client
        finally:
            process.send_signal(signal.SIGTERM)
            _, err = await process.communicate()
            assert process.returncode == 0, err.decode()


async def _is_ready(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/readyz")).status_code == 200
    except httpx.TransportError:
        return False


async def test_all_ways_to_ask_give_the_same_numbers(stack: Settings, tmp_path: Path) -> None:
    async with worker(stack, tmp_path / "worker.log"):
        await send(stack, commits(60, 12, Clock().now))
        await all_applied(stack)
    async with serving(stack) as client:
        operator = {"Authorization": f"Bearer {OPERATOR}"}
        path = "/api/v1/communities/test"
        served = (await client.get(f"{path}/report", headers=operator)).json()
        question = f"{path}/explain?metric=active_contributors"
        explained = (await client.get(question, headers=operator)).json()
        metrics = (await client.get("/metrics")).text
        page = (await client.get("/")).text
    code, out, _ = await run(stack, "report", "--community", "test", "--format", "json")
    assert code == 0
    assert json.loads(out) == served
    scraped = [
        (sample.name, sample.labels, sample.value)
        for family in text_string_to_metric_families(metrics)
        for sample in family.samples
    ]
    for sample in served["samples"]:
        labels = {"community": "test"} | sample["labels"]
        assert (sample["name"], labels, sample["value"]) in scraped
    assert explained["total"] == 12
    code, out, _ = await run(
        stack, "explain", "active_contributors", "--community", "test", "--limit", "50", "--format", "json"
    )
    assert json.loads(out) == explained
    code, out, _ = await run(stack, "report")
    assert out.startswith("test, ")
    assert "are we growing?\n  Growth: unknown. There is no whole week" in out
    code, out, _ = await run(stack, "report", "--format", "html")
    assert out.startswith("<!doctype html>")
    assert "<script" not in out
    assert "Unknown" in out
    assert "Unknown" in page


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("report", 0, "No event yet"),
        ("report --community nobody", 1, "nobody"),
        ("report --as-of someday", 2, "--as-of"),
        ("report --as-of 2999-01-01", 2, "lies ahead"),
        ("explain active_contributors", 2, "--community"),
        ("explain active_contributors --community nobody", 1, "nobody"),
        ("explain x --community nobody --label y", 2, "NAME=VALUE"),
    ],
)
def test_exit_codes_and_one_line_errors(told: Told, words: str, code: int, said: str) -> None:
    returned, out, err = told(words)
    assert returned == code, err
    assert said in out + err
    assert len(err.splitlines()) == (code != 0)


def test_a_database_that_is_away_is_named(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENFOLD_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    assert told("report") == (
        1,
        "",
        "tenfold: PostgreSQL does not answer at 127.0.0.1:9: is `tenfold up` running?\n",
    )


def test_a_port_that_is_taken_is_named(told: Told, stack: Settings) -> None:
    with socket.create_server(("127.0.0.1", stack.server_port)):
        code, _, err = told("serve")
    assert code == 1
    assert f"server_port {stack.server_port}" in err


async def test_with_everything_away_it_serves_and_says_so(stack: Settings) -> None:
    away = stack.model_copy(
        update={
            "database_url": "postgresql://nobody@127.0.0.1:9/none",
            "kafka_bootstrap_servers": "127.0.0.1:9",
        }
    )
    process = await start(away, "serve")
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{away.server_port}", timeout=PATIENCE_SECONDS) as client:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (ready := await _readiness(client)) != {"PostgreSQL", "Kafka"}:
                assert process.returncode is None
                await asyncio.sleep(0.1)
        assert ready
        assert "tenfold_build_info" in (await client.get("/metrics")).text
        assert (await client.get("/healthz")).status_code == 200
        assert "PostgreSQL is away" in (await client.get("/")).text
    process.send_signal(signal.SIGTERM)
    await process.communicate()
    assert process.returncode == 0


async def _readiness(client: httpx.AsyncClient) -> set[str]:
    try:
        return set((await client.get("/readyz")).json()["away_since"])
    except httpx.TransportError:
        return set()
