"""Prometheus is given the past of every community once, before its first start, and all of it arrives."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from events.catalog import AnyEvent
from infra.clock import today_utc
from infra.local import monitoring
from infra.local.backfill import BLOCK_DURATION
from infra.local.ports import own_ports
from infra.local.prometheus import HOW_TO_GET, Prometheus, missing
from infra.local.stack import LocalStack
from infra.settings import Settings
from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook
from projections.timeline.days import end_of, number_of
from tests.integration.evaluator import conftest as facts
from tests.support.watching import Part, PrometheusApi, environment

needs_prometheus = pytest.mark.skipif(bool(missing()), reason=f"not installed: {missing()}")
YEARS = {"fern": 0.3, "moss": 1.1}
"""Communities, and how long they have been there."""

tell = facts.tell


@pytest.fixture
async def filled(stack: Settings, tell: facts.Tell) -> Settings:
    """With facts of two communities."""
    for name, years in YEARS.items():
        await tell(simulated(name, years))
    return stack


@pytest.fixture
def ports() -> Iterator[Sequence[int]]:
    with own_ports(2) as found:
        yield found


@pytest.fixture
async def beside(filled: Settings, tmp_path: Path, ports: Sequence[int]) -> AsyncIterator[LocalStack]:
    """A stack whose Kafka and PostgreSQL run already."""
    prometheus, alertmanager = ports
    own = {"data_dir": tmp_path, "prometheus_port": prometheus, "alertmanager_port": alertmanager}
    stack = LocalStack(filled.model_copy(update=own))
    yield stack
    await stack._supervisor.stop()


def simulated(name: str, years: float) -> Sequence[AnyEvent]:
    yesterday = today_utc() - timedelta(days=1)
    return list(Simulation(SCENARIOS[Outlook.GROWING], 1, years, name, yesterday, 0.1).events())


def exported(settings: Settings, output: Path, *communities: str) -> int:
    """Let the command write a file; returns how many samples it says are in it."""
    named = [word for name in communities for word in ("--community", name)]
    command = [sys.executable, "-m", "infra", "export", "openmetrics", *named, "--output", str(output)]
    done = subprocess.run(command, env=os.environ | environment(settings), capture_output=True, text=True, check=True)
    return int(done.stderr.split()[0])


def load(text: Path, data: Path) -> None:
    command = ["promtool", "tsdb", "create-blocks-from", "openmetrics", f"--max-block-duration={BLOCK_DURATION}"]
    subprocess.run([*command, text, data], check=True, capture_output=True)


async def arrived(port: int) -> dict[str, int]:
    """How many samples of each community Prometheus has of closed days."""
    today = end_of(number_of(today_utc() - timedelta(days=1)))
    found = Counter[str]()
    for one in await PrometheusApi(port).query('{community!=""}[1000d]', time=today):
        found[one["metric"]["community"]] += len(one["values"])
    return found


@needs_prometheus
async def test_what_every_community_was_is_there_from_the_first_start_on_and_is_loaded_once(
    beside: LocalStack, tmp_path: Path
) -> None:
    told: list[str] = []

    def tell(_name: str, words: str) -> None:
        told.append(words)

    port = beside.settings.prometheus_port
    await monitoring.start_monitoring(beside, tell)
    sent = {name: exported(beside.settings, tmp_path / name, name) for name in YEARS}
    assert told == ["is given the past …", f"has {sum(sent.values()):,} samples of it"]
    assert await arrived(port) == sent

    await beside._supervisor.stop()
    await monitoring.start_monitoring(beside, tell)
    assert len(told) == 2
    assert await arrived(port) == sent


@needs_prometheus
@pytest.mark.parametrize("files", [[["fern"], ["moss"]], [["moss", "fern"]]], ids=["one file each", "one file"])
async def test_what_is_exported_by_hand_arrives_however_many_files_it_is(
    filled: Settings, tmp_path: Path, ports: Sequence[int], files: list[list[str]]
) -> None:
    port, nowhere = ports
    targets = {"tenfold": nowhere, "tenfold-worker": nowhere}
    prometheus = Prometheus(tmp_path / "prometheus", targets, port, nowhere, tmp_path / "prometheus.log")
    prometheus.prepare()
    sent = 0
    for number, names in enumerate(files):
        text = tmp_path / f"past-{number}.txt"
        sent += exported(filled, text, *names)
        load(text, prometheus.data)
    running = Part(prometheus.child())
    await running.start()
    try:
        found = await arrived(port)
    finally:
        await running.stop()
    assert found.keys() == YEARS.keys()
    assert min(found.values()) > 10_000
    assert sum(found.values()) == sent


async def test_what_is_missing_is_said_in_one_line_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    told: list[tuple[str, str]] = []
    stack = LocalStack(Settings(_env_file=None, data_dir=tmp_path))
    await monitoring.start_monitoring(stack, lambda name, words: told.append((name, words)))
    assert told == [("prometheus", f"not installed; to get it: {HOW_TO_GET}")]
    assert Path(HOW_TO_GET.split()[-1]).exists()
