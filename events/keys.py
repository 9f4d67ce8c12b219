"""What tells facts apart: a key by identity of the event, a digest by its content.

Both are kept in the database, so what they give for an event never changes.
"""

from datetime import date, datetime
from hashlib import blake2b
from typing import Any

import msgspec

from events.contributions import ContributionRecorded
from events.envelope import Event
from events.fast_contribution import FastContribution, flattened, microseconds

_canonical = msgspec.json.Encoder(order="sorted").encode


def fact_key(community: str, source: str, id_: str) -> bytes:
    """Return the 16 bytes that identify an event.

    The lengths stand before the parts, so that no two triples read alike when joined.
    """
    joined = f"{len(community)}:{community}{len(source)}:{source}{id_}"
    return blake2b(joined.encode(), digest_size=16).digest()


def content_digest(event: Event) -> int:
    """Return a signed 64-bit digest of what an event says: all but community, source and id.

    Equal for equal meaning: an absent field and a null, or one instant in two time zones, make no
    difference. The version is left out, so that an event and its upcast successor agree.
    """
    if isinstance(event, ContributionRecorded):
        return contribution_digest(flattened(event))
    stem = event.type.rpartition(".")[0]
    said = {name: _plain(value) for name, value in event.data if value is not None}
    return _digest((stem, microseconds(event.time), event.subject, event.team, event.actor, said))


def contribution_digest(contribution: FastContribution) -> int:
    """Return the same digest as ``content_digest`` of the contribution's model."""
    return _digest(
        (
            contribution.time,
            contribution.subject,
            contribution.kind,
            contribution.url,
            contribution.authored_at,
            contribution.team,
            contribution.actor,
            contribution.about,
            contribution.responds_to,
            contribution.outcome,
        )
    )


def _digest(content: object) -> int:
    return int.from_bytes(blake2b(_canonical(content), digest_size=8).digest(), "big", signed=True)


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return microseconds(value)
        case date() | str() | int() | float():
            return value
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return {name: _plain(item) for name, item in dict(value).items() if item is not None}
