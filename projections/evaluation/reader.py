"""What changed in the facts of one community since a cursor; see `projections.facts.rows` for how far that is."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.catalog import type_of
from events.published import DayPublished
from projections.community.artefacts import Rows, from_copy
from projections.community.change import Change
from projections.community.contributions import DailyContributions
from projections.community.firsts import FirstMoments
from projections.community.names import ContributionNames
from projections.community.published import ACTIVE, CONDITION
from projections.facts.fact import events_of
from projections.facts.rows import WITHDRAWN, Connection
from projections.timeline.ranges import Ints

NAMES = {
    "identities": "select id, name from identity where community = $1 and id > $2 order by id",
    "teams": "select id, name from team where community = $1 and id > $2 order by id",
    "kinds": "select id, name from kind where $1::int is not null and id > $2 order by id",
    "sources": "select id, name from source where community = $1 and id > $2 order by id",
}
FACTS = f"""
select type, source, f.id, time, subject, team, actor, name as community,
  case type when '{type_of(DayPublished)}' then jsonb_set(data, '{{samples}}', jsonb_path_query_array(
    data, '$.samples[*] ? (@.name == $read[*])', jsonb_build_object('read', $4::text[]))) else data end as data
from other_fact f join community c on c.id = f.community
where community = $1 and batch >= $2 and batch < $3"""  # noqa: S608 - a constant, put together once
"""Of what was published, which is most of all that is stored, only the numbers that are read again."""
TAKEN_BACK = f"""
select distinct f.identity from contribution_fact f join other_fact o on o.retracts = f.key
where o.community = $1 and o.batch >= $2 and o.batch < $3
union
select distinct f.identity from contribution_fact f join ({WITHDRAWN}) w on w.source = f.source
where w.batch >= $2 and w.batch < $3"""  # noqa: S608 - a constant, put together once
CELLS = f"""
select f.identity, ((f.time at time zone 'UTC')::date - date '1970-01-01')::int, coalesce(f.team, -1)::int,
  f.kind, f.source, count(*)::int, (extract(epoch from min(f.time)) * 1000000)::bigint
from contribution_fact f
where f.batch < $3
  and (f.identity = any ($4::int[]) or f.batch >= $2
    and f.identity in (select id from identity where community = $1))
  and not exists (select from other_fact r where r.retracts = f.key)
  and not exists (select from ({WITHDRAWN}) w where w.source = f.source and (w.before is null or f.time < w.before))
group by 1, 2, 3, 4, 5"""  # noqa: S608 - a constant, put together once
RESPONSES = f"""
with wanted as (
  select key from response_fact where batch >= $2 and batch < $3
  union
  select f.key from contribution_fact f join response_fact r using (key)
  where f.identity = any ($4::int[]) and f.batch < $3
)
select f.key, coalesce(r.responds_to, '00000000-0000-0000-0000-000000000000'),
  coalesce(hashtextextended(r.about, f.source), 0), f.identity::bigint, f.source::bigint,
  (extract(epoch from f.time) * 1000000)::bigint,
  coalesce(array_position(array['opened', 'accepted', 'declined'], r.outcome), 0)::bigint
from wanted join response_fact r using (key) join contribution_fact f using (key)
where f.identity in (select id from identity where community = $1)
  and not exists (select from other_fact o where o.retracts = f.key)
  and not exists (select from ({WITHDRAWN}) w where w.source = f.source and (w.before is null or f.time < w.before))
"""  # noqa: S608 - a constant, put together once
MOMENTS = """
select s.name, ((f.time at time zone 'UTC')::date - date '1970-01-01')::int, extract(epoch from max(f.time))::float8
from contribution_fact f join source s on s.id = f.source
where s.community = $1 and f.batch >= $2 and f.batch < $3
group by 1, 2"""

COPY_HEADER_BYTES = 19
COPY_TRAILER_BYTES = 2
SIX_INTEGERS = [(f"{what}{at}", ">i4") for at in range(6) for what in ("size", "value")]
CELL = np.dtype([("fields", ">i2"), *SIX_INTEGERS, ("size", ">i4"), ("moment", ">i8")])
"""A cell, and the moment of its first contribution in microseconds since the epoch."""


@dataclass(slots=True)
class Numbering:
    """Numbers of the database, which ascend with gaps, to the place of their name in a list."""

    ids: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def dense(self, ids: Ints) -> Ints:
        """Places in the list."""
        return np.searchsorted(np.array(self.ids, np.int64), ids)


class FactReader:
    """Reads one community's facts, change by change; a reader whose change was not applied must be thrown away."""

    def __init__(self, community: int) -> None:
        self.community = community
        self.cursor = 0
        self._numbering = {what: Numbering() for what in NAMES}

    async def read(self, connection: Connection, before: int) -> Change:
        """What is new since the last call, up to a horizon.

        Args:
            connection: in a repeatable-read transaction that began after the horizon was asked for.
            before: the horizon.
        """
        between = (self.community, self.cursor, before)
        replaced = [row[0] for row in await connection.fetch(TAKEN_BACK, *between)] if self.cursor else []
        for what, numbering in self._numbering.items():
            await self._read_names(connection, what, numbering)
        rows = np.frombuffer(await body_of(connection, CELLS, *between, replaced), CELL)
        cells, firsts = self._cells(rows), self._firsts(rows)
        responses = self._responses(await body_of(connection, RESPONSES, *between, replaced))
        read = events_of(await connection.fetch(FACTS, *between, [ACTIVE, CONDITION]))
        moments = [(row[0], row[1], row[2]) for row in await connection.fetch(MOMENTS, *between)]
        self.cursor = before
        gone = self._numbering["identities"].dense(np.array(replaced, np.int64))
        events = [event for _, event in read.events]
        return Change(self._names(), cells, gone, events, moments, responses, read.refused, firsts)

    async def _read_names(self, connection: Connection, what: str, numbering: Numbering) -> None:
        newest = numbering.ids[-1] if numbering.ids else 0
        for number, name in await connection.fetch(NAMES[what], self.community, newest):
            numbering.ids.append(number)
            numbering.names.append(name)

    def _cells(self, told: NDArray[np.void]) -> DailyContributions:
        rows = np.stack([told[f"value{at}"] for at in range(6)], axis=1).astype(np.int64)
        for column, what in ((0, "identities"), (3, "kinds"), (4, "sources")):
            rows[:, column] = self._numbering[what].dense(rows[:, column])
        in_team = rows[:, 2] >= 0
        rows[in_team, 2] = self._numbering["teams"].dense(rows[in_team, 2])
        return DailyContributions.of(rows)

    def _firsts(self, told: NDArray[np.void]) -> FirstMoments:
        return FirstMoments.of(self._numbering["identities"].dense(told["value0"]), told["moment"] / 1e6)

    def _responses(self, body: bytes) -> Rows:
        rows = from_copy(body)
        for column, what in (("identity", "identities"), ("source", "sources")):
            rows[column] = self._numbering[what].dense(rows[column])
        return rows

    def _names(self) -> ContributionNames:
        identities, teams, kinds, sources = (tuple(self._numbering[what].names) for what in NAMES)
        return ContributionNames(identities, teams, kinds, sources)


async def body_of(connection: Connection, query: str, *arguments: Any) -> bytes:
    """Rows by binary COPY: no Python object is made for a row."""
    buffer = BytesIO()
    await connection.copy_from_query(query, *arguments, output=buffer, format="binary")
    return buffer.getvalue()[COPY_HEADER_BYTES:-COPY_TRAILER_BYTES]
