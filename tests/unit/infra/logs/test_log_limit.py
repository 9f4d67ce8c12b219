"""A library that repeats itself is heard once in a while, everybody else always."""

import logging

from infra.logs.log_limit import LimitRepeats


def record(name: str, level: int, message: str) -> logging.LogRecord:
    return logging.LogRecord(name, level, "", 0, message, ("detail",), None)


def test_only_repeats_of_those_libraries_are_dropped() -> None:
    let = LimitRepeats("aiokafka", "asyncio").filter
    assert let(record("aiokafka.client", logging.ERROR, "Unable to connect %s"))
    assert not let(record("aiokafka.client", logging.ERROR, "Unable to connect %s"))
    assert let(record("aiokafka.client", logging.ERROR, "Something else %s"))
    assert let(record("aiokafka.client", logging.INFO, "Unable to connect %s"))
    for _ in range(2):
        assert let(record("streams.transient", logging.WARNING, "Waiting %s"))


def test_what_follows_the_first_line_makes_no_other_message() -> None:
    let = LimitRepeats("asyncio").filter
    said = [let(record("asyncio", logging.ERROR, f"out of system resource\nsocket: {number}")) for number in range(9)]
    assert said == [True] + [False] * 8
