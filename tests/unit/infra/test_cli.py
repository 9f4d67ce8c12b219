from pathlib import Path
from typing import Any

import pytest
import typer

from events.errors import TenfoldError
from infra import cli


async def fails() -> None:
    raise TenfoldError("no broker\nanswers")


def breaks() -> None:
    raise KeyError("seat")


def misses(path: Path) -> None:
    path.read_text()


async def works(number: int = 1) -> None:
    """Does its work."""
    typer.echo(f"done {number}")


@pytest.fixture(autouse=True)
def _commands(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (fails, breaks, misses, works):
        monkeypatch.setitem(cli.COMMANDS, command.__name__, f"{__name__}:{command.__name__}")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    out, err = capsys.readouterr()
    return ended.value.code, out, err


def test_a_command_may_be_async(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "works", "--number", "7") == (0, "done 7\n", "")


def test_an_error_of_ours_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "fails") == (1, "", "tenfold: no broker answers\n")


def test_a_file_that_is_missing_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "misses", "/absent") == (1, "", "tenfold: /absent: No such file or directory\n")


def test_a_bug_is_one_line_that_says_how_to_see_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "breaks") == (1, "", "tenfold: KeyError: 'seat' (--debug shows where)\n")


@pytest.mark.parametrize("words", [("--debug", "breaks"), ("breaks", "--debug")])
def test_debug_shows_where(words: tuple[str, ...]) -> None:
    with pytest.raises(KeyError):
        cli.main(words)


@pytest.mark.parametrize(
    "words", [("absent",), ("works", "--absent"), ("works", "--number", "x"), ("topics", "absent")]
)
def test_wrong_usage_is_one_line_and_exits_2(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("tenfold: ")


def test_a_setting_that_cannot_be_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENFOLD_SERVER_PORT", "99999")
    code, _, err = run(capsys, "status")
    assert code == 1
    assert err == "tenfold: TENFOLD_SERVER_PORT: Input should be less than or equal to 65535\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert all(command.split()[0] in out for command in cli.COMMANDS)


def test_every_command_tells_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    for command in set(cli.COMMANDS) - {"fails", "breaks", "misses", "works"}:
        code, out, _ = run(capsys, *command.split(), "--help")
        lines = [line for line in out.splitlines() if line.strip()]
        assert code == 0
        assert lines[1].strip(), f"{command} has no docstring"
        assert not lines[1].startswith("╭"), f"{command} has no docstring"


@pytest.mark.parametrize("path", cli.COMMANDS)
def test_no_word_of_a_help_text_is_taken_for_a_style(path: str) -> None:
    """Square brackets are styles to what draws the help: "Who says so [default: now]." would read "Who says so ."."""
    command: Any = typer.main.get_command(cli.build_cli())
    for name in path.split():
        command = command.commands[name]
    texts = [command.help, *(getattr(one, "help", None) for one in command.params)]
    assert [text for text in texts if "[" in (text or "")] == []
