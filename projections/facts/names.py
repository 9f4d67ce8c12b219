"""Names as integers: facts hold an id for each identity, source, team and kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

import asyncpg

LOCK: Final = 0x74656E66_6F6C6401
"""Advisory lock of new names: one process at a time adds them, so none waits for another in a circle."""

MOST_IDENTITIES: Final = 200_000
"""About 40 MB; with more, the cache starts anew, so that memory stays bounded."""

ADD_COMMUNITIES: Final = "insert into community (name) select unnest($1::text[]) on conflict do nothing"
ADD_KINDS: Final = "insert into kind (name) select unnest($1::text[]) on conflict do nothing"
ADD_IDENTITIES: Final = (
    "insert into identity (community, name) select * from unnest($1::int[], $2::text[]) on conflict do nothing"
)
ADD_SOURCES: Final = (
    "insert into source (community, name) select * from unnest($1::int[], $2::text[]) on conflict do nothing"
)
ADD_TEAMS: Final = (
    "insert into team (community, name) select * from unnest($1::int[], $2::text[]) on conflict do nothing"
)
COMMUNITIES: Final = "select name, id from community where name = any($1)"
KINDS: Final = "select name, id from kind where name = any($1)"
IDENTITIES: Final = (
    "select community, name, id from identity join unnest($1::int[], $2::text[]) as wanted (community, name)"
    " using (community, name)"
)
SOURCES: Final = (
    "select community, name, id from source join unnest($1::int[], $2::text[]) as wanted (community, name)"
    " using (community, name)"
)
TEAMS: Final = (
    "select community, name, id from team join unnest($1::int[], $2::text[]) as wanted (community, name)"
    " using (community, name)"
)


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


@dataclass(slots=True)
class CommunityNames:
    """A community's id, and those of the names within it."""

    id: int
    identities: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Wanted:
    """Names whose ids a batch needs; those in a community as (community, name)."""

    communities: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    identities: set[tuple[str, str]] = field(default_factory=set)
    sources: set[tuple[str, str]] = field(default_factory=set)
    teams: set[tuple[str, str]] = field(default_factory=set)


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

    def unknown(self, contributions: Iterable[Named], communities: Iterable[str]) -> Wanted:
        """Return what `learn` has to look up before rows of these can be made."""
        wanted = Wanted(communities={name for name in communities if name not in self.communities})
        nothing = CommunityNames(0)
        for event in contributions:
            known = self.communities.get(event.community, nothing)
            if known is nothing:
                wanted.communities.add(event.community)
            if event.kind not in self.kinds:
                wanted.kinds.add(event.kind)
            if event.subject not in known.identities:
                wanted.identities.add((event.community, event.subject))
            if event.source not in known.sources:
                wanted.sources.add((event.community, event.source))
            if event.team is not None and event.team not in known.teams:
                wanted.teams.add((event.community, event.team))
        return wanted

    async def learn(self, connection: asyncpg.Connection, wanted: Wanted) -> None:
        """Find ids, giving new ones to new names, in a transaction of its own."""
        async with connection.transaction():
            await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
            await connection.execute(ADD_COMMUNITIES, sorted(wanted.communities))
            await connection.execute(ADD_KINDS, sorted(wanted.kinds))
            communities = await connection.fetch(COMMUNITIES, sorted(wanted.communities))
            kinds = await connection.fetch(KINDS, sorted(wanted.kinds))
            ids = {name: known.id for name, known in self.communities.items()} | dict(map(tuple, communities))
            identities = await _ids(connection, ADD_IDENTITIES, IDENTITIES, ids, wanted.identities)
            sources = await _ids(connection, ADD_SOURCES, SOURCES, ids, wanted.sources)
            teams = await _ids(connection, ADD_TEAMS, TEAMS, ids, wanted.teams)
        self._remember(communities, kinds, identities, sources, teams)

    def _remember(
        self,
        communities: list[asyncpg.Record],
        kinds: list[asyncpg.Record],
        identities: list[asyncpg.Record],
        sources: list[asyncpg.Record],
        teams: list[asyncpg.Record],
    ) -> None:
        self._make_room(len(identities))
        for name, number in communities:
            self.communities.setdefault(name, CommunityNames(number))
        self.kinds.update(map(tuple, kinds))
        by_id = {known.id: known for known in self.communities.values()}
        for community, name, number in identities:
            by_id[community].identities[name] = number
        for community, name, number in sources:
            by_id[community].sources[name] = number
        for community, name, number in teams:
            by_id[community].teams[name] = number

    def _make_room(self, arriving: int) -> None:
        self._identities += arriving
        if self._identities > MOST_IDENTITIES:
            self._identities = arriving
            for known in self.communities.values():
                known.identities = {}


async def _ids(
    connection: asyncpg.Connection, add: str, find: str, communities: Mapping[str, int], wanted: set[tuple[str, str]]
) -> list[asyncpg.Record]:
    if not wanted:
        return []
    pairs = sorted(wanted)
    columns = [communities[community] for community, _ in pairs], [name for _, name in pairs]
    await connection.execute(add, *columns)
    return list(await connection.fetch(find, *columns))
