"""Prometheus is installed without its services, where that can be done, and what was changed for it is put back."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[4] / "infra" / "local" / "install_prometheus.sh"
OWN = "#!/bin/sh\nexit 0\n"


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A machine with a shell, root and apt-get, and no Prometheus."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "rm", "mv", "chmod", "cp"):
        (folder / name).symlink_to(str(shutil.which(name)))
    program(folder, "id", "echo 0")
    program(folder, "apt-get", 'echo "$*" >>"$CALLED"; cp "$POLICY_RC_D" "$CALLED.policy"')
    return folder


def program(folder: Path, name: str, body: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


def run(programs: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(programs), "POLICY_RC_D": str(policy(programs)), "CALLED": str(programs / "called")}
    return subprocess.run(["/bin/sh", SCRIPT], env=environment, capture_output=True, text=True, check=False)


def policy(programs: Path) -> Path:
    return programs.parent / "policy-rc.d"


def called(programs: Path) -> str:
    found = programs / "called"
    return found.read_text() if found.exists() else ""


@pytest.mark.parametrize("before", [None, OWN])
def test_no_service_may_start_meanwhile_and_afterwards_all_is_as_before(programs: Path, before: str | None) -> None:
    if before:
        policy(programs).write_text(before)
    done = run(programs)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert called(programs).endswith("install -qq --no-install-recommends prometheus prometheus-alertmanager\n")
    assert (programs / "called.policy").read_text() == "#!/bin/sh\nexit 101\n"
    assert (policy(programs).read_text() if policy(programs).exists() else None) == before
    assert sorted(one.name for one in programs.parent.iterdir()) == sorted(
        ["bin", *(["policy-rc.d"] if before else [])]
    )


def test_where_it_cannot_be_installed_the_rest_goes_on(programs: Path) -> None:
    policy(programs).write_text(OWN)
    program(programs, "apt-get", "echo no network >&2; exit 100")
    done = run(programs)
    assert done.returncode == 0
    assert done.stderr.endswith("Prometheus is optional and could not be installed: see the lines above\n")
    assert policy(programs).read_text() == OWN


def test_somebody_else_than_root_is_told_how(programs: Path) -> None:
    program(programs, "id", "echo 1000")
    done = run(programs)
    assert (done.returncode, called(programs)) == (0, "")
    assert done.stderr == f"Prometheus is optional and not installed; on Debian and Ubuntu: sudo {SCRIPT}\n"


def test_what_is_there_is_left_alone(programs: Path) -> None:
    for name in ("prometheus", "promtool", "amtool"):
        program(programs, name, "exit 0")
    done = run(programs)
    assert (done.returncode, done.stdout + done.stderr, called(programs)) == (0, "", "")
