"""What a model refused, for a person."""

from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

PREFIXES: Final = ("Value error, ", "Assertion failed, ")
"""What pydantic puts before the words of our own checks."""


def problem_words(error: ValidationError) -> str:
    """Every complaint with the place it is about, on one line: `data.url: String should …; factor: …`."""
    return "; ".join(": ".join(filter(None, (_where(error, item), message(item)))) for item in error.errors())


def message(item: ErrorDetails) -> str:
    """One complaint, without what only says that a check of ours made it."""
    return plain(item["msg"])


def plain(words: str) -> str:
    """Words without what only says that a check of ours said them."""
    for prefix in PREFIXES:
        words = words.replace(prefix, "")
    return words


def _where(error: ValidationError, item: ErrorDetails) -> str:
    field = ".".join(str(part) for part in item["loc"])
    return f"TENFOLD_{field.upper()}" if error.title == "Settings" else field
