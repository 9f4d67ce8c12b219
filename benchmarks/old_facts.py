"""Millions of facts that are already there, made inside PostgreSQL, in the shape that the worker gives them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import asyncpg

from benchmarks.scale import tell
from infra.simulate.load import DAYS, IDENTITIES, KINDS

CHUNK: Final = 250_000
"""In one batch: numbers differ, as they do after years."""
TEAMS: Final = 5

NUMBER: Final = "select begin_batch()"

INDEXES: Final = "select indexdef from pg_indexes where tablename = 'contribution_fact' and indexname <> $1"
PRIMARY_KEY: Final = """
select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
where conrelid = 'contribution_fact'::regclass and contype = 'p'
"""
NAMES: Final = """
with made as (insert into community (name) values ($1) returning id),
  identities as (insert into identity (community, name)
    select id, 'github:' || 1000000 + n from made, generate_series(0, $2::int - 1) n),
  teams as (insert into team (community, name)
    select id, 'team-' || n from made, generate_series(0, $3::int - 1) n),
  kinds as (insert into kind (name) select unnest($4::text[]))
insert into source (community, name) select id, 'load:past' from made
"""
FACTS: Final = """
with community as (select id from community where name = $1),
  identities as (select array_agg(id order by id) as ids from identity where community = (select id from community)),
  teams as (select array_agg(id order by id) as ids from team where community = (select id from community)),
  kinds as (select array_agg(id order by id) as ids from kind),
  made as (
    select n, floor($4 * power(random(), 3))::int as who, floor(random() * $6)::int as kind,
      now() - random() * make_interval(days => $5) as time
    from generate_series($2::int, $3::int - 1) n)
insert into contribution_fact (key, digest, identity, source, kind, team, time, batch, id, url)
select md5(n::text)::uuid, n, identities.ids[1 + who],
  (select s.id from source s where s.community = (select id from community) and s.name = 'load:past'),
  kinds.ids[1 + kind], teams.ids[1 + who % 5], time, $7, lpad(to_hex(n), 40, '0'),
  'https://example.org/' || $1 || '/changes/' || lpad(to_hex(n), 40, '0')
from made, identities, teams, kinds
"""


@dataclass(frozen=True, slots=True)
class Past:
    """How many facts, of how many identities, over how many days until now."""

    facts: int
    identities: int = IDENTITIES
    days: int = DAYS


async def make(connection: asyncpg.Connection, community: str, past: Past) -> None:
    """Fill an empty database with a community's past.

    As `infra.simulate.load` has it: identities by the cube of chance, and URLs. Indexes are made anew at the end, which
    takes a tenth of the time.
    """
    await connection.execute(NAMES, community, past.identities, TEAMS, sorted(set(KINDS)))
    remake = await _without_indexes(connection)
    for start in range(0, past.facts, CHUNK):
        end = min(start + CHUNK, past.facts)
        asked = (community, start, end, past.identities, past.days, len(KINDS))
        await connection.execute(FACTS, *asked, await connection.fetchval(NUMBER), timeout=None)
        if end % (10 * CHUNK) == 0:
            tell(f"old facts: {end:,}")
    for statement in (*remake, "vacuum (analyze, freeze) contribution_fact", "checkpoint"):
        await connection.execute(statement, timeout=None)


async def _without_indexes(connection: asyncpg.Connection) -> Sequence[str]:
    """Drop the indexes of an empty table; what makes them again."""
    key = await connection.fetchrow(PRIMARY_KEY)
    definitions = [row["indexdef"] for row in await connection.fetch(INDEXES, key["name"])]
    await connection.execute(f"alter table contribution_fact drop constraint {key['name']}")
    for definition in definitions:
        await connection.execute(f"drop index {definition.split(' ON ')[0].split()[-1]}")
    return [f"alter table contribution_fact add constraint {key['name']} {key['definition']}", *definitions]
