"""Who speaks for a source that is not theirs is set aside by a real worker; what a person says by hand holds."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from infra.commands import people
from infra.commands.retract import retract
from infra.settings import Settings
from projections.policy.policy import Policy
from streams.producer import Outgoing, Producer
from tests.support.records import value
from tests.support.through_the_log import history_of
from tests.support.worker_process import applied, put, read_all, running

LETTERS = "select topic, reason, count(*) as letters from dead_letter group by topic, reason order by topic, reason"
SOURCE, STRANGER = "https://git.example.org/project", "https://git.example.org/stranger"
WORK = 40
DAY = date(2015, 1, 2)
MOMENT = datetime(2015, 1, 2, tzinfo=UTC).isoformat()


def said(stem: str, data: Mapping[str, Any], **changes: Any) -> bytes:
    """An event of the stranger's."""
    about = {"type": f"tenfold.{stem}.v1", "source": STRANGER, "time": MOMENT, "subject": None}
    return value(0, **about | {"data": data, "id": json.dumps([stem, changes])} | changes)


WITHDRAWN = {"source": SOURCE}
RETRACTED = {"retracts": {"source": SOURCE, "id": "commit/1"}, "reason": "it never counted"}
PUBLISHED = {"day": "2015-01-01", "samples": [], "read_model_version": 1, "policy": "theirs"}
LINKED = {"person": "email:person2@example.org"}
BOT = {"bot": True, "reason": "bot"}

FOREIGN = {
    "contributions": [said("source.withdrawn", WITHDRAWN), said("contribution.retracted", RETRACTED)],
    "community": [
        said("source.checked", {"source": SOURCE, "through": MOMENT, "found": 0}),
        said("source.retired", {"source": SOURCE}),
    ],
    "published": [
        said("day.published", PUBLISHED),
        said("day.published", PUBLISHED, source="by-hand", actor="mallory"),
    ],
    "by-hand": [said("day.published", PUBLISHED, source="tenfold", actor="mallory")],
}
MISPLACED = {
    "contributions": [
        said("source.withdrawn", WITHDRAWN, actor="mallory"),
        said("contribution.retracted", RETRACTED, source="by-hand", actor="mallory"),
        value(1, id="commit/more", actor="mallory"),
    ],
    "people": [
        said("person.linked", LINKED, subject="email:person1@example.org", actor="mallory"),
        said("person.classified", BOT, subject="email:person1@example.org", actor="mallory"),
    ],
    "by-hand": [said("source.withdrawn", {"source": STRANGER}), value(2, id="commit/more")],
}


async def active(settings: Settings) -> float:
    history = await history_of(settings, "project", Policy(), DAY)
    return history.value(("tenfold_active_contributors", (("window_days", "90"),)), DAY)


async def test_a_strangers_word_changes_nothing_and_a_persons_does(
    stack: Settings, database: asyncpg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("kafka_bootstrap_servers", "topic_prefix", "database_url"):
        monkeypatch.setenv(f"TENFOLD_{name.upper()}", str(getattr(stack, name)))  # where commands find it
    sent = WORK
    async with running(stack, tmp_path / "worker.log"):
        await put(stack, [value(number) for number in range(WORK)])
        for records in (FOREIGN, MISPLACED):
            for topic, values in records.items():
                await put(stack, values, topic)
                sent += len(values)
        sent += await binary(stack)
        await applied(database, sent)
        assert await active(stack) == WORK
        prefix = stack.topic_prefix
        assert {
            (row["topic"].removeprefix(prefix), row["reason"], row["letters"]) for row in await database.fetch(LETTERS)
        } == {
            ("contributions", "not_its_own", 3),
            ("community", "not_its_own", 2),
            ("published", "not_its_own", 2),
            ("by-hand", "not_its_own", 1),
            ("contributions", "wrong_topic", 3),
            ("people", "wrong_topic", 2),
            ("by-hand", "wrong_topic", 2),
        }
        assert len(await read_all(stack, "dead-letters")) == sent - WORK

        await put(stack, [said("contribution.retracted", RETRACTED, source=SOURCE)])
        await applied(database, sent + 1)
        assert await active(stack) == WORK - 1, "of itself a source may say so"
        sent += 1
        await people.link("email:person3@example.org", "email:person2@example.org", "project", "grace")
        await applied(database, sent + 1)
        assert await active(stack) == WORK - 2
        await retract(SOURCE, "project", "a mirror", id_="commit/5", actor="grace")
        await applied(database, sent + 2)
        assert await active(stack) == WORK - 3
        await retract(SOURCE, "project", "a mirror", actor="grace")
        await applied(database, sent + 3)
        assert math.isnan(await active(stack)), "nothing is left"


async def binary(settings: Settings) -> int:
    """A withdrawal in the other content mode."""
    event = json.loads(said("source.withdrawn", WITHDRAWN, id="binary"))
    data = json.dumps(event.pop("data")).encode()
    headers = [(f"ce_{name}", text.encode()) for name, text in event.items()]
    content = ("content-type", b"application/json")
    async with Producer(settings.kafka_bootstrap_servers, settings.topic_prefix) as producer:
        topic = settings.topic_prefix + "contributions"
        await producer.publish(topic, [Outgoing(b"k", data, [content, *headers])])
    return 1
