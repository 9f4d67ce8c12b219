"""Records become facts to write, or are refused; nothing is looked up and nothing is written here."""

import json
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Final, NamedTuple

from events import codec, fast_contribution
from events.catalog import AnyEvent
from events.contributions import ContributionRecorded, ContributionRetracted
from events.envelope import MAX_TIME_AHEAD
from events.errors import Reason, Rejected
from events.fast_contribution import FastContribution, flattened
from events.keys import content_digest, contribution_digest, fact_key
from events.topics import topic_of
from projections.facts import copy_rows
from projections.facts.names import Name, Names
from projections.facts.store import Mark
from streams.batch_transport import Batch
from streams.record_batches import Record

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_AHEAD_MICROSECONDS: Final = MAX_TIME_AHEAD // MAX_TIME_AHEAD.resolution


class Told(NamedTuple):
    """An event that was told, by its place in the log."""

    offset: int
    key: bytes
    digest: int


class Response(NamedTuple):
    """What a contribution says beside what was done, in the order of `store.RESPONSE_COLUMNS`."""

    key: bytes
    about: str | None
    responds_to: bytes | None
    outcome: str | None


class Refused(NamedTuple):
    """A record that cannot be applied, and why."""

    offset: int
    reason: Reason
    detail: str


@dataclass(slots=True)
class Decoded:
    """Batches of one partition, ready to be written; columns rather than objects, for there are thousands at a time.

    Attributes:
        batches: where it came from, in log order.
        contributions: the first telling of each, in log order, beside `keys`, `digests` and `offsets`.
        rows: of the contributions, sorted by key, complete but for the transaction.
        others: the first telling of each event of another type, sorted by key.
        responses: of the few contributions that say anything of an artefact, in log order.
        repeats: events told again within these batches.
        refused: what cannot be applied, in log order.
    """

    batches: Sequence[Batch]
    contributions: list[FastContribution] = field(default_factory=list)
    keys: list[bytes] = field(default_factory=list)
    digests: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    rows: list[bytes] = field(default_factory=list)
    others: list[tuple[Told, AnyEvent]] = field(default_factory=list)
    repeats: list[Told] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)

    @property
    def next_offset(self) -> int:
        """The position that applying it leads to."""
        return self.batches[-1].next_offset

    @property
    def mark(self) -> Mark | None:
        """Of the newest batch of the log that this is of."""
        return next((batch.mark for batch in reversed(self.batches) if batch.mark), None)

    def told(self, wanted: Container[bytes]) -> list[Told]:
        """Return the first telling of each of these keys that is told here."""
        columns = zip(self.offsets, self.keys, self.digests, strict=True)
        contributions = [Told(*each) for each in columns if each[1] in wanted]
        return contributions + [told for told, _ in self.others if told.key in wanted]

    def records(self, offsets: Container[int]) -> dict[int, Record]:
        """Return the records at these offsets, by offset."""
        aside = (one.record for batch in self.batches for one in batch.set_aside)
        records = chain(aside, *(batch.records for batch in self.batches))
        return {record.offset: record for record in records if record.offset in offsets}

    def from_offset(self, position: int) -> "Decoded":
        """Return what is left of it at and after a position; its batches stay as they are."""
        kept = [place for place, offset in enumerate(self.offsets) if offset >= position]
        keys = {self.keys[place] for place in kept}
        return Decoded(
            self.batches,
            [self.contributions[place] for place in kept],
            [self.keys[place] for place in kept],
            [self.digests[place] for place in kept],
            [self.offsets[place] for place in kept],
            [row for row in self.rows if copy_rows.key_of(row) in keys],
            [(told, event) for told, event in self.others if told.offset >= position],
            [told for told in self.repeats if told.offset >= position],
            [refused for refused in self.refused if refused.offset >= position],
            [response for response in self.responses if response.key in keys],
        )


class Decoder:
    """Decodes under a policy.

    Args:
        accepts: whether a community's events are wanted; asked anew for each event, since policies change.
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
        for batch in batches:
            decoded.refused += [Refused(one.record.offset, one.reason, one.detail) for one in batch.set_aside]
            for record in batch.records:
                try:
                    self._tell(record.offset, self._event(batch.topic, record), seen, decoded)
                except Rejected as rejected:
                    decoded.refused.append(Refused(record.offset, rejected.reason, rejected.detail))
        decoded.others.sort(key=_key)
        return decoded

    def _tell(self, offset: int, event: FastContribution | AnyEvent, seen: set[bytes], decoded: Decoded) -> None:
        if not self._accepts(event.community):
            raise Rejected(Reason.UNKNOWN_COMMUNITY)
        key = fact_key(event.community, event.source, event.id)
        if key in seen:
            decoded.repeats.append(Told(offset, key, _digest(event)))
        elif isinstance(event, FastContribution):
            decoded.contributions.append(event)
            decoded.keys.append(key)
            decoded.digests.append(contribution_digest(event))
            decoded.offsets.append(offset)
            if event.about or event.responds_to or event.outcome:
                decoded.responses.append(_response(key, event))
        else:
            decoded.others.append((Told(offset, key, content_digest(event)), event))
        seen.add(key)

    def _event(self, topic: str, record: Record) -> FastContribution | AnyEvent:
        value, headers = record.value, record.headers
        if value is not None and topic == self._contributions and codec.is_structured(headers):
            contribution = fast_contribution.decode(value, record.timestamp * 1000 + _AHEAD_MICROSECONDS)
            if contribution is not None:
                return contribution
        event = codec.decode(value, headers, _logged_at(record))
        if topic != self._prefix + topic_of(event):
            raise Rejected(Reason.WRONG_TOPIC, f"belongs in {topic_of(event)}")
        return flattened(event) if isinstance(event, ContributionRecorded) else event


def _logged_at(record: Record) -> datetime:
    """When a record was logged; senders say so themselves where a topic lets them, and may say anything."""
    try:
        return EPOCH + timedelta(milliseconds=record.timestamp)
    except OverflowError:
        raise Rejected(Reason.NO_TIMESTAMP, "the record's own timestamp is no time") from None


def pack(decoded: Decoded, names: Names) -> set[Name] | None:
    """Make the rows of contributions; where ids are missing, return them instead."""
    try:
        decoded.rows = copy_rows.rows(names, decoded.contributions, decoded.keys, decoded.digests)
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


def _response(key: bytes, event: FastContribution) -> Response:
    answered = event.responds_to
    target = fact_key(event.community, answered.source, answered.id) if answered else None
    return Response(key, event.about, target, event.outcome)


def _digest(event: FastContribution | AnyEvent) -> int:
    return contribution_digest(event) if isinstance(event, FastContribution) else content_digest(event)


def _key(told: tuple[Told, object]) -> bytes:
    return told[0].key
