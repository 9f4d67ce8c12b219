"""The AsyncAPI 3 document: which events Tenfold takes, on which topics, under which keys.

Source: https://www.asyncapi.com/docs/reference/specification/v3.0.0
"""

from typing import Any

from events.catalog import TYPES
from events.envelope import Event
from events.published import DayPublished
from events.topics import BY_HAND, DEFAULT_PREFIX, INPUT_TOPICS, Topic, topics

_SUBJECT_KEYED = f"the identity of whoever did it; without a subject, or in {BY_HAND}, the community"
_COMMUNITY_KEYED = "the community"


def document() -> dict[str, Any]:
    """Return the AsyncAPI document, whose payloads are the schemas beside it."""
    inputs = {topic.name.removeprefix(DEFAULT_PREFIX): topic for topic in topics() if _takes_events(topic)}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Tenfold events",
            "version": "1.0.0",
            "description": "What sources tell Tenfold about a community, as CloudEvents 1.0 over Kafka.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {name: _channel(name, topic) for name, topic in inputs.items()},
        "operations": {f"receive_{name}": _operation(name) for name in inputs},
        "components": {"messages": {_message_name(model): _message(type_, model) for type_, model in TYPES.items()}},
    }


def _takes_events(topic: Topic) -> bool:
    return topic.name.removeprefix(DEFAULT_PREFIX) in INPUT_TOPICS


def _channel(name: str, topic: Topic) -> dict[str, Any]:
    return {
        "address": f"{{prefix}}{name}",
        "parameters": {"prefix": {"default": DEFAULT_PREFIX, "description": "set by TENFOLD_TOPIC_PREFIX"}},
        "messages": {_message_name(model): _reference(model) for model in _models_of(name)},
        "bindings": {"kafka": {"partitions": topic.partitions, "topicConfiguration": _configuration(topic)}},
    }


def _configuration(topic: Topic) -> dict[str, Any]:
    """The part of a topic's configuration that the binding knows, typed as it has it."""
    return {
        "cleanup.policy": topic.config["cleanup.policy"].split(","),
        "retention.ms": int(topic.config["retention.ms"]),
        "max.message.bytes": int(topic.config["max.message.bytes"]),
    }


def _operation(name: str) -> dict[str, Any]:
    channel = f"#/channels/{name}"
    return {
        "action": "receive",
        "summary": f"Tenfold applies what stands in {name}.",
        "channel": {"$ref": channel},
        "messages": [{"$ref": f"{channel}/messages/{_message_name(model)}"} for model in _models_of(name)],
    }


def _message(type_: str, model: type[Event]) -> dict[str, Any]:
    key = _SUBJECT_KEYED if model.topic == "contributions" else _COMMUNITY_KEYED
    return {
        "name": type_,
        "title": model.__name__,
        "summary": (model.__doc__ or "").partition("\n")[0],
        "contentType": "application/cloudevents+json",
        "payload": {"$ref": f"./{type_}.json"},
        "bindings": {"kafka": {"key": {"type": "string", "description": key}}},
    }


def _message_name(model: type[Event]) -> str:
    return model.__name__


def _reference(model: type[Event]) -> dict[str, str]:
    return {"$ref": f"#/components/messages/{_message_name(model)}"}


def _models_of(topic: str) -> list[type[Event]]:
    """The events of a topic; of those by hand all that a person may say."""
    if topic == BY_HAND:
        return [model for model in TYPES.values() if model is not DayPublished]
    return [model for model in TYPES.values() if model.topic == topic]
