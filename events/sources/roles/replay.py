"""From one roster to the next: what each commit granted, revoked, declared, retired and told of people.

Reading the same history again gives the same events, and reading a longer one gives the same
beginning: an id holds the commit, its place in the history, and what the event asserts.

Source: docs/definitions.md, "How sources become facts", role files.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Final, Generic

from events.envelope import TOKEN_CHARACTERS, TOKEN_PATTERN
from events.identity import normalised
from events.people import Affiliation, Link, Naming, PersonAffiliated, PersonLinked, PersonNamed
from events.roles import Grant, Role, RoleGranted, RoleRevoked, Scope, ScopeDeclared, ScopeRetired
from events.sources.commits import Origin
from events.sources.roles.accounts import Accounts, Holders, Seat
from events.sources.roles.document import Unreadable
from events.sources.roles.roster import F, Format, Roster

RoleEvent = (
    ScopeDeclared | ScopeRetired | RoleGranted | RoleRevoked | PersonNamed | PersonAffiliated | PersonLinked
)  # fmt: skip

ORDINAL_DIGITS: Final = 8

_TOKEN = re.compile(TOKEN_PATTERN)


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesOrigin(Origin):
    """What a reading of role files is for; `name` is the repository's, as in `git:NAME`."""

    format: str

    @property
    def source(self) -> str:
        """The `source` of the events."""
        return f"roles:{self.name}:{self.format}"


@dataclass(frozen=True, slots=True)
class Change(Generic[F]):
    """A commit that touched role files.

    Attributes:
        ordinal: its place on the first-parent line, whose first commit is 1.
        committed_at: `None` where the commit bears no date that a calendar knows.
        files: path → what was read, why it could not be, or `None` where the file is gone.
    """

    ordinal: int
    commit: str
    committed_at: datetime | None
    files: Mapping[str, F | Unreadable | None]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a history said that no event could be made of."""

    commit: str
    what: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A commit as its events see it."""

    origin: RolesOrigin
    ordinal: int
    commit: str
    time: datetime

    def id(self, *assertion: str) -> str:
        """An id that holds what is asserted, or a digest of it where it is too long."""
        place, said = f"{self.ordinal:0{ORDINAL_DIGITS}}/{self.commit}/", "/".join(assertion)
        fits = len(place) + len(said) <= TOKEN_CHARACTERS and _TOKEN.fullmatch(said)
        return place + (said if fits else f"{assertion[0]}/{blake2b(said.encode(), digest_size=16).hexdigest()}")


class Replay(Generic[F]):
    """Goes through a history, oldest first, and tells what each commit changed.

    Args:
        format_: How its files are read.
        origin: What the events are for.
        accounts: Who bore which login when, where that is known.
    """

    def __init__(self, format_: Format[F], origin: RolesOrigin, accounts: Accounts | None = None) -> None:
        self._format, self._origin, self._accounts = format_, origin, accounts or Accounts()
        self._holders = Holders(self._accounts)
        self._files: dict[str, F] = {}
        self._roster = Roster()
        self._scopes: dict[str, str | None] = {}
        self._time: datetime | None = None
        self._was_held = False

    @property
    def untold(self) -> list[str]:
        """Whom the files name last and nobody can tell, a line for each scope and reason."""
        return [f"{scope}: {why}" for scope, why in sorted(self._roster.untold)]

    def __call__(self, changes: Iterable[Change[F]]) -> Iterator[RoleEvent | Problem]:
        """Tells of every commit in turn.

        A commit whose date cannot be true happened when the one before it did; the first ones
        without a date wait for the first that has one.
        """
        for change in changes:
            yield from self._take(change)
            if (time := self._moment_of(change)) is not None:
                moment = Moment(self._origin, change.ordinal, change.commit, time)
                yield from self._told(self._format.roster(self._files), moment)

    def _take(self, change: Change[F]) -> Iterator[Problem]:
        for path, file in sorted(change.files.items(), key=lambda item: item[0]):
            if file is None:
                self._files.pop(path, None)
            elif isinstance(file, Unreadable):
                so = "its last good content holds" if path in self._files else "it is not there yet"
                yield Problem(change.commit, f"{path} does not parse ({file}): {so}")
            else:
                self._files[path] = file

    def _told(self, now: Roster, moment: Moment) -> Iterator[RoleEvent | Problem]:
        before, scopes = self._roster, self._scopes
        if now.scopes != before.scopes or now.untold or before.untold:
            scopes = _declared(now)
        yield from _unsayable(before, now, moment)
        yield from _changed_scopes(self._scopes, scopes, moment)
        gone, came = (filter(_is_sayable, one) for one in (before.seats - now.seats, now.seats - before.seats))
        ended, begun = self._holders.change(gone, came, moment.time)
        yield from _changed_seats(ended, begun, moment, already_held=not self._was_held)
        yield from _changed_people(before, now, moment, self._accounts)
        self._roster, self._scopes, self._was_held = now, scopes, self._was_held or bool(now.seats)

    def _moment_of(self, change: Change[F]) -> datetime | None:
        at = change.committed_at
        if at is not None and self._origin.believes(at):
            self._time = max(at, self._time or at)
        return self._time


def _changed_scopes(
    before: Mapping[str, str | None], now: Mapping[str, str | None], moment: Moment
) -> Iterator[ScopeDeclared | ScopeRetired]:
    source, community, time = moment.origin.source, moment.origin.community, moment.time
    for scope, parent in sorted(now.items() - before.items(), key=lambda pair: pair[0]):
        yield ScopeDeclared(
            id=moment.id("declared", scope, *([parent] if parent else [])), source=source, community=community,
            time=time, data=Scope(scope=scope, parent=parent),
        )  # fmt: skip
    for scope in sorted(before.keys() - now.keys()):
        yield ScopeRetired(
            id=moment.id("retired", scope), source=source, community=community, time=time, data=Scope(scope=scope)
        )


def _changed_seats(
    ended: Collection[Seat], begun: Collection[Seat], moment: Moment, *, already_held: bool
) -> Iterator[RoleGranted | RoleRevoked]:
    source, community, time = moment.origin.source, moment.origin.community, moment.time
    evidence = moment.origin.url(moment.commit)
    for scope, role, identity in sorted(ended):
        yield RoleRevoked(
            id=moment.id("revoked", scope, role, identity), source=source, community=community, time=time,
            subject=identity, data=Role(role=role, scope=scope, evidence=evidence),
        )  # fmt: skip
    for scope, role, identity in sorted(begun):
        yield RoleGranted(
            id=moment.id("granted", scope, role, identity), source=source, community=community, time=time,
            subject=identity, data=Grant(role=role, scope=scope, evidence=evidence, already_held=already_held),
        )  # fmt: skip


def _changed_people(
    before: Roster, now: Roster, moment: Moment, accounts: Accounts
) -> Iterator[PersonNamed | PersonAffiliated | PersonLinked]:
    source, community, time = moment.origin.source, moment.origin.community, moment.time

    def borne(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        return sorted({(accounts.of(identity, time), told) for identity, told in filter(_is_identity, pairs)})

    for identity, name in borne(now.names - before.names):
        yield PersonNamed(
            id=moment.id("named", identity, name), source=source, community=community, time=time,
            subject=identity, data=Naming(name=name),
        )  # fmt: skip
    for identity, organisation in borne(now.affiliations - before.affiliations):
        yield PersonAffiliated(
            id=moment.id("affiliated", identity, organisation), source=source, community=community, time=time,
            subject=identity, data=Affiliation(organisation=organisation, basis="unknown", since=time.date()),
        )  # fmt: skip
    for identity, login in sorted(filter(_is_identity, now.links - before.links)):
        person = accounts.of(login, time)
        yield PersonLinked(
            id=moment.id("linked", identity, person), source=source, community=community, time=time,
            subject=identity, data=Link(person=person),
        )  # fmt: skip


def _declared(roster: Roster) -> dict[str, str | None]:
    """Scopes and their parents, as far as events can say them."""
    told = roster.told_scopes
    scopes = set(filter(_is_token, told))
    return {scope: parent if (parent := told[scope]) in scopes and parent != scope else None for scope in scopes}


def _unsayable(before: Roster, now: Roster, moment: Moment) -> Iterator[Problem]:
    for scope in sorted(now.scopes.keys() - before.scopes.keys()):
        if not _is_token(scope):
            yield Problem(moment.commit, f"no event can hold the scope {scope[:60]!r}")
    for _, role, identity in sorted(now.seats - before.seats):
        if not _is_identity((identity, role)):
            yield Problem(moment.commit, f"no event can hold a {role} called {identity[:60]!r}")


def _is_sayable(seat: tuple[str, str, str]) -> bool:
    scope, role, identity = seat
    return _is_token(scope) and _is_identity((identity, role))


def _is_token(text: str) -> bool:
    return len(text) <= TOKEN_CHARACTERS and _TOKEN.fullmatch(text) is not None


def _is_identity(pair: tuple[str, str]) -> bool:
    try:
        return normalised(pair[0]) == pair[0]
    except ValueError:
        return False
