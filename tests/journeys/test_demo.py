"""`tenfold demo`, as a person runs it."""

import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from infra.commands import demo
from infra.commands.up import start_processes
from infra.ingest import example
from infra.kafka.lag import LogEnds
from infra.local.ports import own_ports
from infra.local.stack import LocalStack
from infra.settings import Settings
from tests.conftest import PORTS
from tests.integration.git import conftest as git_conftest
from tests.support.patience import PATIENCE_SECONDS

repository = git_conftest.repository


@pytest.fixture
def demo_folder(stack_folder: Path) -> Path:
    """Where PostgreSQL can write, whoever it runs as."""
    folder = stack_folder / "demo"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def ports() -> Iterator[dict[str, int]]:
    with own_ports(len(PORTS)) as found:
        yield dict(zip(PORTS, found, strict=True))


async def test_the_example_is_shown_and_read_once(
    demo_folder: Path, ports: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    set_here = {**ports, "pseudonym_key": SecretStr("a key for tests alone")}
    settings = demo._settings(demo_folder / "example", None).model_copy(update=set_here)
    async with LocalStack(settings) as stack:
        await start_processes(stack)
        ends = []
        for _ in range(2):
            await demo._applied(stack.settings, await demo._example(stack.settings))
            ends.append(await _ends(stack.settings))
        await demo._answer(stack.settings, "rust", None)
    assert ends[0] == ends[1]
    out = capsys.readouterr().out
    assert "\n  Growth: cannot tell yet. 6 % fewer people a month over the last year than a\n" in out
    assert "\n  Leadership: steady. It is spread as if 35.1 people shared it equally, for 45" in out
    assert "22 Aug 2026, the last day that the data reaches" in out
    assert Settings.load(settings.data_dir).policy_file == example.policy_file()


def test_a_policy_that_is_named_outranks_the_example_s(demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert demo._settings(demo_folder, "my/repository").policy_file is None
    monkeypatch.setenv("TENFOLD_POLICY_FILE", "mine.toml")
    assert demo._settings(demo_folder, None).policy_file == Path("mine.toml")


async def _ends(settings: Settings) -> dict[tuple[str, int], int]:
    async with LogEnds(settings.kafka_bootstrap_servers, settings.topic_prefix) as log:
        return {place: end for place, end in (await log.read()).items() if "published" not in place[0]}


def test_a_repository_of_mine_is_shown_and_served_until_ctrl_c(
    demo_folder: Path, ports: dict[str, int], repository: git_conftest.GitRepository
) -> None:
    for week in range(120):
        repository.commit(on=7 * week)
    environment = {f"TENFOLD_{name.upper()}": str(port) for name, port in ports.items()}
    words = ["demo", "--repo", str(repository.folder), "--data", str(demo_folder / "mine")]
    with _running(words, environment) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        [address] = [word for line in lines for word in line.split() if word.endswith("/communities/garden")]
        with urllib.request.urlopen(address) as page:  # noqa: S310 - our own
            assert "Cannot tell yet" in page.read().decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_SECONDS) == 0
    assert any(line.startswith("garden, ") and line.endswith(": are we growing?\n") for line in lines)
    again = subprocess.run(
        [sys.executable, "-m", "infra", *words, "--once"],
        env=os.environ | environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=True,
    )  # fmt: skip
    assert next(line for line in lines if line.startswith("  =")) in again.stdout


@contextmanager
def _running(words: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A command that is killed where it says nothing for too long, so that reading from it ends."""
    command = [sys.executable, "-m", "infra", *words]
    with subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.PIPE, text=True) as process:
        watchdog = threading.Timer(PATIENCE_SECONDS, process.kill)
        watchdog.start()
        try:
            yield process
        finally:
            watchdog.cancel()
            process.kill()
