"""What the importers tell of a history, without git: and what stood after each commit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import Any

from events.roles import RoleGranted, RoleRevoked, ScopeDeclared, ScopeRetired
from events.sources.roles.document import Unreadable
from events.sources.roles.formats import FORMATS
from events.sources.roles.replay import Change, Problem, Replay, RoleEvent, RolesOrigin
from events.sources.roles.roster import Format, Roster
from infra.ingest.role_documents import parsed
from tests.role_histories.commit import Commit

REPOSITORY = "github.com/garden/roles"
READ_AT = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def history_of(format_name: str) -> tuple[Commit, ...]:
    """The history that a format has in its tests."""
    commits: list[Commit] = import_module(f"tests.role_histories.{format_name.replace('-', '_')}").history()
    return tuple(commits)


def origin(format_name: str) -> RolesOrigin:
    return RolesOrigin("garden", REPOSITORY, READ_AT, format=format_name)


def hash_of(ordinal: int) -> str:
    return f"{ordinal:040x}"


def read(format_: Format[Any], path: str, text: str | bytes) -> Any:
    """What an importer makes of a file; why it cannot, where it cannot."""
    reader = format_.reader(path)
    assert reader is not None
    try:
        return reader(parsed(text.encode() if isinstance(text, str) else text, format_.syntax))
    except Unreadable as why:
        return why


def changes(format_: Format[Any], commits: Sequence[Commit]) -> Iterator[Change[Any]]:
    for ordinal, commit in enumerate(commits, 1):
        files = {
            path: None if text is None else read(format_, path, text)
            for path, text in commit.files.items()
            if format_.reader(path)
        }
        if files:
            yield Change(ordinal, hash_of(ordinal), commit.at, files)


@dataclass(frozen=True)
class Told:
    """Everything that was told of a history, by commit."""

    items: Sequence[RoleEvent | Problem]

    @property
    def events(self) -> list[RoleEvent]:
        return [item for item in self.items if not isinstance(item, Problem)]

    def problems(self, *ordinals: int) -> list[str]:
        hashes = set(map(hash_of, ordinals))
        return [item.what for item in self.items if isinstance(item, Problem) and item.commit in hashes]

    def at(self, *ordinals: int) -> list[str]:
        """What some commits' events assert, sorted: the rest of their ids, and the data that is not in them."""
        return sorted(event.id.split("/", 2)[2] for event in self.events if int(event.id[:8]) in ordinals)

    def until(self, ordinal: int) -> "Told":
        return replace(self, items=[event for event in self.events if int(event.id[:8]) <= ordinal])

    def seats(self) -> set[tuple[str, str, str]]:
        return held(self.events)

    def scopes(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for event in self.events:
            if isinstance(event, ScopeDeclared):
                assert found.get(event.data.scope, "") != event.data.parent
                found[event.data.scope] = event.data.parent
            elif isinstance(event, ScopeRetired):
                del found[event.data.scope]
        return found


def held(events: Iterable[RoleEvent]) -> set[tuple[str, str, str]]:
    """The seats after these events: nobody is granted what they hold, or loses what they do not."""
    found: set[tuple[str, str, str]] = set()
    for event in events:
        if isinstance(event, RoleGranted | RoleRevoked):
            seat = (event.data.scope, event.data.role, event.subject)
            assert (seat in found) == isinstance(event, RoleRevoked)
            found ^= {seat}
    return found


def told(format_name: str, commits: Sequence[Commit]) -> Told:
    format_ = FORMATS[format_name](REPOSITORY)
    return Told(list(Replay[Any](format_, origin(format_name))(changes(format_, commits))))


@cache
def told_of(format_name: str) -> Told:
    """What is told of the history that a format has in its tests."""
    return told(format_name, history_of(format_name))


def rosters(format_name: str, commits: Sequence[Commit]) -> Iterator[Roster]:
    """After each commit what its tree says, every file read anew: slow and obvious."""
    format_ = FORMATS[format_name](REPOSITORY)
    good: dict[str, str] = {}
    for commit in commits:
        for path, text in commit.files.items():
            if text is None:
                good.pop(path, None)
            elif format_.reader(path) and not isinstance(read(format_, path, text), Unreadable):
                good[path] = text
        yield format_.roster({path: read(format_, path, text) for path, text in good.items()})
