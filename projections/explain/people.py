"""The people of an explanation: who they are, by the names they gave or what their account is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from events.catalog import type_of
from events.people import PersonErased, PersonNamed
from projections.community.snapshot import CommunitySnapshot
from projections.explain.evidence import NUMBER, Evidence
from projections.facts.rows import Connection
from projections.metrics.drilldown import SeatShown, contributed
from projections.seats.roster import logins_of

GIVEN = f"""
select identity, min(name) from (
  select subject as identity, data ->> 'name' as name from other_fact
  where community = $1 and type = '{type_of(PersonNamed)}' and subject = any ($2::text[])
  union all
  select identity, name from private.pseudonym where identity = any ($2::text[]) and name is not null
) as given
where not exists (
  select from other_fact e
  where e.community = $1 and e.type = '{type_of(PersonErased)}' and e.subject = given.identity)
group by 1"""  # noqa: S608 - a constant, put together once


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a number counts, with the name they gave, and their events, oldest first.

    Of who ever held a seat also what their account is called, where it is known; of a leader their share of
    leadership, and the seats they hold with the evidence of each grant.
    """

    person: str
    name: str | None = None
    account: str | None = None
    events: Sequence[Evidence] = ()
    share: float | None = None
    seats: Sequence[SeatShown] = ()


def identities_of(snapshot: CommunitySnapshot, persons: Sequence[str]) -> Mapping[str, list[str]]:
    """All identities of these persons that ever contributed, and the one that stands for each."""
    theirs = contributed(snapshot, persons)
    return {one: sorted({one, *theirs.get(one, [])}) for one in persons}


async def names_of(
    connection: Connection, community: str, identities: Mapping[str, Sequence[str]]
) -> Mapping[str, str]:
    """The alphabetically first of the names that somebody's identities were given, by person."""
    owner = {identity: person for person, theirs in identities.items() for identity in theirs}
    number = await connection.fetchval(NUMBER, community)
    found: dict[str, str] = {}
    for identity, name in await connection.fetch(GIVEN, number, list(owner)):
        person = owner[identity]
        found[person] = min(found.get(person, name), name)
    return found


async def called(connection: Connection, snapshot: CommunitySnapshot, persons: Sequence[str]) -> Mapping[str, str]:
    """What to call these people: by the name they gave, else, if they ever held a seat, by their account."""
    names = await names_of(connection, snapshot.name, identities_of(snapshot, persons))
    logins = logins_of(snapshot)
    return {**{one: logins[one] for one in persons if one in logins}, **names}
