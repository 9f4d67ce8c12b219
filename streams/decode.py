"""Records become facts to write, or are refused; nothing is looked up and nothing is written here."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NamedTuple

from events import codec, fast_contribution
from events.catalog import AnyEvent
from events.contributions import ContributionRecorded, ContributionRetracted
from events.envelope import MAX_TIME_AHEAD
from events.errors import Reason, Rejected
from events.fast_contribution import FastContribution, flattened
from events.keys import content_digest, contribution_digest, fact_key
from projections.facts import copy_rows
from projections.facts.names import Names, Wanted
from streams.batch_transport import Batch, Record

_AHEAD_MICROSECONDS: Final = MAX_TIME_AHEAD // MAX_TIME_AHEAD.resolution


class Told(NamedTuple):
    """An event that was told, by its place in the log."""

    offset: int
    key: bytes
    digest: int


class Refused(NamedTuple):
    """A record that cannot be applied, and why."""

    offset: int
    reason: Reason
    detail: str


@dataclass(slots=True)
class Decoded:
    """Batches of one partition, ready to be written.

    Attributes:
        batches: where it came from, in log order.
        contributions: the first telling of each key, sorted by key, beside `told`.
        rows: of the contributions, complete but for the transaction.
        others: the first telling of each event of another type, with its row.
        repeats: keys told again within these batches.
        refused: what cannot be applied, in log order.
    """

    batches: Sequence[Batch]
    contributions: list[FastContribution] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    rows: list[bytes] = field(default_factory=list)
    others: list[tuple[Told, AnyEvent]] = field(default_factory=list)
    repeats: list[Told] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many records it holds."""
        return sum(len(batch.records) for batch in self.batches)

    @property
    def next_offset(self) -> int:
        """The position that applying it leads to."""
        return self.batches[-1].next_offset

    def records(self, offsets: Collection[int]) -> dict[int, Record]:
        """Return the records at these offsets, by offset."""
        return {record.offset: record for batch in self.batches for record in batch.records if record.offset in offsets}

    def from_offset(self, position: int) -> "Decoded":
        """Return what is left of it at and after a position."""
        kept = [place for place, told in enumerate(self.told) if told.offset >= position]
        return Decoded(
            self.batches,
            [self.contributions[place] for place in kept],
            [self.told[place] for place in kept],
            [self.rows[place] for place in kept],
            [(told, event) for told, event in self.others if told.offset >= position],
            [told for told in self.repeats if told.offset >= position],
            [refused for refused in self.refused if refused.offset >= position],
        )


class Decoder:
    """Decodes under a policy.

    Args:
        accepts: whether a community's events are wanted.
        prefix: of the topics' names.
    """

    def __init__(self, accepts: Callable[[str], bool], prefix: str) -> None:
        self._accepts = accepts
        self._prefix = prefix
        self._contributions = f"{prefix}{ContributionRecorded.topic}"

    def __call__(self, batches: Sequence[Batch]) -> Decoded:
        """Decode batches of one partition, given in log order."""
        decoded = Decoded(batches)
        seen: set[bytes] = set()
        told: list[tuple[Told, FastContribution]] = []
        for batch in batches:
            for record in batch.records:
                try:
                    self._decode(record, seen, told, decoded)
                except Rejected as rejected:
                    decoded.refused.append(Refused(record.offset, rejected.reason, rejected.detail))
        told.sort(key=_key)
        decoded.told = [place for place, _ in told]
        decoded.contributions = [event for _, event in told]
        decoded.others.sort(key=_key)
        return decoded

    def _decode(
        self, record: Record, seen: set[bytes], contributions: list[tuple[Told, FastContribution]], decoded: Decoded
    ) -> None:
        event = self._event(record)
        if not self._accepts(event.community):
            raise Rejected(Reason.UNKNOWN_COMMUNITY)
        key = fact_key(event.community, event.source, event.id)
        fast = isinstance(event, FastContribution)
        told = Told(record.offset, key, contribution_digest(event) if fast else content_digest(event))
        if key in seen:
            decoded.repeats.append(told)
        elif fast:
            contributions.append((told, event))
        else:
            decoded.others.append((told, event))
        seen.add(key)

    def _event(self, record: Record) -> FastContribution | AnyEvent:
        value, headers = record.value, record.headers
        if value is not None and record.topic == self._contributions and codec.is_structured(headers):
            contribution = fast_contribution.decode(value, record.timestamp * 1000 + _AHEAD_MICROSECONDS)
            if contribution is not None:
                return contribution
        event = codec.decode(value, headers, datetime.fromtimestamp(record.timestamp / 1000, UTC))
        if record.topic != self._prefix + event.topic:
            raise Rejected(Reason.WRONG_TOPIC, f"belongs in {event.topic}")
        return flattened(event) if isinstance(event, ContributionRecorded) else event


def pack(decoded: Decoded, names: Names) -> Wanted | None:
    """Make the rows of contributions; where ids are missing, return them instead."""
    try:
        decoded.rows = copy_rows.rows(
            names, decoded.contributions, [told.key for told in decoded.told], [told.digest for told in decoded.told]
        )
        if all(event.community in names.communities for _, event in decoded.others):
            return None
    except KeyError:
        pass
    return names.unknown(decoded.contributions, {event.community for _, event in decoded.others})


def other_row(told: Told, event: AnyEvent, names: Names) -> tuple[object, ...]:
    """Return the row of a rare event, in the order of `store.OTHER_COLUMNS`."""
    return (
        told.key,
        told.digest,
        names.communities[event.community].id,
        event.type,
        event.source,
        event.id,
        event.subject,
        event.team,
        event.actor,
        event.time,
        json.dumps(event.data.model_dump(mode="json", by_alias=True, exclude_none=True)),
        _retracts(event),
    )


def _retracts(event: AnyEvent) -> bytes | None:
    if not isinstance(event, ContributionRetracted):
        return None
    retracted = event.data.retracts
    return fact_key(event.community, retracted.source, retracted.id)


def _key(told: tuple[Told, object]) -> bytes:
    return told[0].key
