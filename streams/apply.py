"""One batch, one transaction: its facts, its dead letters and its position, or nothing of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import asyncpg

from events.errors import Reason
from projections.facts import copy_rows, store
from projections.facts.names import Names
from streams.dead_letters import DeadLetters
from streams.decode import Decoded, Refused, Told, other_row


class Place(NamedTuple):
    """A partition of a cluster's log."""

    cluster: str
    topic: str
    partition: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch; `position` is the stored one, which another worker may have moved further."""

    position: int
    applied: int = 0
    duplicate: int = 0
    refused: Sequence[Refused] = ()
    trimmed: int = 0


class PositionResetError(Exception):
    """The stored position lies before what this process has stored: somebody started the log anew.

    What this process holds in memory is then worth nothing: it begins anew, from the stored position.
    """


async def apply(
    connection: asyncpg.Connection, decoded: Decoded, place: Place, expected: int, names: Names, letters: DeadLetters
) -> Outcome:
    """Apply a batch exactly once, whatever has been applied of it before and by whom.

    Args:
        connection: its transaction is this batch's.
        decoded: with rows packed.
        place: the partition that it comes from.
        expected: the position that the writer last knew; the stored one can only be further.
        names: which hold every name of the batch.
        letters: where refused records go before the position moves.

    Raises:
        PositionResetError: the stored position went back.
        asyncpg.UniqueViolationError: another partition's transaction wrote one of these keys meanwhile: try again.
    """
    async with connection.transaction():
        locked = await store.lock_position(connection, *place)
        if locked is None or locked.next_offset < expected:
            raise PositionResetError(f"{place.topic}[{place.partition}] was at {expected}")
        trimmed = 0
        if locked.next_offset > decoded.batches[0].first_offset:
            trimmed, decoded = _trimmed(decoded, locked.next_offset)
        if locked.next_offset >= decoded.next_offset:
            return Outcome(locked.next_offset, trimmed=trimmed)
        return await _write(connection, decoded, place, locked.batch, trimmed, names, letters)


async def _write(
    connection: asyncpg.Connection,
    decoded: Decoded,
    place: Place,
    batch: int,
    trimmed: int,
    names: Names,
    letters: DeadLetters,
) -> Outcome:
    rare = [told.key for told, _ in decoded.others] + [told.key for told in decoded.repeats]
    known = await store.known_digests(connection, decoded.keys + rare)
    rows = [row for row in decoded.rows if copy_rows.key_of(row) not in known]
    responses = [row for row in decoded.responses if row.key not in known]
    others = [other_row(told, event, names) for told, event in decoded.others if told.key not in known]
    conflicts, duplicate = _told_again(decoded, known)
    refused = sorted([*decoded.refused, *conflicts])
    if refused:
        records = decoded.records({letter.offset for letter in refused})
        await letters.publish(place.topic, place.partition, [(records[letter.offset], letter) for letter in refused])
    await store.add_contributions(connection, rows, batch)
    await store.add_responses(connection, responses, batch)
    await store.add_others(connection, others, batch)
    await store.add_dead_letters(connection, [(place.topic, place.partition, *letter) for letter in refused])
    await store.advance(connection, *place, decoded.next_offset, decoded.mark)
    return Outcome(decoded.next_offset, len(rows) + len(others), duplicate, refused, trimmed)


def _trimmed(decoded: Decoded, position: int) -> tuple[int, Decoded]:
    below = sum(record.offset < position for batch in decoded.batches for record in batch.records)
    return below, decoded.from_offset(position)


def _told_again(decoded: Decoded, known: Mapping[bytes, int]) -> tuple[list[Refused], int]:
    """Tell conflicts from duplicates: of one key, what was told first in the log holds."""
    first = decoded.told({told.key for told in decoded.repeats})
    holds = {told.key: told.digest for told in first} | dict(known)
    again = decoded.told(known) + decoded.repeats
    conflicts = [_conflict(told) for told in again if told.digest != holds[told.key]]
    return conflicts, len(again) - len(conflicts)


def _conflict(told: Told) -> Refused:
    return Refused(told.offset, Reason.CONFLICTING_DUPLICATE, "told before with other content")
