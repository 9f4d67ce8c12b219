"""The topics: names, fixed partition counts, and configuration.

No code relies on Kafka's order; keys only spread the load.
"""

from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT_PREFIX = "tenfold."
INPUT_TOPICS = ("contributions", "roles", "mentoring", "people", "community", "published")
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


def _config(max_message_bytes: int) -> dict[str, str]:
    return {
        "cleanup.policy": "delete",
        "retention.ms": "-1",
        "message.timestamp.type": "LogAppendTime",
        "max.message.bytes": str(max_message_bytes),
    }
