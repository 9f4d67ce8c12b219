"""The contracts for other programs: a JSON Schema per event type, and an AsyncAPI 3 document.

Both are generated from the models; ``python -m events.schema_documents`` writes what is new.
Writing a schema releases it: ``released.json`` keeps its SHA-256, and from then on not a byte of
it changes. Whoever needs a change adds a version and an upcaster.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema

from events import asyncapi
from events.catalog import TYPES
from events.envelope import Event
from events.errors import TenfoldError

DIRECTORY: Final = Path(__file__).parent / "schemas"
ASYNCAPI: Final = "asyncapi.json"
RELEASED: Final = "released.json"

_ALWAYS_WRITTEN = ("specversion", "type")


class SchemaChanged(TenfoldError):  # noqa: N818 - what happened
    """A released schema would have changed: add a version instead."""


def documents() -> Mapping[str, str]:
    """Return every generated document by its file's name."""
    schemas = {f"{type_}.json": _text(_schema(model)) for type_, model in TYPES.items()}
    return {**schemas, ASYNCAPI: _text(asyncapi.document())}


def released(directory: Path = DIRECTORY) -> dict[str, str]:
    """Return the SHA-256 of each released schema by its file's name."""
    path = directory / RELEASED
    return dict(json.loads(path.read_text())) if path.exists() else {}


def write(directory: Path = DIRECTORY) -> None:
    """Write every document, and release the schemas that are new.

    Raises:
        SchemaChanged: a released schema is not what it was; nothing was written.
    """
    current = documents()
    schemas = {name: digest(text) for name, text in current.items() if name != ASYNCAPI}
    sums = released(directory)
    if changed := sorted(name for name, sum_ in sums.items() if schemas.get(name) != sum_):
        raise SchemaChanged(", ".join(changed))
    directory.mkdir(exist_ok=True)
    for name, text in {**current, RELEASED: _text(schemas)}.items():
        (directory / name).write_text(text)


def digest(text: str) -> str:
    """Return the SHA-256 of a document."""
    return hashlib.sha256(text.encode()).hexdigest()


def _text(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _schema(model: type[Event]) -> dict[str, Any]:
    """Descriptions stay out: a better sentence in a docstring is no change of a contract."""
    generated = model.model_json_schema(by_alias=True)
    schema = {"$schema": GenerateJsonSchema.schema_dialect, **_without_descriptions(generated)}
    names = schema["properties"]
    required = {*_ALWAYS_WRITTEN, *schema["required"]}
    return {**schema, "title": model.__name__, "required": [name for name in names if name in required]}


def _without_descriptions(schema: Any) -> Any:
    match schema:
        case dict():
            kept = {name: value for name, value in schema.items() if not _is_description(name, value)}
            return {name: _without_descriptions(value) for name, value in kept.items()}
        case list():
            return [_without_descriptions(item) for item in schema]
        case _:
            return schema


def _is_description(name: str, value: object) -> bool:
    return name == "description" and isinstance(value, str)


if __name__ == "__main__":
    try:
        write()
    except SchemaChanged as error:
        sys.exit(f"released schemas would change: {error}")
