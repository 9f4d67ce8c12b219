"""`OWNERS` and `OWNERS_ALIASES`: who approves and reviews what lies in a directory.

Source: https://www.kubernetes.dev/docs/guide/owners/; DEFINITIONS, table of formats.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname
from typing import Final

from events.sources.roles.document import Document, Syntax, mapping, text, texts
from events.sources.roles.handles import account
from events.sources.roles.roster import Roster, is_ignored

ROLES: Final = {"approvers": "approver", "reviewers": "reviewer"}
ALIASES_PATH: Final = "OWNERS_ALIASES"
ROOT: Final = "."
"""The scope of an OWNERS that lies in no folder."""

_YES = frozenset({"true", "yes", "on", "y"})


@dataclass(frozen=True, slots=True)
class Owned:
    """One OWNERS.

    Attributes:
        holders: (role, login or alias).
        stands_alone: whether it says that nobody above has a say.
    """

    holders: frozenset[tuple[str, str]]
    stands_alone: bool


@dataclass(frozen=True, slots=True)
class Aliases:
    """Alias → logins, all in lower case: neither minds it."""

    members: Mapping[str, tuple[str, ...]]


class Owners:
    """Directories, who approves and reviews there, and whom the aliases mean."""

    name: Final = "owners"
    syntax: Final = Syntax.YAML
    paths: Final = ("**/OWNERS", ALIASES_PATH)

    def __init__(self) -> None:
        self._ever_aliases: set[str] = set()

    def reader(self, path: str) -> Callable[[Document], Owned | Aliases] | None:
        """One for the aliases in the root, one for every OWNERS."""
        if path == ALIASES_PATH:
            return read_aliases
        return read_owners if basename(path) == "OWNERS" and not is_ignored(path) else None

    def roster(self, files: Mapping[str, Owned | Aliases]) -> Roster:
        """What the files say; a name that was ever an alias names nobody once the alias is gone."""
        aliases: Mapping[str, tuple[str, ...]] = {}
        owned: dict[str, Owned] = {}
        for path, file in files.items():
            if isinstance(file, Aliases):
                aliases = file.members
                self._ever_aliases.update(aliases)
            else:
                owned[dirname(path) or ROOT] = file
        roster = Roster(scopes={scope: _parent(scope, owned) for scope in owned})
        for scope, file in owned.items():
            for role, name in file.holders:
                for login in self._meant(name, aliases):
                    roster.seat(scope, role, account(login))
        return roster

    def _meant(self, name: str, aliases: Mapping[str, tuple[str, ...]]) -> set[str]:
        logins, seen, names = set(), set(), [name]
        while names:
            seen.add(name := names.pop())
            if name in self._ever_aliases:
                names += [member for member in aliases.get(name, ()) if member not in seen]
            else:
                logins.add(name)
        return logins


def read_owners(document: Document) -> Owned:
    """Approvers and reviewers, those of single file patterns too."""
    file = mapping(document)
    filters = mapping(file.get("filters"), "filters").values()
    parts = [file, *(mapping(part, "a filter") for part in filters)]
    options = mapping(file.get("options"), "options")
    return Owned(
        holders=frozenset(holder for part in parts for holder in _holders(part)),
        stands_alone=text(options.get("no_parent_owners")).lower() in _YES,
    )


def read_aliases(document: Document) -> Aliases:
    """Whom each alias means."""
    aliases = mapping(mapping(document).get("aliases"), "aliases")
    members = {alias: texts(members, f"alias {alias}") for alias, members in aliases.items()}
    return Aliases({_bare(alias): tuple(map(_bare, logins)) for alias, logins in members.items()})


def _holders(part: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    for key, role in ROLES.items():
        for name in texts(part.get(key), key):
            yield role, _bare(name)


def _bare(name: str) -> str:
    return name.strip().removeprefix("@").lower()


def _parent(scope: str, owned: Mapping[str, Owned]) -> str | None:
    folder = scope
    while folder != ROOT and not owned[scope].stands_alone:
        folder = dirname(folder) or ROOT
        if folder in owned:
            return folder
    return None
