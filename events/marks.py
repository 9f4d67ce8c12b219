"""What fields of events are marked with, where they are declared: annotations that no schema shows."""

from collections.abc import Iterator
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

Mark = TypeVar("Mark")


def marked(model: type[BaseModel], kind: type[Mark]) -> Iterator[tuple[str, Mark]]:
    """Yield the fields of a model that bear a mark of some kind, without those of the models inside it."""
    for name, field in model.model_fields.items():
        if (mark := _mark(field.annotation, field.metadata, kind)) is not None:
            yield name, mark


def _mark(annotation: Any, metadata: list[Any], kind: type[Mark]) -> Mark | None:
    here = (mark for mark in metadata if isinstance(mark, kind))
    inside = (_mark(part, [*getattr(part, "__metadata__", ())], kind) for part in _alternatives(annotation))
    return next(here, None) or next(filter(None, inside), None)


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else ()
