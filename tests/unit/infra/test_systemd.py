"""The units are what systemd understands, and start commands that there are."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from infra.cli import COMMANDS

UNITS = sorted((Path(__file__).parents[3] / "infra" / "systemd").glob("*.service"))
PROGRAM = "/opt/tenfold/bin/tenfold"


def commands(unit: Path) -> list[str]:
    lines = [line.partition("=")[2] for line in unit.read_text().splitlines() if line.startswith("ExecStart")]
    return [line.removeprefix(PROGRAM).split(" --")[0].strip() for line in lines]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_command_is_one_of_the_command_line(unit: Path) -> None:
    assert commands(unit)
    assert set(commands(unit)) <= COMMANDS.keys()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_nothing_wrong(unit: Path, tmp_path: Path) -> None:
    copy = tmp_path / unit.name.replace("@", "@1")
    copy.write_text(unit.read_text().replace(PROGRAM, sys.executable))
    done = subprocess.run(("systemd-analyze", "verify", "--man=no", copy), capture_output=True, text=True, check=False)
    assert copy.name not in done.stderr
    assert not done.returncode, done.stderr
