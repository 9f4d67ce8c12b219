"""What importers ask before they send: what stands already, from where, and whom pseudonyms hide."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

import asyncpg

from events.catalog import type_of
from events.keys import fact_key
from events.people import PersonLinked, PersonUnlinked
from events.pseudonyms import KnownPerson
from projections.facts.store import known_digests

SOURCES: Final = """
select source.name from source join community on community.id = source.community
where community.name = $1 and starts_with(source.name, $2)
"""
LINKS: Final = f"""
select distinct on (fact.subject) fact.subject, fact.data ->> 'person' as person
from other_fact as fact join community on community.id = fact.community
where community.name = $1 and fact.source = $2 and fact.actor is null
  and fact.type in ('{type_of(PersonLinked)}', '{type_of(PersonUnlinked)}')
order by fact.subject, fact.time desc, fact.id desc
"""  # noqa: S608 - a constant, put together once
REMEMBER: Final = """
insert into private.pseudonym as known (identity, handle, name)
select * from unnest($1::text[], $2::text[], $3::text[])
on conflict (identity) do update set name = excluded.name
where excluded.name is not null and excluded.name is distinct from known.name
"""


STANDS: Final = """
select fact.id, fact.time, identity.name as subject, (
  select case when bool_or(actor is not null or other.source <> source.name) then 'hand' else 'source' end
  from other_fact as other where other.retracts = fact.key having count(*) > 0
) as retracted_by
from contribution_fact as fact join identity on identity.id = fact.identity join source on source.id = fact.source
"""
STANDING: Final = f"{STANDS} where fact.key = any($1)"
UNCORRECTED: Final = f"""
{STANDS} join community on community.id = source.community
where community.name = $1 and source.name = $2 and not exists (select from other_fact where retracts = fact.key)
"""


class Stands(NamedTuple):
    """A contribution that stands: when, whose, and who took it back, if it was: its `source` itself, or a `hand`."""

    time: datetime
    subject: str
    retracted_by: Literal["source", "hand"] | None


async def contributions(
    connection: asyncpg.Connection, community: str, source: str, ids: Sequence[str]
) -> Mapping[str, Stands]:
    """Of these contributions of a source those that stand, taken back or not, by id."""
    rows = await connection.fetch(STANDING, [fact_key(community, source, id_) for id_ in ids])
    return {row["id"]: _stands(row) for row in rows}


async def uncorrected(connection: asyncpg.Connection, community: str, source: str) -> Mapping[str, Stands]:
    """A source's contributions that were not taken back one by one, by id."""
    return {row["id"]: _stands(row) for row in await connection.fetch(UNCORRECTED, community, source)}


def _stands(row: asyncpg.Record) -> Stands:
    return Stands(row["time"], row["subject"], row["retracted_by"])


async def sources(connection: asyncpg.Connection, community: str, prefix: str) -> list[str]:
    """Sources of a community's contributions whose name begins so."""
    return [row["name"] for row in await connection.fetch(SOURCES, community, prefix)]


async def share_under(connection: asyncpg.Connection, community: str, source: str, ids: Sequence[str]) -> float:
    """Which share of these ids stands under a source."""
    keys = [fact_key(community, source, id_) for id_ in ids]
    return len(await known_digests(connection, keys)) / max(1, len(keys))


async def links(connection: asyncpg.Connection, community: str, source: str) -> dict[str, str]:
    """Identity → person, as a source's own newest word on each identity has it."""
    rows = await connection.fetch(LINKS, community, source)
    return {row["subject"]: row["person"] for row in rows if row["person"] is not None}


async def remember(connection: asyncpg.Connection, people: Iterable[KnownPerson]) -> None:
    """Keeps who is behind pseudonyms; a newer name replaces an older one."""
    newest: dict[str, KnownPerson] = {}
    for person in people:
        if person.name or person.identity not in newest:
            newest[person.identity] = person
    rows = sorted((person.identity, person.handle, person.name) for person in newest.values())
    await connection.execute(REMEMBER, *([row[column] for row in rows] for column in range(3)))
