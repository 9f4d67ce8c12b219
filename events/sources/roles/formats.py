"""The formats of role files, and which of them a repository has."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any, Final

from events.sources.roles.codeowners import CODEOWNERS
from events.sources.roles.maintainers import maintainers
from events.sources.roles.mots import MOTS
from events.sources.roles.owners import Owners
from events.sources.roles.roster import Format
from events.sources.roles.rust_team import RustTeam
from events.sources.roles.sigs import SIGS

FORMATS: Final[Mapping[str, Callable[[str], Format[Any]]]] = MappingProxyType(
    {
        "mots": lambda _: MOTS,
        "rust-team": lambda _: RustTeam(),
        "sigs": lambda _: SIGS,
        "owners": lambda _: Owners(),
        "codeowners": lambda _: CODEOWNERS,
        "maintainers": maintainers,
    }
)
"""Name → format for a repository of some name; what says most of roles comes first."""


def present(paths: Collection[str]) -> list[str]:
    """The formats that have files among these paths, what says most of roles first."""
    return [name for name, begin in FORMATS.items() if _is_present(begin(""), paths)]


def _is_present(format_: Format[Any], paths: Collection[str]) -> bool:
    kinds = {reader for path in paths if (reader := format_.reader(path))}
    return len(kinds) == 2 if isinstance(format_, RustTeam) else bool(kinds)  # a folder of either name alone is common
