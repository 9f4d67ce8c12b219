"""The Rust project's teams: `teams/*.toml`, and `people/*.toml` for whom they name.

Source: https://github.com/rust-lang/team/blob/main/docs/toml-schema.md; docs/definitions.md, table of formats.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from events.sources.roles.document import Document, Syntax, Unreadable, mapping, sequence, text
from events.sources.roles.handles import account, address
from events.sources.roles.roster import Roster, is_ignored

TEAM_ROLES: Final = {"leads": "lead", "members": "member"}


@dataclass(frozen=True, slots=True)
class Person:
    """One file of `people/`.

    Attributes:
        login: its identity.
        identity: of the account behind it, where the file gives its number; else the login's.
        address: the identity of the e-mail address, if one is given.
    """

    login: str
    identity: str
    name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Team:
    """One file of `teams/`.

    Attributes:
        scope: its name; `None` for a mere marker.
        holders: (role, identity of the login).
    """

    scope: str | None
    parent: str | None
    holders: tuple[tuple[str, str], ...]


class RustTeam:
    """Teams, those who lead them and belong to them, and everybody's accounts and addresses."""

    name: Final = "rust-team"
    syntax: Final = Syntax.TOML
    paths: Final = ("teams/**/*.toml", "people/**/*.toml")

    def reader(self, path: str) -> Callable[[Document], Person | Team] | None:
        """One for people, one for teams."""
        if not path.endswith(".toml"):
            return None
        if path.startswith("people/"):
            return read_person
        return read_team if path.startswith("teams/") and not is_ignored(path) else None

    def roster(self, files: Mapping[str, Person | Team]) -> Roster:
        """What the files say; who is in no people file is who the login says."""
        roster = Roster()
        people = [file for _, file in sorted(files.items()) if isinstance(file, Person)]
        identities = {person.login: person.identity for person in people}
        for person in people:
            roster.person(person.identity, name=person.name, link=person.login)
            roster.person(person.identity, link=person.address)
        for team in files.values():
            if isinstance(team, Team) and team.scope:
                roster.scopes[team.scope] = team.parent
                for role, login in team.holders:
                    roster.seat(team.scope, role, identities.get(login, login))
        return roster


def read_person(document: Document) -> Person:
    """Whom a login belongs to."""
    file = mapping(document)
    login, number = account(text(file.get("github"))), file.get("github-id")
    if login is None:
        raise Unreadable("no github in it")
    identity = f"github:{number}" if type(number) is int and number > 0 else login  # true is an int too
    return Person(login, identity, text(file.get("name")), address(text(file.get("email"))))


def read_team(document: Document) -> Team:
    """Who is named in the team itself; what it includes and lists says nothing."""
    file = mapping(document)
    name, parent = text(file.get("name")), text(file.get("subteam-of"))
    if not name:
        raise Unreadable("no name in it")
    is_marker = file.get("kind") == "marker-team"
    people = mapping(file.get("people"), "people")
    return Team(None if is_marker else name, parent or None, tuple(_holders(people)))


def _holders(people: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    for key, role in TEAM_ROLES.items():
        for entry in sequence(people.get(key), key):
            login = account(text(entry.get("github") if isinstance(entry, dict) else entry))
            if login:
                yield role, login
