import io

import pytest
from rich.console import Console

from infra.terminal.progress import progress


def test_nothing_is_drawn_where_no_terminal_is(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("importing", 10) as advance:
        advance(10)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    drawn = io.StringIO()
    console = Console(file=drawn, force_terminal=True, width=120)
    with progress("importing", 10, console) as advance:
        for _ in range(10):
            advance()
    assert "importing" in drawn.getvalue()
    assert "10/10" in drawn.getvalue()
