"""Small shell processes in the place of Kafka and PostgreSQL: what is watched does not matter to who watches."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from infra.local import supervisor as module
from infra.local.child import Child
from infra.local.errors import StackError
from infra.local.supervisor import Supervisor
from tests.support.patience import PATIENCE_SECONDS


@pytest.fixture
async def supervisor() -> AsyncIterator[Supervisor]:
    supervisor = Supervisor()
    yield supervisor
    await supervisor.stop()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BACK_OFF_SECONDS", 0.01)


def shell(tmp_path: Path, script: str, ready: Callable[[], Awaitable[bool]] | None = None) -> Child:
    async def at_once() -> bool:
        return True

    return Child(
        "probe", ("sh", "-c", script), tmp_path / "probe.log", ready or at_once, ready_seconds=PATIENCE_SECONDS
    )


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.02)


def lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


async def test_start_waits_until_a_child_serves(tmp_path: Path, supervisor: Supervisor) -> None:
    served = tmp_path / "served"

    async def ready() -> bool:
        return served.exists()

    await supervisor.start(shell(tmp_path, f"sleep 0.3; touch {served}; exec sleep 60", ready))
    assert served.exists()


@pytest.mark.usefixtures("quick")
async def test_what_dies_is_started_again(tmp_path: Path, supervisor: Supervisor) -> None:
    starts = tmp_path / "starts"
    await supervisor.start(shell(tmp_path, f"echo $$ >> {starts}; exec sleep 60"))
    await until(lambda: len(lines(starts)) == 1)
    os.kill(int(lines(starts)[0]), signal.SIGKILL)
    await until(lambda: len(lines(starts)) == 2)


async def test_back_off_doubles(
    tmp_path: Path, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "BACK_OFF_SECONDS", 0.1)
    started = asyncio.get_running_loop().time()
    with pytest.raises(StackError):
        await supervisor.start(shell(tmp_path, "exit 3", ready=never))
    told = [record.getMessage() for record in caplog.records if "again in" in record.getMessage()]
    assert told == [f"probe ended with code 3; again in {seconds} s" for seconds in (0.1, 0.2, 0.4, 0.8, 1.6)]
    assert asyncio.get_running_loop().time() - started >= 0.1 + 0.2 + 0.4 + 0.8


@pytest.mark.usefixtures("quick")
async def test_five_failures_before_it_serves_are_enough(
    tmp_path: Path, supervisor: Supervisor, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(StackError, match="probe failed 5 times"):
        await supervisor.start(shell(tmp_path, "echo cannot go on; exit 3", ready=never))
    assert caplog.records[-1].getMessage().endswith("\n".join(["cannot go on"] * 5))


@pytest.mark.usefixtures("quick")
async def test_what_served_is_started_again_for_ever_beside_the_others_and_told_until_it_is_well(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WELL_SECONDS", 0.5)
    told: list[Sequence[str]] = []
    supervisor, go, starts, well = Supervisor(told.append), tmp_path / "go", tmp_path / "starts", tmp_path / "well"
    await supervisor.start(shell(tmp_path, "exec sleep 60"))
    script = f"""
        echo >> {starts}
        while [ ! -e {go} ]; do sleep 0.01; done
        if [ -e {well} ]; then exec sleep 60; fi
        echo broken; exit 7
    """
    await supervisor.start(replace(shell(tmp_path, script), name="broken", log_file=tmp_path / "broken.log"))
    waiting = asyncio.create_task(supervisor.wait())
    go.touch()
    await until(lambda: len(lines(starts)) > 8)
    assert not waiting.done()
    assert [len(each) for each in told[:8]] == [1] * 8  # and by now it may have ended once more
    assert told[7][0].startswith("broken ended 8 times since ")
    assert f"last with code 7; its log is {tmp_path / 'broken.log'}; it is started again" in told[7][0]
    endings = [record.getMessage() for record in caplog.records if "The end of" in record.getMessage()]
    assert [text.count("broken\n") + 1 for text in endings] == [1, 2, 4, 8]
    well.touch()
    await until(lambda: told[-1] == [])
    waiting.cancel()
    await supervisor.stop()


@pytest.mark.usefixtures("quick")
async def test_a_program_that_is_away_for_a_while_is_started_once_it_is_there(
    tmp_path: Path, supervisor: Supervisor
) -> None:
    program, there = tmp_path / "program", tmp_path / "there"

    async def ready() -> bool:
        return there.exists()

    starting = asyncio.create_task(supervisor.start(Child("probe", (program,), tmp_path / "log", ready)))
    await until(lambda: bool(supervisor._running and supervisor._running[0].failures))
    made = tmp_path / "made"
    made.write_text(f"#!/bin/sh\ntouch {there}; exec sleep 60\n")
    made.chmod(0o755)
    made.rename(program)
    await asyncio.wait_for(starting, PATIENCE_SECONDS)


async def test_a_child_that_never_serves_is_told_with_its_last_lines(
    tmp_path: Path, supervisor: Supervisor, caplog: pytest.LogCaptureFixture
) -> None:
    slow = Child("probe", ("sh", "-c", "echo thinking; exec sleep 60"), tmp_path / "log", never, ready_seconds=3)
    with pytest.raises(StackError, match="did not serve within 3 s"):
        await supervisor.start(slow)
    assert caplog.records[-1].getMessage().endswith("thinking")


async def test_children_end_in_the_reverse_order_of_their_start(tmp_path: Path) -> None:
    supervisor, ends = Supervisor(), tmp_path / "ends"
    for name in ("first", "second"):
        up = tmp_path / name

        async def ready(up: Path = up) -> bool:
            return up.exists()

        wait = f"touch {up}; while :; do sleep 0.05; done"
        await supervisor.start(shell(tmp_path, f"trap 'echo {name} >> {ends}; exit' TERM; {wait}", ready))
    await supervisor.stop()
    assert lines(ends) == ["second", "first"]


async def test_a_child_that_does_not_listen_is_killed(tmp_path: Path, supervisor: Supervisor) -> None:
    up = tmp_path / "up"

    async def ready() -> bool:
        return up.exists()

    deaf = shell(tmp_path, f"trap '' TERM; echo $$ > {up}; while :; do sleep 0.05; done", ready)
    await supervisor.start(replace(deaf, stop_seconds=0.2))
    await until(lambda: bool(lines(up)))
    await asyncio.wait_for(supervisor.stop(), PATIENCE_SECONDS)
    assert not psutil.pid_exists(int(lines(up)[0]))


async def test_a_child_dies_with_its_parent(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)])
    try:
        await until(lambda: bool(lines(pid)))
        child = psutil.Process(int(lines(pid)[0]))
    finally:
        parent.kill()
        parent.wait()
    await until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


PARENT = """
import asyncio, sys
from pathlib import Path
from infra.local.child import Child
from infra.local.supervisor import Supervisor

folder = Path(sys.argv[1])

async def ready():
    return (folder / "pid").exists()

async def main():
    supervisor = Supervisor()
    script = f"echo $$ > {folder}/pid; exec sleep 60"
    await supervisor.start(Child("probe", ("sh", "-c", script), folder / "log", ready))
    await supervisor.wait()

asyncio.run(main())
"""


async def never() -> bool:
    return False
