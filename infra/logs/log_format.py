"""How a line of the log is written: text for people, or JSON for what collects logs."""

import json
import logging
import os
from datetime import UTC, datetime
from typing import Final

TEXT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
VARIABLE: Final = "TENFOLD_LOG_FORMAT"


class JsonLines(logging.Formatter):
    """One JSON object a line: when (UTC), how grave, which logger, the message, and a traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """A record as a line."""
        found = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            found["exception"] = self.formatException(record.exc_info)
        return json.dumps(found, ensure_ascii=False)


def log_handler() -> logging.Handler:
    """What writes the log to standard error, in the format that the setting `log_format` names.

    Before settings are read, since reading them may fail and be told.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if os.environ.get(VARIABLE) == "json" else logging.Formatter(TEXT))
    return handler
