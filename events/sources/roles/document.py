"""Parsed files, and how translators look into them without trusting their shape."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from events.errors import TenfoldError
from events.sources.addresses import Signature

Document = object
"""A parsed file: text, or lists and mappings of text; TOML's numbers and booleans stay what they are."""

NO_VALUE: Final = frozenset({"", "~", "null"})
"""How YAML, all of whose scalars stay text here, spells that there is nothing."""


class Unreadable(TenfoldError):  # noqa: N818 - what a file is, and only then an error
    """A file does not parse: its last good content goes on to hold."""


class Syntax(StrEnum):
    """How the files of a format are written."""

    YAML = "yaml"
    TOML = "toml"
    TEXT = "text"


def mapping(document: Document, what: str = "the file") -> Mapping[str, Document]:
    """What should be a mapping; nothing is an empty one.

    Raises:
        Unreadable: it is something else.
    """
    if document is None or (isinstance(document, str) and document in NO_VALUE):
        return {}
    if not isinstance(document, dict):
        raise Unreadable(f"{what} is no mapping")
    return document


def sequence(document: Document, what: str) -> list[Document]:
    """What should be a list; nothing is an empty one.

    Raises:
        Unreadable: it is something else.
    """
    if document is None or (isinstance(document, str) and document in NO_VALUE):
        return []
    if not isinstance(document, list):
        raise Unreadable(f"{what} is no list")
    return document


def texts(document: Document, what: str) -> Iterator[str]:
    """The words of what should be a list of them."""
    for item in sequence(document, what):
        if isinstance(item, str) and item.strip() not in NO_VALUE:
            yield item.strip()


def text(document: Document) -> str:
    """A word or a line, tidied as names are; empty where there is none."""
    tidy = Signature.of(document, "").name if isinstance(document, str) else ""
    return "" if tidy in NO_VALUE else tidy
