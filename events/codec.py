"""Bytes become events here and nowhere else, each record by itself.

Both content modes of CloudEvents over Kafka are read: structured
(``application/cloudevents+json``, or nothing said and a CloudEvent in the value) and binary
(attributes in ``ce_*`` headers). Where a JSON object has a key twice, the last one holds.

Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json, to_json

from events import authority, bounds
from events.catalog import AnyEvent, data_of, key_of
from events.envelope import MAX_EVENT_BYTES, Event
from events.errors import Reason, Rejected
from events.versions import VERSIONS, Versions

_Model = TypeVar("_Model", bound=BaseModel)
Headers: TypeAlias = Sequence[tuple[str, bytes]]

STRUCTURED_HEADERS: Final = (("content-type", b"application/cloudevents+json; charset=UTF-8"),)
"""What every record of ours carries."""

MAX_DEPTH: Final = 32

_DETAIL_CHARACTERS = 300


class Encoded(NamedTuple):
    """A record as it goes to Kafka."""

    key: bytes
    value: bytes
    headers: tuple[tuple[str, bytes], ...] = STRUCTURED_HEADERS


def encode(event: Event) -> Encoded:
    """Return the record of an event, in structured mode; the same event gives the same bytes.

    Raises:
        Rejected: the event is larger than any reader takes, or speaks for another source.
    """
    authority.check(event)
    value = event.model_dump_json(by_alias=True, exclude_none=True).encode()
    _check_size(value)
    return Encoded(key_of(event), value)


def decode(value: bytes | None, headers: Headers, log_time: datetime, versions: Versions = VERSIONS) -> AnyEvent:
    """Return the event in a record, in the newest version of its type.

    Args:
        value: the record's value.
        headers: the record's headers.
        log_time: the record's own timestamp, as the broker set it.
        versions: those that are known.

    Raises:
        Rejected: with the reason why the record can never be applied.
    """
    if value is None:
        raise Rejected(Reason.NULL_VALUE)
    _check_size(value)
    document = _parsed(value)
    if not is_structured(headers):
        document = {**_attributes(headers), "data": document}
        value = to_json(document)
    event = _event(_type_of(document), value, versions)
    bounds.check(event, log_time)
    authority.check(event)
    return event


def restored(attributes: Mapping[str, Any], data: str, versions: Versions = VERSIONS) -> AnyEvent:
    """Return the event that a fact was stored from, in the newest version of its type.

    What it says is checked, since a program with wider bounds may have stored it. Its envelope is not: a worker that
    had checked it wrote the columns.

    Args:
        attributes: those of its envelope, by name, all but `data` that can differ; the time is in UTC.
        data: what it says, in JSON.
        versions: those that are known.

    Raises:
        Rejected: today's events of its type say nothing like that, or it is of a version that is not known yet.
    """
    type_ = attributes["type"]
    if type_ in versions.upcasters:
        document = versions.newest({"type": type_, "data": _parsed(data.encode())})
        type_, data = document["type"], to_json(document["data"]).decode()
    model = versions.model_of(type_)
    told = _validated(data_of(model), data, ("data",))
    return cast("AnyEvent", _blank(model).model_copy(update={**attributes, "type": type_, "data": told}))


@cache
def _blank(model: Any) -> Event:
    """An event of a class that says nothing yet: a copy that is filled in costs a third of one that is checked."""
    return cast("Event", model.model_construct())


def is_structured(headers: Headers) -> bool:
    """Whether the value holds the whole event: it says so, or no header says otherwise.

    Raises:
        Rejected: the value is a batch, or in a format that is not JSON.
    """
    if not headers or tuple(headers) == STRUCTURED_HEADERS:
        return True
    content_type = _content_type(headers)
    if content_type.startswith("application/cloudevents"):
        if content_type.partition(";")[0].rstrip() != "application/cloudevents+json":
            raise Rejected(Reason.NOT_CLOUDEVENT, "of the event formats, only JSON is read")
        return True
    return not any(name.startswith("ce_") for name, _ in headers)


def _content_type(headers: Headers) -> str:
    values = [value for name, value in headers if name.lower() == "content-type" and value]
    return values[-1].decode("latin-1").strip().lower() if values else ""


def _attributes(headers: Headers) -> dict[str, str]:
    attributes = {
        name.removeprefix("ce_"): _text(value)
        for name, value in headers
        if name.startswith("ce_") and value is not None
    }
    if content_type := _content_type(headers):
        attributes["datacontenttype"] = content_type
    return attributes


def _text(header: bytes) -> str:
    try:
        text = header.decode()
    except UnicodeDecodeError:
        raise Rejected(Reason.NOT_UTF8, "in a header") from None
    _check_string(text)
    return text


def _parsed(value: bytes) -> Any:
    try:
        value.decode()
        document = from_json(value, allow_inf_nan=False)
    except UnicodeDecodeError as error:
        raise Rejected(Reason.NOT_UTF8, f"at byte {error.start}") from None
    except ValueError as error:
        reason = Reason.TOO_DEEP if "recursion limit" in str(error) else Reason.NOT_JSON
        raise Rejected(reason, str(error)) from None
    for text in _strings(document, MAX_DEPTH):
        _check_string(text)
    return document


def _strings(document: object, depth_left: int) -> Iterator[str]:
    """Yield every string of a JSON document, keys too."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict | list):
        if not depth_left:
            raise Rejected(Reason.TOO_DEEP, f"more than {MAX_DEPTH} levels")
        children = (*document, *document.values()) if isinstance(document, dict) else document
        for child in children:
            yield from _strings(child, depth_left - 1)


def _type_of(document: object) -> str:
    if not isinstance(document, Mapping):
        raise Rejected(Reason.NOT_CLOUDEVENT, "no JSON object")
    if "specversion" not in document:
        raise Rejected(Reason.NOT_CLOUDEVENT, "specversion: missing")
    type_ = document.get("type")
    if not isinstance(type_, str):
        raise Rejected(Reason.NOT_CLOUDEVENT, "type: missing")
    return type_


def _event(type_: str, value: bytes, versions: Versions) -> AnyEvent:
    """The event of a type in a value, in the newest version."""
    if type_ in versions.upcasters:
        document = versions.newest(_parsed(value))
        type_, value = document["type"], to_json(document)
    return cast("AnyEvent", _validated(versions.model_of(type_), value))


def _validated(model: type[_Model], value: str | bytes, within: tuple[str, ...] = ()) -> _Model:
    try:
        return model.model_validate_json(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = (*within, *first["loc"])
        reason = Reason.INVALID_DATA if place[:1] == ("data",) else Reason.NOT_CLOUDEVENT
        detail = f"{'.'.join(map(str, place))}: {first['msg']}"
        raise Rejected(reason, detail[:_DETAIL_CHARACTERS]) from None


def _check_size(value: bytes) -> None:
    if len(value) > MAX_EVENT_BYTES:
        raise Rejected(Reason.TOO_LARGE, f"{len(value)} bytes, of {MAX_EVENT_BYTES} at most")


def _check_string(text: str) -> None:
    if "\0" in text:
        raise Rejected(Reason.NUL_CHARACTER)
