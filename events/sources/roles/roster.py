"""What role files say at one moment, and what every format of them can do.

Source: docs/definitions.md, "How sources become facts", role files.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeVar

from events.sources.roles.document import Document, Syntax

F = TypeVar("F")
"""What a format keeps of one file: as little as its rosters need."""

IGNORED_FOLDERS: Final = frozenset({"archive", "vendor", "third_party", "_output"})
"""What lies in them is no scope: it is over, or somebody else's."""

_OVER = re.compile(r"\b(?:emerit\w+|alumn\w+|former|past|retired|inactive)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Roster:
    """Who holds what, and what else the files tell of people. Read only, once it is made.

    Attributes:
        seats: (scope, role, identity).
        scopes: scope → parent; a parent that is no scope itself counts as none.
        names: (identity, name).
        affiliations: (identity, organisation).
        links: (identity, identity that stands for the person).
        untold: (scope, why) of holders whom nobody can tell: unknown is not vacant.
    """

    seats: set[tuple[str, str, str]] = field(default_factory=set)
    scopes: dict[str, str | None] = field(default_factory=dict)
    names: set[tuple[str, str]] = field(default_factory=set)
    affiliations: set[tuple[str, str]] = field(default_factory=set)
    links: set[tuple[str, str]] = field(default_factory=set)
    untold: set[tuple[str, str]] = field(default_factory=set)

    def seat(self, scope: str, role: str, identity: str | None) -> None:
        """Somebody holds a role in a scope; nobody does where there is no identity."""
        if identity:
            self.seats.add((scope, role, identity))

    def leave_out(self, scope: str, why: str) -> None:
        """A scope names holders who cannot be told."""
        self.untold.add((scope, why))

    @property
    def told_scopes(self) -> dict[str, str | None]:
        """The scopes, but for those of whose holders none can be told."""
        unknown = {scope for scope, _ in self.untold} - {scope for scope, _, _ in self.seats}
        return {scope: parent for scope, parent in self.scopes.items() if scope not in unknown}

    def person(self, identity: str | None, *, name: str = "", organisation: str = "", link: str | None = None) -> None:
        """What is told of somebody, `link` being another identity of theirs; what is empty was not told."""
        if identity and name:
            self.names.add((identity, name))
        if identity and organisation:
            self.affiliations.add((identity, organisation))
        if identity and link and link != identity:
            self.links.add((link, identity))


class Format(Protocol[F]):
    """A kind of role files. One object reads one history, oldest first: a format may remember.

    Attributes:
        paths: where its files lie, as git's globs.
    """

    @property
    def name(self) -> str:
        """What the command line and the source call it."""

    @property
    def syntax(self) -> Syntax:
        """How its files are written."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Where its files lie, as git's globs."""

    def reader(self, path: str) -> Callable[[Document], F] | None:
        """How a file is read (raises `Unreadable`); `None` where it says nothing. Same kind, same reader."""

    def roster(self, files: Mapping[str, F]) -> Roster:
        """What the files say together.

        Args:
            files: path → what `reader` made of it.
        """


@dataclass(frozen=True, slots=True)
class OneFile:
    """A format whose roster is one file; of several places, the first that has one."""

    name: str
    syntax: Syntax
    paths: tuple[str, ...]
    read: Callable[[Document], Roster]

    def reader(self, path: str) -> Callable[[Document], Roster] | None:
        """All places are read alike."""
        return self.read if path in self.paths else None

    def roster(self, files: Mapping[str, Roster]) -> Roster:
        """What the file says; nothing where there is none."""
        return next((files[path] for path in self.paths if path in files), Roster())


def places(name: str) -> tuple[str, ...]:
    """Where a file of the whole repository may lie, the most likely place first."""
    return name, f".github/{name}", f"docs/{name}"


def is_over(words: str) -> bool:
    """Whether a heading or a key is about those who held something once."""
    return _OVER.search(words.replace("_", " ")) is not None


def is_ignored(path: str) -> bool:
    """Whether something lies in a folder that holds no scopes, or is one."""
    return not IGNORED_FOLDERS.isdisjoint(path.split("/"))
