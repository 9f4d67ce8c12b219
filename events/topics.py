"""The topics: names, fixed partition counts, and configuration.

No code relies on Kafka's order; keys only spread the load.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from events.envelope import Event

DEFAULT_PREFIX = "tenfold."
BY_HAND = "by-hand"
"""What people say: they outrank sources, so who may write here is not who may write elsewhere."""
INPUT_TOPICS = ("contributions", "roles", "mentoring", "people", "community", "published", BY_HAND)
DEAD_LETTERS = "dead-letters"

_CONTRIBUTION_PARTITIONS = 8
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it must be: by its whole name, prefix included."""

    name: str
    partitions: int
    config: Mapping[str, str]


def topics(prefix: str = DEFAULT_PREFIX) -> tuple[Topic, ...]:
    """Return every topic under a prefix, inputs first, dead letters last."""
    inputs = (
        Topic(prefix + name, _CONTRIBUTION_PARTITIONS if name == "contributions" else 1, _config(_MEBIBYTE))
        for name in INPUT_TOPICS
    )
    return (*inputs, Topic(prefix + DEAD_LETTERS, 1, _config(2 * _MEBIBYTE)))


def topic_of(event: Event) -> str:
    """Return where an event belongs, prefix left out: that of its type, or that of what people say."""
    return event.topic if event.actor is None else BY_HAND


def _config(max_message_bytes: int) -> dict[str, str]:
    return {
        "cleanup.policy": "delete",
        "retention.ms": "-1",
        "message.timestamp.type": "LogAppendTime",
        "max.message.bytes": str(max_message_bytes),
    }
