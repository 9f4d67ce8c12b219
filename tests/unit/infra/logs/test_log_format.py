"""A line of the log is text, or JSON where that is asked for."""

import json
import logging
import sys

import pytest

from infra.logs.log_format import VARIABLE, log_handler
from infra.settings import Settings


def line(handler: logging.Handler) -> str:
    try:
        int("of no use")
    except ValueError:
        record = logging.LogRecord("infra.x", logging.WARNING, "", 0, "Waiting needs=%s", ("Kafka",), sys.exc_info())
    record.created = 1_700_000_000.25
    return handler.format(record)


def test_json_is_one_object_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "json")
    told = line(log_handler())
    assert "\n" not in told
    found = json.loads(told)
    assert "ValueError: invalid literal" in found.pop("exception")
    assert found == {
        "time": "2023-11-14T22:13:20.250+00:00",
        "level": "warning",
        "logger": "infra.x",
        "message": "Waiting needs=Kafka",
    }


def test_text_is_what_people_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert "WARNING infra.x: Waiting needs=Kafka" in line(log_handler())


def test_the_variable_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "json")
    assert Settings(_env_file=None).log_format == "json"
