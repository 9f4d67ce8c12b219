"""Records as a topic would hold them, and what has to become of them, written straight from the rules."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import asyncpg

from events.contributions import ContributionRecorded
from events.keys import content_digest, fact_key
from streams.batch_transport import Batch
from streams.cut import Kept
from streams.record_batches import Record

TOPIC = "tenfold.contributions"
LOGGED = datetime(2026, 8, 22, tzinfo=UTC)
CONTENT = ("content-type", b"application/cloudevents+json; charset=UTF-8")

POISON = (b"{", b"\xff\xfe", b'{"specversion":"1.0"}', b"[1,2,3]", b'"text"')
"""Malformed each in its own way."""


def contribution(number: int, **changes: Any) -> dict[str, Any]:
    """A contribution as JSON says it; every attribute of the envelope can be changed, or left out with None."""
    happened = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    said = {
        "specversion": "1.0",
        "id": f"commit/{number}",
        "source": "https://git.example.org/project",
        "type": "tenfold.contribution.recorded.v1",
        "time": happened.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "subject": f"email:person{number % 500}@example.org",
        "community": "project",
        "data": {"kind": "commit", "url": f"https://git.example.org/project/commit/{number}"},
    } | changes
    return {name: value for name, value in said.items() if value is not None}


def value(number: int, **changes: Any) -> bytes:
    return json.dumps(contribution(number, **changes), separators=(",", ":")).encode()


def record(
    offset: int,
    value: bytes | None,
    headers: Sequence[tuple[str, bytes]] = (CONTENT,),
    key: bytes | None = b"key",
) -> Record:
    return Kept(offset, int(LOGGED.timestamp() * 1000), key, value, tuple(headers))


def batch(first: int, values: Sequence[bytes | None], topic: str = TOPIC) -> Batch:
    records = [record(first + place, each) for place, each in enumerate(values)]
    return Batch(topic, 0, records, first, first + len(values), 1)


@dataclass
class Expected:
    """What has to stand in the tables after a log of contributions, slow and obvious.

    Attributes:
        facts: digest by key.
        refused: places in the log that nothing can be made of.
        duplicates: how many were told again.
    """

    facts: dict[bytes, int] = field(default_factory=dict)
    refused: list[int] = field(default_factory=list)
    duplicates: int = 0

    def read(self, values: Iterable[bytes]) -> "Expected":
        for place, each in enumerate(values):
            if each in POISON:
                self.refused.append(place)
                continue
            event = ContributionRecorded.model_validate_json(each)
            key, digest = fact_key(event.community, event.source, event.id), content_digest(event)
            if key not in self.facts:
                self.facts[key] = digest
            elif self.facts[key] == digest:
                self.duplicates += 1
            else:
                self.refused.append(place)
        return self


def stream(total: int, *, duplicates: float, poison: float, seed: int) -> list[bytes]:
    """A log of contributions with some told twice and some malformed, the same for the same seed."""
    chance, values = Random(seed), list[bytes]()  # noqa: S311 - the same in every run
    for number in range(total):
        drawn = chance.random()
        if drawn < poison:
            values.append(chance.choice(POISON))
        elif drawn < poison + duplicates and values:
            values.append(chance.choice(values))
        else:
            values.append(value(number))
    return values


async def facts_of(connection: asyncpg.Connection) -> dict[bytes, int]:
    rows = await connection.fetch("select key, digest from contribution_fact")
    assert len(rows) == len({row["key"] for row in rows})
    return {getattr(row["key"], "bytes", row["key"]): row["digest"] for row in rows}
