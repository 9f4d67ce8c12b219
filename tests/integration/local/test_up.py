"""`tenfold up` as a person runs it: a command, signals, and what they leave behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from infra.local.ports import LOOPBACK, is_free, own_ports
from infra.local.prometheus import missing
from infra.settings import STACK_FILE
from tests.support.patience import PATIENCE_SECONDS

GIVEN = "is given the past"
STATUS = (sys.executable, "-m", "infra", "status")
PORTS = ("KAFKA", "CONTROLLER", "POSTGRES", "SERVER", "WORKER_METRICS", "PROMETHEUS", "ALERTMANAGER")

needs_prometheus = pytest.mark.skipif(bool(missing()), reason=f"not installed: {missing()}")


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """One data folder for all: what one run leaves, the next one must start from."""
    with tempfile.TemporaryDirectory(prefix="tenfold-up-", ignore_cleanup_errors=True) as name:
        folder = Path(name)  # a database that was killed may still be tidying up in it
        folder.chmod(0o711)
        yield folder


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    with ports_in_the_environment() as ports:
        yield {**os.environ, **ports}


@contextmanager
def ports_in_the_environment() -> Iterator[dict[str, str]]:
    """The variables that give a stack ports which nobody else uses."""
    with own_ports(len(PORTS)) as ports:
        yield {f"TENFOLD_{name}_PORT": str(port) for name, port in zip(PORTS, ports, strict=True)}


def command(data: Path, environment: dict[str, str], output: Path) -> subprocess.Popen[bytes]:
    with output.open("wb") as out:
        words = [sys.executable, "-m", "infra", "up", "--data", str(data)]
        return subprocess.Popen(words, env=environment, stdout=out, stderr=subprocess.STDOUT)


@contextmanager
def running(data: Path, environment: dict[str, str], output: Path) -> Iterator[psutil.Process]:
    process = command(data, environment, output)
    try:
        until(lambda: "page " in output.read_text() or process.poll() is not None)
        assert process.poll() is None, output.read_text()
        yield psutil.Process(process.pid)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "not within the deadline"
        time.sleep(0.05)


def gone(processes: list[psutil.Process]) -> bool:
    return not [each for each in processes if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


def kafka(up: psutil.Process) -> psutil.Process | None:
    living = (child for child in up.children() if child.status() != psutil.STATUS_ZOMBIE)
    return next((child for child in living if "kafka.Kafka" in child.cmdline()), None)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("up") / "output"


@pytest.fixture(scope="module")
def up(data: Path, environment: dict[str, str], output: Path) -> Iterator[psutil.Process]:
    """One that several tests look at; whoever ends it says so by its name."""
    with running(data, environment, output) as process:
        yield process


@pytest.mark.usefixtures("up")
def test_it_says_what_is_up_and_where(data: Path, environment: dict[str, str], output: Path) -> None:
    told = dict(line.split(maxsplit=1) for line in output.read_text().splitlines())
    assert told["Kafka"] == f"127.0.0.1:{environment['TENFOLD_KAFKA_PORT']}"
    assert told["PostgreSQL"] == f"127.0.0.1:{environment['TENFOLD_POSTGRES_PORT']}"
    assert told["page"] == f"http://127.0.0.1:{environment['TENFOLD_SERVER_PORT']}/"
    secrets = [data / STACK_FILE, data / "database-password"]
    assert [file.stat().st_mode & 0o777 for file in secrets] == [0o600, 0o600]


@needs_prometheus
@pytest.mark.usefixtures("up")
def test_prometheus_is_given_the_past_before_its_first_start(output: Path) -> None:
    assert re.search(rf"{GIVEN} …\n.* has 0 samples of it\n(.*\n)*Prometheus ", output.read_text())


@pytest.mark.usefixtures("up")
def test_another_command_finds_it_by_its_folder(data: Path) -> None:
    done = subprocess.run([*STATUS, "--format", "json"], env=outside(data), capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def outside(data: Path) -> dict[str, str]:
    """The variables of somebody who knows of a stack where its data are."""
    elsewhere = {name: value for name, value in os.environ.items() if not name.startswith("TENFOLD_")}
    return {**elsewhere, "TENFOLD_DATA_DIR": str(data)}


@pytest.mark.usefixtures("up")
def test_a_second_one_on_the_same_data_says_so(data: Path, environment: dict[str, str], tmp_path: Path) -> None:
    assert command(data, environment, tmp_path / "second").wait(PATIENCE_SECONDS) == 1
    assert (tmp_path / "second").read_text() == f"tenfold: a stack is already running on {data}\n"


@pytest.mark.usefixtures("up")
def test_a_port_that_is_taken_is_named(environment: dict[str, str], tmp_path: Path) -> None:
    assert command(tmp_path / "other", environment, tmp_path / "second").wait(PATIENCE_SECONDS) == 1
    told = (tmp_path / "second").read_text()
    assert told.count("\n") == 1
    assert f"{environment['TENFOLD_KAFKA_PORT']} (TENFOLD_KAFKA_PORT)" in told
    assert f"{environment['TENFOLD_POSTGRES_PORT']} (TENFOLD_POSTGRES_PORT)" in told


def test_without_java_one_line_says_what_to_install(environment: dict[str, str], tmp_path: Path) -> None:
    with ports_in_the_environment() as ports:
        process = command(tmp_path / "other", {**environment, **ports, "PATH": "/nowhere"}, tmp_path / "output")
        assert process.wait(PATIENCE_SECONDS) == 1
    told = (tmp_path / "output").read_text()
    assert told.count("\n") == 1
    assert "Java" in told
    assert "apt-get install" in told


def test_a_killed_kafka_is_started_again(up: psutil.Process, environment: dict[str, str]) -> None:
    killed = kafka(up)
    assert killed is not None
    killed.kill()
    until(lambda: (again := kafka(up)) is not None and again.pid != killed.pid)
    until(lambda: not is_free(int(environment["TENFOLD_KAFKA_PORT"])))


@needs_prometheus
def test_a_worker_that_ends_again_and_again_is_told_and_tried_and_ends_nothing_else(
    up: psutil.Process, data: Path, environment: dict[str, str], output: Path
) -> None:
    port = int(environment["TENFOLD_WORKER_METRICS_PORT"])
    with in_the_way_of(worker(up), port):
        until(lambda: "worker ended with code 1; again in 8.0 s" in output.read_text())
        assert get(environment["TENFOLD_SERVER_PORT"], "/") == 200
        for name in ("PROMETHEUS", "ALERTMANAGER"):
            assert get(environment[f"TENFOLD_{name}_PORT"], "/-/ready") == 200
        status = subprocess.run(STATUS, env=outside(data), capture_output=True, text=True, check=False)
        assert status.returncode == 1
        assert re.search(r"wrong: worker ended [56] times since .*, last with code 1; its log is ", status.stdout)
        assert f"TenfoldError: worker_metrics_port {port} on 127.0.0.1: Address already in use" in output.read_text()
    until(lambda: not is_free(port))
    assert up.is_running()


@contextmanager
def in_the_way_of(process: psutil.Process, port: int) -> Iterator[None]:
    """It ends, and until the block ends so does each that takes its place, at once: its port is taken."""
    process.kill()
    until(lambda: is_free(port))
    with socket.create_server((LOOPBACK, port)):
        yield


def worker(up: psutil.Process) -> psutil.Process:
    return next(child for child in up.children() if "worker" in child.cmdline())


def get(port: str, path: str) -> int:
    return httpx.get(f"http://{LOOPBACK}:{port}{path}", timeout=PATIENCE_SECONDS).status_code


def test_sigterm_ends_all_of_it(up: psutil.Process, output: Path) -> None:
    ends_cleanly(up, signal.SIGTERM, output)


def test_killed_it_leaves_nothing_running(data: Path, environment: dict[str, str], tmp_path: Path) -> None:
    with running(data, environment, tmp_path / "output") as up:
        everything = up.children(recursive=True)
        assert len(everything) > 2
        up.kill()
        until(lambda: gone(everything))


def test_after_a_kill_it_starts_again_with_what_it_had_and_ctrl_c_ends_it(
    data: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    with running(data, environment, tmp_path / "output") as up:
        assert GIVEN not in (tmp_path / "output").read_text()
        ends_cleanly(up, signal.SIGINT, tmp_path / "output")


def ends_cleanly(up: psutil.Process, number: signal.Signals, output: Path) -> None:
    everything = up.children(recursive=True)
    up.send_signal(number)
    assert up.wait(PATIENCE_SECONDS) in (0, None)  # None where it is our child: `running` waits for it
    assert gone(everything)
    assert "Traceback" not in output.read_text()
