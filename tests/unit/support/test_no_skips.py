"""Where CI=true, a run in which anything was skipped has failed, and says what."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HOOKS = "from tests.support.no_skips import pytest_sessionfinish, pytest_terminal_summary"
RUNS = "def test_that_runs(): pass"
SKIPS = "import pytest\n@pytest.mark.skip(reason='no browser')\ndef test_of_a_page(): pass"
SKIPS_ALL = "import pytest\npytest.importorskip('never_installed')"
PLUGINS = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def run(folder: Path, *options: str, ci: str | None, **modules: str) -> tuple[int, str]:
    """Exit status and output of a run of modules with the hooks that our own have."""
    told = {"pytest.ini": "[pytest]\n", "conftest.py": HOOKS} | {f"{name}.py": text for name, text in modules.items()}
    for name, text in told.items():
        (folder / name).write_text(text)
    environment = {name: value for name, value in os.environ.items() if name != "CI" and "PYTEST" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options],
        cwd=folder,
        env=environment | PLUGINS | ({"CI": ci} if ci is not None else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("options", [(), ("-p", "xdist.plugin", "--numprocesses", "1")], ids=["here", "by xdist"])
@pytest.mark.parametrize("skips", [SKIPS, SKIPS_ALL], ids=["a test", "a module"])
def test_whatever_is_skipped_fails_the_run_and_is_named(tmp_path: Path, skips: str, options: tuple[str, ...]) -> None:
    code, said = run(tmp_path, *options, ci="true", test_of_all=RUNS, test_of_pages=skips)
    assert code == pytest.ExitCode.TESTS_FAILED, said
    assert said.count("FAILED test_of_pages.py") == 1


def test_where_nothing_is_skipped_the_run_passes(tmp_path: Path) -> None:
    assert run(tmp_path, ci="true", test_of_all=RUNS)[0] == pytest.ExitCode.OK


@pytest.mark.parametrize("ci", [None, "false"])
def test_elsewhere_what_is_skipped_fails_nothing(tmp_path: Path, ci: str | None) -> None:
    assert run(tmp_path, ci=ci, test_of_all=RUNS, test_of_pages=SKIPS)[0] == pytest.ExitCode.OK
