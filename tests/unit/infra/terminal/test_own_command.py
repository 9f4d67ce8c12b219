import shutil
import sys
from pathlib import Path

import pytest

from infra.terminal.own_command import own_command


@pytest.mark.parametrize(
    ("started", "found", "called"),
    [
        ("bin/tenfold", "bin/tenfold", "tenfold"),
        ("bin/tenfold", None, "bin/tenfold"),
        ("bin/tenfold", "elsewhere/tenfold", "bin/tenfold"),
        ("/usr/bin/pytest", None, "tenfold"),
        ("/lib/pytest/__main__.py", None, "tenfold"),
    ],
)
def test_a_hint_names_the_command_as_it_can_be_typed(
    started: str, found: str | None, called: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [started, "report"])
    monkeypatch.setattr(shutil, "which", lambda _: str(tmp_path / found) if found else None)
    assert own_command() == called


def test_a_module_is_started_by_its_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/infra/__main__.py", "report"])
    assert own_command().endswith(" -m infra")
