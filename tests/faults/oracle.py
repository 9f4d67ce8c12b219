"""What has to stand in the tables, from the log as a client of others reads it, slow and obvious."""

import json
from dataclasses import dataclass, field
from typing import Final

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, TopicPartition

from events.envelope import MAX_EVENT_BYTES
from infra.settings import Settings
from tests.faults.load import PARTITIONS
from tests.support.records import POISON

PATIENCE_SECONDS: Final = 90.0


@dataclass
class Expected:
    """What a log of contributions comes to.

    Attributes:
        ids: of all contributions.
        people: who did them.
        refused: partition and offset of all that nothing can be made of.
        ends: of the partitions.
    """

    ids: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    refused: set[tuple[int, int]] = field(default_factory=set)
    ends: dict[int, int] = field(default_factory=dict)


def expected(settings: Settings) -> Expected:
    """Read the whole log, committed records alone."""
    topic, found = f"{settings.topic_prefix}contributions", Expected()
    consumer = Consumer(
        {
            "bootstrap.servers": settings.kafka_bootstrap_servers,
            "group.id": "oracle",
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "log_level": 0,
        }
    )
    try:
        consumer.assign([TopicPartition(topic, number, OFFSET_BEGINNING) for number in range(PARTITIONS)])
        while len(found.ends) < PARTITIONS:
            message = consumer.poll(PATIENCE_SECONDS)
            assert message is not None, "the log does not end"
            if error := message.error():
                assert error.code() == KafkaError._PARTITION_EOF, error
                partition = int(message.partition() or 0)
                _, end = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=10)
                if message.offset() == end:  # else a transaction is open, which ends by itself
                    found.ends[partition] = end
                continue
            _take(found, int(message.partition() or 0), int(message.offset() or 0), message.value() or b"")
    finally:
        consumer.close()
    return found


def _take(found: Expected, partition: int, offset: int, value: bytes) -> None:
    if value in POISON or len(value) > MAX_EVENT_BYTES:
        found.refused.add((partition, offset))
    else:
        event = json.loads(value)
        found.ids.add(event["id"])
        found.people.add(event["subject"])
