"""`docs/policy.md`: every setting of the policy, from the model that reads it."""

import json
import types
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from infra.documents.markdown import row
from projections.policy.policy import DEFAULT_LEVELS, Level, Policy

HEAD = """# Policy

<!-- Made from the code by `make docs`; a test holds it against the code. -->

What a community decides about its own numbers. `TENFOLD_POLICY_FILE` names a file in TOML; without one, and for every
setting that it leaves out, the defaults below hold. A setting that does not exist, or has a value that it cannot have,
is refused with its place; so is a file of more than 512 KiB or 1,000 communities. What the settings mean for each
number is in [definitions.md](definitions.md); a number is worked out anew for all of history when the policy changes,
and what had been published before is told as corrections.

```toml
[communities.garden]
windows_days = [30, 90, 365]
teams = ["roses", "tools"]
levels = { talk = "substantial" }
observed_scopes = ["roses*"]

[communities.garden.organisations]
aliases = { "Rose Works" = "Roseworks" }
basis = { Roseworks = "paid" }

[communities.garden.sources."git:github.com/garden/roses"]
team = "roses"
cadence_days = 1
title = "Roses"

[communities.garden.sources."*/tool-*"]
team = "tools"

[communities.garden.criteria.maintainer]
days = 24
reviews = 10
```

"""
WORDS = {int: "whole number", float: "number", str: "text", bool: "true or false"}
PLACES = {"communities": "NAME", "sources": '"SOURCE"', "criteria": "ROLE"}
"""Table of tables → what its keys are."""


def policy() -> str:
    """The whole document."""
    return HEAD + "\n".join((*_section(Policy, ()), *_levels()))


def _section(model: type[BaseModel], path: Sequence[str]) -> Iterator[str]:
    """One table of the file and all inside of it."""
    title = f"`[{'.'.join(path)}]`" if path else "On top"
    yield f"{'##' if len(path) < 3 else '###'} {title}\n"
    yield f"{(model.__doc__ or '').splitlines()[0]}\n"
    plain = {name: each for name, each in model.model_fields.items() if inner(each) is None}
    if plain:
        yield row("Setting", "Value", "Default", "Meaning")
        yield row("---", "---", "---", "---")
        yield from (_setting(name, each) for name, each in plain.items())
        yield ""
    for name, each in model.model_fields.items():
        found = inner(each)
        if found:
            below = (*path, name, PLACES[name]) if get_origin(each.annotation) is dict else (*path, name)
            yield from _section(found, below)


def _setting(name: str, field: FieldInfo) -> str:
    meaning = sentence(field.description or "")
    return row(f"`{name}`", value_words(field.annotation, field.metadata), default_words(field), meaning)


def inner(field: FieldInfo) -> type[BaseModel] | None:
    """The model of a table, or of the tables in one; None of a plain setting."""
    kinds = get_args(field.annotation)[1:] if get_origin(field.annotation) is dict else (field.annotation,)
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def value_words(annotation: Any, metadata: Sequence[object] = ()) -> str:
    """What a setting can be, in words."""
    kind, parts = get_origin(annotation), get_args(annotation)
    if kind is Annotated:
        return value_words(parts[0], annotation.__metadata__)
    if kind is Literal:
        return _either(parts)
    if kind in (Union, types.UnionType):
        return value_words(next(part for part in parts if part is not type(None)), metadata)
    if kind in (tuple, dict):
        return _several(kind, parts, metadata)
    return _either([one.value for one in annotation]) if issubclass(annotation, Enum) else _plain(annotation, metadata)


def _several(kind: type, parts: Sequence[Any], metadata: Sequence[object]) -> str:
    if kind is dict:
        return f"table: {value_words(parts[0])} → {value_words(parts[1])}"
    least = ", at least one" if _bound(metadata, MinLen, "min_length") else ""
    most = _bound(metadata, MaxLen, "max_length")
    return f"list{least}{f', at most {most}' if most else ''}: {value_words(parts[0])}"


def _either(values: Sequence[object]) -> str:
    *others, last = (f"`{one}`" for one in values)
    return f"{', '.join(others)} or {last}"


def _plain(kind: type, metadata: Sequence[object]) -> str:
    return f"{WORDS[kind]}{_range(metadata)}"


def default_words(field: FieldInfo) -> str:
    """What holds where nothing is set."""
    default = field.get_default(call_default_factory=True)
    match default:
        case None:
            return "none"
        case dict() | tuple() if not default:
            return "none"
        case dict():
            return ", ".join(f"`{name} = {json.dumps(value)}`" for name, value in default.items())
        case tuple():
            return ", ".join(f"`{json.dumps(value)}`" for value in default)
        case _:
            return f"`{json.dumps(default)}`"


def sentence(words: str) -> str:
    """Half a sentence as a whole one."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _range(metadata: Sequence[object]) -> str:
    least, above = _bound(metadata, Ge, "ge"), _bound(metadata, Gt, "gt")
    most, below = _bound(metadata, Le, "le"), _bound(metadata, Lt, "lt")
    low = f"at least {least}" if least is not None else f"above {above}" if above is not None else ""
    high = f"at most {most}" if most is not None else f"below {below}" if below is not None else ""
    return "".join(f", {words}" for words in (low, high) if words)


def _bound(metadata: Sequence[object], kind: type, name: str) -> Any:
    for one in metadata:
        if isinstance(one, kind):
            return getattr(one, name)
        if isinstance(one, FieldInfo):
            return _bound(one.metadata, kind, name)
    return None


def _levels() -> Iterator[str]:
    yield "## Levels of kinds\n"
    yield (
        "Active work is `substantial` or `stewardship`. A kind that nobody mapped is `light`; reports list it with its "
        "count.\n"
    )
    yield row("Level", "Kinds, unless `levels` or `team_levels` say otherwise")
    yield row("---", "---")
    for level in Level:
        kinds = [f"`{kind}`" for kind, of in DEFAULT_LEVELS.items() if of is level]
        yield row(f"`{level.value}`", ", ".join(kinds) or "every other kind")
    yield ""
