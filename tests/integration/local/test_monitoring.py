"""`tenfold up` and Prometheus: the past is loaded once, before its first start, and all of it arrives."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from infra.local import monitoring
from infra.local.ports import free_ports
from infra.local.prometheus import HOW_TO_GET, missing
from infra.local.stack import LocalStack
from infra.settings import Settings
from tests.integration.local.test_up import PORTS, data, running, until

__all__ = ["data"]

needs_prometheus = pytest.mark.skipif(bool(missing()), reason=f"not installed: {missing()}")
GIVEN = "is given the past"


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    ports = {f"TENFOLD_{name}_PORT": str(port) for name, port in zip(PORTS, free_ports(len(PORTS)), strict=True)}
    return {**os.environ, **ports}


@pytest.fixture
def outputs(tmp_path: Path) -> Iterator[Path]:
    numbers = iter(range(9))
    return (tmp_path / f"output-{number}" for number in numbers)


def ask(environment: dict[str, str], query: str) -> list[dict[str, list[object]]]:
    address = f"http://127.0.0.1:{environment['TENFOLD_PROMETHEUS_PORT']}/api/v1/query?query={quote(query)}"
    with urlopen(address) as answer:
        found: list[dict[str, list[object]]] = json.loads(answer.read())["data"]["result"]
    return found


def tenfold(data: Path, *words: str) -> str:
    elsewhere = {name: value for name, value in os.environ.items() if not name.startswith("TENFOLD_")}
    command = [sys.executable, "-m", "infra", *words]
    environment = {**elsewhere, "TENFOLD_DATA_DIR": str(data)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def is_up(environment: dict[str, str]) -> bool:
    return sorted(str(one["value"][1]) for one in ask(environment, "up")) == ["1", "1"]


def lag_is_gone(data: Path) -> bool:
    elsewhere = {name: value for name, value in os.environ.items() if not name.startswith("TENFOLD_")}
    command = [sys.executable, "-m", "infra", "status"]
    environment = {**elsewhere, "TENFOLD_DATA_DIR": str(data)}
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0


@needs_prometheus
def test_the_past_is_loaded_once_into_a_prometheus_that_has_none(
    data: Path, environment: dict[str, str], outputs: Iterator[Path]
) -> None:
    empty, filled, again = next(outputs), next(outputs), next(outputs)
    with running(data, environment, empty):
        assert "has 0 samples of it" in empty.read_text()
        until(lambda: is_up(environment))
        tenfold(data, "simulate", "--community", "garden", "--years", "1")
        until(lambda: lag_is_gone(data))
        sent = tenfold(
            data, "export", "openmetrics", "--community", "garden", "--output", str(empty.with_suffix(".om"))
        )
    (data / "prometheus" / "data").rename(data / "prometheus" / "before")

    with running(data, environment, filled):
        [told] = [line for line in filled.read_text().splitlines() if "samples of it" in line]
        assert told.split()[2].replace(",", "") == sent.split()[0] != "0"
        line = 'tenfold_active_contributors{community="garden",window_days="90"}'
        until(lambda: bool(ask(environment, line)))
        assert len(ask(environment, f"last_over_time({line}[400d])")) == 1

    with running(data, environment, again):
        assert GIVEN not in again.read_text()
        assert int(str(ask(environment, f"count_over_time({line}[400d])")[0]["value"][1])) > 300


async def test_what_is_missing_is_said_in_one_line_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    told: list[tuple[str, str]] = []
    stack = LocalStack(Settings(_env_file=None, data_dir=tmp_path))
    await monitoring.start_monitoring(stack, lambda name, words: told.append((name, words)))
    assert told == [("prometheus", f"not installed; to get it: {HOW_TO_GET}")]
    assert Path(HOW_TO_GET.split()[-1]).exists()
