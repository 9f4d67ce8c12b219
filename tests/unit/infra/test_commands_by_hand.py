import getpass

import pytest

from events.errors import TenfoldError
from infra import cli
from infra.ingest import manual as by_hand


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("people link ada github:5 --community garden", "an identity reads provider:handle"),
        ("people link github:5 GitHub:5 --community garden", "is itself already"),
        ("people unlink github:5 --community Garden", "a name has up to 63"),
        ("people unlink github:5", "--community"),
        ("people affiliate github:5 Acme --community garden --since May", "--since"),
        ("retract --source s --community garden --reason r --id 1 --before 2024-01-01", "do not go together"),
        ("retract --source s --community garden", "--reason"),
        (
            "record goal --community garden --baseline 5 --baseline-on 2024-01-01 --due-on 2023-01-01",
            "must come after",
        ),
        ("import git .", "--community"),
        ("simulate --community garden --scenario booming", "booming"),
    ],
)
def test_wrong_usage_is_said_in_one_line(line: str, complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(line.split())
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert complaint in error
    assert error.count("\n") == 1


def test_who_is_not_logged_in_has_to_say_who_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nobody)
    with pytest.raises(TenfoldError, match="--actor"):
        by_hand.said("garden", None, "unlinked/github:5")
    assert by_hand.said("garden", "grace", "unlinked/github:5")["actor"] == "grace"
