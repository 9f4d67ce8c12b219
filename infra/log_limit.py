"""Keeps a library that repeats itself from filling the log."""

import logging
import time

SECONDS_APART = 10.0
"""A client whose broker is away says so thirty times a second; six times a minute is enough to see it."""


class LimitRepeats(logging.Filter):
    """Lets each message of one library through once in a while; those of others always.

    Args:
        library: name of its loggers' root.
    """

    def __init__(self, library: str) -> None:
        super().__init__()
        self._library = library
        self._next: dict[tuple[str, object], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a record is logged."""
        if record.levelno < logging.WARNING or record.name.partition(".")[0] != self._library:
            return True
        now, message = time.monotonic(), (record.name, record.msg)
        if now < self._next.get(message, now):
            return False
        self._next[message] = now + SECONDS_APART
        return True
