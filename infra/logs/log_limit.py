"""Keeps libraries that repeat themselves from filling the log."""

import logging
import time

SECONDS_APART = 10.0
"""A client whose broker is away says so thirty times a second; six times a minute is enough to see it."""


class LimitRepeats(logging.Filter):
    """Lets each message of some libraries through once in a while; those of others always.

    Two messages are the same when their first lines and the kinds of their errors are: what follows names sockets.

    Args:
        libraries: names of their loggers' roots.
    """

    def __init__(self, *libraries: str) -> None:
        super().__init__()
        self._libraries = libraries
        self._next: dict[tuple[object, ...], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a record is logged."""
        if record.levelno < logging.WARNING or record.name.partition(".")[0] not in self._libraries:
            return True
        error = record.exc_info[0] if record.exc_info else None
        now, message = time.monotonic(), (record.name, str(record.msg).partition("\n")[0], error)
        if now < self._next.get(message, now):
            return False
        self._next[message] = now + SECONDS_APART
        return True
