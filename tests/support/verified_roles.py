"""The roles of the Rust project a second time, without events: counted from the files of the day's own commit.

What a day's tree cannot say (who is new, who left, for how long, against last year) is left to the oracle.
"""

import io
import re
import subprocess
import tarfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from tests.oracle.contributions import Known
from tests.oracle.day import Key, sample
from tests.oracle.days import day_of, end_of, start_of
from tests.oracle.leadership import of_a_day
from tests.oracle.leadership_day import Leadership
from tests.oracle.leadership_seats import Roles, Seat, Term
from tests.oracle.people import bots, persons
from tests.oracle.samples import samples_on
from tests.oracle.values import Values
from tests.oracle.writing import declared
from tests.support.verified import SEED, SEEDED_DAYS

ROLES = {"leads": "lead", "members": "member"}
Files = Mapping[str, Mapping[str, Any]]  # path → TOML


@dataclass(frozen=True)
class Tree:
    """The role files as they were at the end of a day."""

    files: Files

    def people(self) -> dict[str, str]:
        """Login → identity: by the people file whose `github` field is the login."""
        files = [file for path, file in self.files.items() if path.startswith("people/")]
        return {file["github"].lower(): f"github:{file['github-id']}" for file in files if "github-id" in file}

    def teams(self) -> list[Mapping[str, Any]]:
        """The teams that are scopes: what lies in an archive is none, a mere marker neither."""
        files = [file for path, file in self.files.items() if path.startswith("teams/") and "archive" not in path]
        return [file for file in files if file.get("kind") != "marker-team"]

    def seats(self) -> Iterator[tuple[str, str, str]]:
        """(scope, role, identity) of direct leads and members."""
        people = self.people()
        for team in self.teams():
            for key, role in ROLES.items():
                for entry in team.get("people", {}).get(key, []):
                    login = (entry["github"] if isinstance(entry, dict) else entry).lower()
                    yield team["name"], role, people.get(login, f"github-login:{login}")


@dataclass(frozen=True)
class RoleFiles:
    """A repository of role files, up to a commit."""

    folder: Path
    tip: str

    @cached_property
    def line(self) -> list[tuple[datetime, str]]:
        """When, and which commit: the first-parent line, oldest first."""
        told = self.git("log", "--first-parent", "--reverse", "--format=%ct %H", self.tip).decode().split()
        return [
            (datetime.fromtimestamp(int(at), tz=UTC), commit) for at, commit in zip(told[::2], told[1::2], strict=True)
        ]

    def days_to_verify(self) -> list[date]:
        """Days drawn between the first and the last commit, the same in every run."""
        first, last = day_of(self.line[0][0]), day_of(self.line[-1][0])
        chance = Random(SEED)  # noqa: S311 - the same in every run
        drawn = chance.sample(range((last - first).days + 1), SEEDED_DAYS)
        return sorted(first + timedelta(days=place) for place in drawn)

    def on(self, day: date) -> Tree:
        """The tree of the newest commit on or before the end of the day."""
        newest = [commit for at, commit in self.line if at < end_of(day)][-1]
        with tarfile.open(fileobj=io.BytesIO(self.git("archive", newest))) as archive:
            members = [one for one in archive if re.fullmatch("(teams|people)/.*[.]toml", one.name)]
            contents = {one.name: archive.extractfile(one) for one in members}
            return Tree({path: tomllib.load(content) for path, content in contents.items() if content})

    def git(self, *arguments: str) -> bytes:
        """What git prints."""
        return subprocess.run(["git", "-C", str(self.folder), *arguments], check=True, capture_output=True).stdout


def roles_on(tree: Tree, known: Known, values: Values, day: date) -> Roles:
    """The roles that the files of a day tell; who is one person, and no bot, is for all of history.

    Which scopes ever had a seat of their own, the files of one day cannot say: what was held before is the oracle's.
    """
    seats = list(tree.seats())
    person = persons(known.events)
    robots = bots(known.events, {identity for _, _, identity in seats}, values)
    begun, teams = start_of(day), tree.teams()
    terms = [
        Term(Seat(scope, role, person.get(identity, identity)), begun, already_held=True, end=None)
        for scope, role, identity in seats
        if identity not in robots
    ]
    scopes = [declared(team["name"], begun, team.get("subteam-of")) for team in teams]
    terms += [term for term in known.roles.terms if day_of(term.start) <= day and not term.held(day)]
    return Roles(terms, [], scopes, [], known.roles.began, None)


def numbers_of(tree: Tree, known: Known, values: Values, day: date) -> dict[Key, float]:
    """Every number of a day: what a tree can say from the tree, the rest from the oracle."""
    by_files = replace(known, roles=roles_on(tree, known, values, day), readings={})
    from_events, from_files = (
        dict(sample(family, value, **labels) for family, value, labels in of_a_day(Leadership(one, values, day)))
        for one in (known, by_files)
    )
    return {key: value for key, value in samples_on(known, values, day).items() if key not in from_events} | from_files
