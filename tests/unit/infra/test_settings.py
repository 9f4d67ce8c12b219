import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from infra.settings import STACK_FILE, Settings


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_everything_listens_on_loopback_by_default() -> None:
    assert Settings.load().bind_address == "127.0.0.1"


def test_a_stack_in_the_folder_is_found_without_any_setting() -> None:
    Path(".tenfold").mkdir()
    Path(".tenfold", STACK_FILE).write_text("TENFOLD_KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:1234\n")
    assert Settings.load().kafka_bootstrap_servers == "127.0.0.1:1234"


def test_the_data_folder_may_be_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / STACK_FILE).write_text("TENFOLD_TOPIC_PREFIX=other.\n")
    monkeypatch.setenv("TENFOLD_DATA_DIR", str(tmp_path))
    assert Settings.load().topic_prefix == "other."


def test_the_environment_outranks_the_stack_and_the_command_line_both(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(STACK_FILE).write_text("TENFOLD_SERVER_PORT=1111\nTENFOLD_KAFKA_PORT=1111\n")
    monkeypatch.setenv("TENFOLD_SERVER_PORT", "2222")
    monkeypatch.setenv("TENFOLD_KAFKA_PORT", "2222")
    settings = Settings.load(Path(), kafka_port=3333)
    assert (settings.server_port, settings.kafka_port) == (2222, 3333)


def test_lead_tokens_are_an_object(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENFOLD_LEAD_TOKENS", '{"rust": "0123456789abcdef"}')
    assert Settings.load().lead_tokens["rust"].get_secret_value() == "0123456789abcdef"


@pytest.mark.parametrize(
    ("name", "value"), [("SERVER_PORT", "0"), ("TOPIC_PREFIX", "with space"), ("OPERATOR_TOKEN", "short")]
)
def test_what_cannot_work_is_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"TENFOLD_{name}", value)
    with pytest.raises(ValidationError):
        Settings.load()


def test_secrets_do_not_show() -> None:
    settings = Settings(database_url="postgresql://me:hunter2@db/x", operator_token="0123456789abcdef")
    assert "hunter2" not in repr(settings)
    assert "0123456789abcdef" not in repr(settings)


def test_the_readme_names_every_setting_and_no_other() -> None:
    readme = Path(__file__).parents[3].joinpath("README.md").read_text()
    assert set(re.findall(r"TENFOLD_[A-Z_]+", readme)) == {f"TENFOLD_{name.upper()}" for name in Settings.model_fields}
