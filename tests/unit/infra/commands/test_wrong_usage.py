import pytest

from infra import cli


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
