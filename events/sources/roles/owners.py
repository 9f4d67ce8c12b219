"""`OWNERS` and `OWNERS_ALIASES`: who approves and reviews what lies in a directory.

Source: https://www.kubernetes.dev/docs/guide/owners/; docs/definitions.md, table of formats.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname
from typing import Final

from events.sources.roles.document import Document, Syntax, mapping, text, texts
from events.sources.roles.handles import account
from events.sources.roles.roster import Roster, is_ignored, is_over

OWNERS_ROLES: Final = {"approvers": "approver", "reviewers": "reviewer"}
NO_HOLDERS: Final = frozenset({"filters", "options", "labels", "required_reviewers", "assignees", "component"})
"""Keys of Prow's that hold nobody."""
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
        unknown: (key, how many people it names) of keys that are not known.
    """

    holders: frozenset[tuple[str, str]]
    stands_alone: bool
    unknown: frozenset[tuple[str, int]] = frozenset()


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
        self._aliases = Aliases({})
        self._ever_aliases: set[str] = set()
        self._seats: dict[str, tuple[Owned, set[tuple[str, str, str]]]] = {}
        self._parents: tuple[dict[str, bool], dict[str, str | None]] = {}, {}

    def reader(self, path: str) -> Callable[[Document], Owned | Aliases] | None:
        """One for the aliases in the root, one for every OWNERS."""
        if path == ALIASES_PATH:
            return read_aliases
        return read_owners if basename(path) == "OWNERS" and not is_ignored(path) else None

    def roster(self, files: Mapping[str, Owned | Aliases]) -> Roster:
        """What the files say; a name that was ever an alias names nobody once the alias is gone.

        What no commit changed is not worked out again: there may be a thousand directories.
        """
        aliases, owned = Aliases({}), dict[str, Owned]()
        for path, file in files.items():
            if isinstance(file, Aliases):
                aliases = file
            else:
                owned[dirname(path) or ROOT] = file
        if aliases != self._aliases:
            self._aliases = aliases
            self._ever_aliases.update(aliases.members)
            self._seats.clear()
        seats = set[tuple[str, str, str]]().union(*(self._seats_of(scope, file) for scope, file in owned.items()))
        untold = {
            (scope, f"{key!r} names {people}, and nobody knows as what")
            for scope, file in owned.items()
            for key, people in file.unknown
        }
        return Roster(seats, self._parents_of(owned), untold=untold)

    def _seats_of(self, scope: str, file: Owned) -> set[tuple[str, str, str]]:
        known = self._seats.get(scope)
        if known is None or known[0] != file:
            named = ((role, login) for role, name in file.holders for login in self._meant(name))
            known = self._seats[scope] = (
                file,
                {(scope, role, identity) for role, login in named if (identity := account(login))},
            )
        return known[1]

    def _parents_of(self, owned: Mapping[str, Owned]) -> dict[str, str | None]:
        alone = {scope: file.stands_alone for scope, file in owned.items()}
        if alone != self._parents[0]:
            self._parents = alone, {scope: _parent(scope, alone) for scope in alone}
        return self._parents[1]

    def _meant(self, name: str) -> set[str]:
        logins, seen, names = set(), set(), [name]
        while names:
            seen.add(name := names.pop())
            if name in self._ever_aliases:
                names += [member for member in self._aliases.members.get(name, ()) if member not in seen]
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
        unknown=frozenset((key, people) for key, value in file.items() if (people := _people_in(key, value))),
    )


def _people_in(key: str, value: Document) -> int:
    """How many people a key names that is none of the known ones; something else than people is nobody."""
    logins = [one for one in value if isinstance(one, str) and account(one)] if isinstance(value, list) else []
    is_known = key in OWNERS_ROLES or key in NO_HOLDERS or is_over(key)
    return 0 if is_known or logins != value else len(logins)


def read_aliases(document: Document) -> Aliases:
    """Whom each alias means."""
    aliases = mapping(mapping(document).get("aliases"), "aliases")
    members = {alias: texts(members, f"alias {alias}") for alias, members in aliases.items()}
    return Aliases({_bare(alias): tuple(map(_bare, logins)) for alias, logins in members.items()})


def _holders(part: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    for key, role in OWNERS_ROLES.items():
        for name in texts(part.get(key), key):
            yield role, _bare(name)


def _bare(name: str) -> str:
    return name.strip().removeprefix("@").lower()


def _parent(scope: str, stands_alone: Mapping[str, bool]) -> str | None:
    folder = scope
    while folder != ROOT and not stands_alone[scope]:
        folder = dirname(folder) or ROOT
        if folder in stands_alone:
            return folder
    return None
