"""What the facts know of identities beyond what numbers need."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from events.catalog import type_of
from events.people import PersonLinked
from projections.facts.rows import Connection

LINKED: Final = f"""
select distinct fact.subject from other_fact as fact join community on community.id = fact.community
where community.name = $1 and fact.type = '{type_of(PersonLinked)}'
"""  # noqa: S608 - a constant, put together once
HIDDEN: Final = "select identity, handle, name from private.pseudonym where identity = any ($1::text[])"


class Hidden(NamedTuple):
    """Who is behind a pseudonym, from outside of the log."""

    handle: str
    name: str | None


async def linked(connection: Connection, community: str) -> set[str]:
    """The identities that were ever linked to another one."""
    return {row["subject"] for row in await connection.fetch(LINKED, community)}


async def hidden(connection: Connection, identities: Iterable[str]) -> dict[str, Hidden]:
    """Pseudonym → who is behind it, where that is known here."""
    rows = await connection.fetch(HIDDEN, list(identities))
    return {row["identity"]: Hidden(row["handle"], row["name"]) for row in rows}
