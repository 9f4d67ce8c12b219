from datetime import UTC, datetime, timedelta

import pytest

from infra import cli

LATER = f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%d}"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("role won github:5 lead roses", "is not one of"),
        ("role granted ada lead roses", "an identity reads provider:handle"),
        ("role revoked github:5 lead roses --already-held", "--already-held goes with granted"),
        ("role revoked github:5 lead roses --until 2024-05-01", "--until goes with granted and paused"),
        ("role granted github:5 lead roses --on 2024-05-01 --until 2024-05-01", "--until must come after --on"),
        ("role granted github:5 lead roses --until 2024-05-01", "--until must come after --on"),
        ("role granted github:5 lead roses --on May", "--on"),
        (f"role granted github:5 lead roses --on {LATER}", "lies ahead"),
        ("scope lost roses", "is not one of"),
        ("scope retired roses --parent garden", "--parent goes with declared"),
        ("scope declared roses --parent roses", "no part of itself"),
    ],
)
def test_wrong_usage_is_said_in_one_line(line: str, complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["record", *line.split(), "--community", "garden"])
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert complaint in error
    assert error.count("\n") == 1
