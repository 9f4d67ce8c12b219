"""Names as integers: facts hold an id for each identity, source, team and kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple, Protocol

import asyncpg

MOST_IDENTITIES: Final = 200_000
"""About 40 MB; with more, the cache starts anew, so that memory stays bounded."""

FIND: Final = {
    "community": "select place, id from community"
    " join unnest($1::text[]) with ordinality as wanted (name, place) using (name)",
    "kind": "select place, id from kind join unnest($1::text[]) with ordinality as wanted (name, place) using (name)",
    "identity": "select place, id from identity"
    " join unnest($1::text[], $2::int[]) with ordinality as wanted (name, community, place) using (community, name)",
    "source": "select place, id from source"
    " join unnest($1::text[], $2::int[]) with ordinality as wanted (name, community, place) using (community, name)",
    "team": "select place, id from team"
    " join unnest($1::text[], $2::int[]) with ordinality as wanted (name, community, place) using (community, name)",
}
ADD: Final = {
    "community": "insert into community (name) select unnest($1::text[]) on conflict do nothing",
    "kind": "insert into kind (name) select unnest($1::text[]) on conflict do nothing",
    "identity": "insert into identity (name, community)"
    " select * from unnest($1::text[], $2::int[]) on conflict do nothing",
    "source": "insert into source (name, community) select * from unnest($1::text[], $2::int[]) on conflict do nothing",
    "team": "insert into team (name, community) select * from unnest($1::text[], $2::int[]) on conflict do nothing",
}


class Named(Protocol):
    """An event as far as its names go."""

    @property
    def community(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def subject(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def team(self) -> str | None: ...  # noqa: D102


class Name(NamedTuple):
    """A name that needs an id; communities, which others belong to, sort first.

    Attributes:
        table: a key of `FIND`.
        community: that it belongs to; empty for what belongs to none, communities and kinds.
    """

    table: str
    community: str
    name: str


@dataclass(slots=True)
class CommunityNames:
    """A community's id, and those of the names within it."""

    id: int
    identities: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)


class Names:
    """The ids known to this process. Only committed ones: a name stays what it is once it has been told.

    Attributes:
        communities: by name.
        kinds: by name.
    """

    def __init__(self) -> None:
        self.communities: dict[str, CommunityNames] = {}
        self.kinds: dict[str, int] = {}
        self._identities = 0

    def forget(self) -> None:
        """Know nothing any more: the database may be another one."""
        self.communities.clear()
        self.kinds.clear()
        self._identities = 0

    def unknown(self, contributions: Iterable[Named], communities: Iterable[str]) -> set[Name]:
        """Return what `learn` has to look up before rows of these can be made."""
        wanted = {Name("community", "", name) for name in communities if name not in self.communities}
        nothing = CommunityNames(0)
        for event in contributions:
            known = self.communities.get(event.community, nothing)
            if known is nothing:
                wanted.add(Name("community", "", event.community))
            if event.kind not in self.kinds:
                wanted.add(Name("kind", "", event.kind))
            if event.subject not in known.identities:
                wanted.add(Name("identity", event.community, event.subject))
            if event.source not in known.sources:
                wanted.add(Name("source", event.community, event.source))
            if event.team is not None and event.team not in known.teams:
                wanted.add(Name("team", event.community, event.team))
        return wanted

    async def learn(self, connection: asyncpg.Connection, wanted: Iterable[Name]) -> None:
        """Find ids, giving new ones to new names.

        Outside of any transaction: each statement commits by itself, and takes its names in everybody's order, so
        that processes which learn the same names wait for each other briefly and never in a circle.
        """
        for table, names in groupby(sorted(wanted), key=attrgetter("table")):
            new = await self._find(connection, table, list(names))
            if new:
                await connection.execute(ADD[table], *self._columns(new))
                await self._find(connection, table, new)

    async def _find(self, connection: asyncpg.Connection, table: str, names: Sequence[Name]) -> list[Name]:
        """Remember the ids that there are; return the names that have none."""
        ids = dict(map(tuple, await connection.fetch(FIND[table], *self._columns(names))))
        if table == "identity":
            self._make_room(len(ids))
        new = []
        for place, name in enumerate(names, start=1):
            if place in ids:
                self._remember(name, ids[place])
            else:
                new.append(name)
        return new

    def _columns(self, names: Sequence[Name]) -> list[list[str] | list[int]]:
        columns: list[list[str] | list[int]] = [[name.name for name in names]]
        if names[0].community:
            columns.append([self.communities[name.community].id for name in names])
        return columns

    def _remember(self, name: Name, number: int) -> None:
        if name.table == "community":
            self.communities.setdefault(name.name, CommunityNames(number))
        elif name.table == "kind":
            self.kinds[name.name] = number
        else:
            known = self.communities[name.community]
            {"identity": known.identities, "source": known.sources, "team": known.teams}[name.table][name.name] = number

    def _make_room(self, arriving: int) -> None:
        self._identities += arriving
        if self._identities > MOST_IDENTITIES:
            self._identities = arriving
            for known in self.communities.values():
                known.identities = {}
