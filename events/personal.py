"""Which fields can tell who somebody is: each is marked where it is declared.

Source: ``events.pseudonyms`` replaces what is marked; a field without a mark goes into the log as
it was told.
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from pydantic import BaseModel

from events.marks import marked


class Personal(StrEnum):
    """How a field can tell who somebody is."""

    IDENTITY = "identity"
    """It names somebody."""

    ID = "id"
    """It may contain an identity, or the hash of a commit that names its author."""

    LINK = "link"
    """It leads to a page that names somebody."""


@cache
def marks(model: type[BaseModel]) -> tuple[tuple[str, Personal], ...]:
    """Return the marked fields of a model, without those of the models inside it."""
    return tuple(marked(model, Personal))


def named_in(model: BaseModel) -> Iterator[str]:
    """Yield everybody whom an event names, in its data too."""
    for name, mark in marks(type(model)):
        if mark is Personal.IDENTITY and (identity := getattr(model, name)) is not None:
            yield identity
    for _, value in model:
        if isinstance(value, BaseModel):
            yield from named_in(value)
