"""Bytes of role files become documents: safely, whatever is in them.

No loader here makes an object or guesses a type, and none follows an alias into a document that
would not end: what is too large, too deep or too often itself does not parse.
"""

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from events.sources.roles.document import Document, Syntax, Unreadable

MAX_FILE_BYTES: Final = 3 * 1024 * 1024
"""What GitHub still reads as CODEOWNERS; role files of whole foundations have a twentieth of it."""

MAX_NODES: Final = 200_000
"""With every alias written out. The largest that is known, Mozilla's, has a tenth of it."""

MAX_DEPTH: Final = 64

_CONFLICT: Final = (re.compile(r"^<{7} ", re.MULTILINE), re.compile(r"^>{7} ", re.MULTILINE))
_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def parsed(content: bytes, syntax: Syntax) -> Document:
    """What a file says.

    Raises:
        Unreadable: it does not parse; the message says why, in a line.
    """
    if len(content) > MAX_FILE_BYTES:
        raise too_large(len(content))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("not UTF-8") from None
    match syntax:
        case Syntax.YAML:
            return _yaml(text)
        case Syntax.TOML:
            return _toml(text)
        case Syntax.TEXT:
            return _text(text)


def too_large(size: int) -> Unreadable:
    """Why a file of some bytes is not read."""
    return Unreadable(f"{size / 1024 / 1024:,.1f} MiB, more than {MAX_FILE_BYTES // 1024 // 1024}")


def _text(text: str) -> str:
    if "\0" in text:
        raise Unreadable("not text")
    if all(marker.search(text) for marker in _CONFLICT):
        raise Unreadable("a merge conflict in it")
    return text


def _toml(text: str) -> Document:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Unreadable("nested too deeply") from None
    except ValueError as error:  # also of a date or a number that TOML allows and Python does not
        raise Unreadable(" ".join(str(error).split())) from None


def _yaml(text: str) -> Document:
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        line = f" (at line {error.problem_mark.line + 1})" if error.problem_mark else ""
        raise Unreadable(f"{error.problem or error.context}{line}") from None
    except yaml.YAMLError as error:
        raise Unreadable(" ".join(str(error).split())) from None
    return builder.root


@dataclass(slots=True)
class _Open:
    """A list or a mapping that has begun; `nodes` counts what is in it, aliases written out."""

    value: list[Document] | dict[str, Document]
    anchor: str | None
    nodes: int = 1
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Builds a document from YAML's events, without recursion: every scalar is text, tags say nothing."""

    root: Document = ""
    _open: list[_Open] = field(default_factory=list)
    _anchors: dict[str, tuple[Document, int]] = field(default_factory=dict)
    _documents: int = 0

    def take(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                self._add(event.value, 1, event.anchor)
            case yaml.SequenceStartEvent():
                self._begin([], event.anchor)
            case yaml.MappingStartEvent():
                self._begin({}, event.anchor)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                ended = self._open.pop()
                self._add(ended.value, ended.nodes, ended.anchor)
            case yaml.AliasEvent():
                self._add(*self._target(str(event.anchor)), None)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise Unreadable("more than one document")
            case _:
                pass

    def _begin(self, value: list[Document] | dict[str, Document], anchor: str | None) -> None:
        self._open.append(_Open(value, anchor))
        if len(self._open) > MAX_DEPTH:
            raise Unreadable("nested too deeply")

    def _target(self, anchor: str) -> tuple[Document, int]:
        if any(part.anchor == anchor for part in self._open):
            raise Unreadable(f"*{anchor} stands inside of what it means")
        if anchor not in self._anchors:
            raise Unreadable(f"*{anchor} means nothing")
        return self._anchors[anchor]

    def _add(self, value: Document, nodes: int, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = value, nodes
        if not self._open:
            self.root = value
            return
        holder = self._open[-1]
        holder.nodes += nodes
        if holder.nodes > MAX_NODES:
            raise Unreadable(f"more than {MAX_NODES:,} entries, aliases written out")
        if isinstance(holder.value, list):
            holder.value.append(value)
        elif holder.key is None:
            holder.key = _key(value)
        else:
            holder.value[holder.key], holder.key = value, None


def _key(value: Document) -> str:
    if not isinstance(value, str):
        raise Unreadable("a key that is no word")
    return value
