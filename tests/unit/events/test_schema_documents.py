import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from events.catalog import TYPES
from events.codec import encode
from events.schema_documents import ASYNCAPI, DIRECTORY, RELEASED, SchemaChanged, digest, documents, released, write
from events.topics import BY_HAND, topics
from tests.support.drawn_events import DATA, document, example

SCHEMAS = [f"{type_}.json" for type_ in TYPES]


@pytest.fixture(scope="module")
def asyncapi() -> Any:
    return json.loads((DIRECTORY / ASYNCAPI).read_text())


def validator(stem: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((DIRECTORY / f"tenfold.{stem}.v1.json").read_text()))


def test_committed_documents_are_current() -> None:
    for name, text in documents().items():
        assert (DIRECTORY / name).read_text() == text, f"{name}: run python -m events.schema_documents"


def test_nothing_else_is_committed() -> None:
    assert {path.name for path in DIRECTORY.iterdir()} == {*SCHEMAS, ASYNCAPI, RELEASED}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_released_schema_never_changes(name: str) -> None:
    assert digest((DIRECTORY / name).read_text()) == released()[name]


def test_every_released_schema_is_still_there() -> None:
    assert set(released()) == set(SCHEMAS)


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write(tmp_path)
    assert before == {path.name: path.read_bytes() for path in tmp_path.iterdir()}


@pytest.mark.parametrize("name", [SCHEMAS[0], "tenfold.contribution.dropped.v1.json"])
def test_a_changed_or_dropped_release_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / RELEASED).write_text(json.dumps({name: "0" * 64}))
    with pytest.raises(SchemaChanged, match=name):
        write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [RELEASED]


@pytest.mark.parametrize("stem", DATA)
def test_a_schema_takes_what_we_write(stem: str) -> None:
    Draft202012Validator.check_schema(validator(stem).schema)
    validator(stem).validate(json.loads(encode(example(stem)).value))
    validator(stem).validate(document(stem, traceparent="00-1"))


@pytest.mark.parametrize("stem", DATA)
@pytest.mark.parametrize("attribute", ["specversion", "id", "source", "type", "time", "community"])
def test_a_schema_refuses_what_lacks_an_attribute(stem: str, attribute: str) -> None:
    assert not validator(stem).is_valid(document(stem, **{attribute: None}))


@pytest.mark.parametrize("stem", DATA)
def test_a_schema_refuses_unknown_data_and_other_subjects(stem: str) -> None:
    assert not validator(stem).is_valid(document(stem, data=DATA[stem] | {"unknown": 1}))
    assert not validator(stem).is_valid(document(stem, subject=None if "subject" in document(stem) else "github:1"))


def test_schemas_hold_no_sentences() -> None:
    assert "description" not in "".join((DIRECTORY / name).read_text() for name in SCHEMAS)


def references(node: object) -> Iterator[str]:
    match node:
        case {"$ref": str(target)}:
            yield target
        case dict():
            for value in node.values():
                yield from references(value)
        case list():
            for value in node:
                yield from references(value)


def resolved(whole: Any, target: str) -> Any:
    if target.startswith("./"):
        return json.loads((DIRECTORY / target).read_text())
    node = whole
    for name in target.removeprefix("#/").split("/"):
        node = node[name]
    return resolved(whole, node["$ref"]) if "$ref" in node else node


def test_every_reference_leads_somewhere(asyncapi: Any) -> None:
    targets = list(references(asyncapi))
    assert targets
    assert all(resolved(asyncapi, target) for target in targets)


def test_the_document_has_the_parts_that_asyncapi_3_asks_for(asyncapi: Any) -> None:
    assert asyncapi["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= set(asyncapi["info"])
    assert set(asyncapi) == {"asyncapi", "info", "defaultContentType", "channels", "operations", "components"}
    for operation in asyncapi["operations"].values():
        assert operation["action"] == "receive"
        channel = operation["channel"]["$ref"]
        assert all(message["$ref"].startswith(f"{channel}/messages/") for message in operation["messages"])


def test_every_type_is_a_message_of_its_topic(asyncapi: Any) -> None:
    told = {
        resolved(asyncapi, message["$ref"])["name"]: name
        for name, channel in asyncapi["channels"].items()
        for message in channel["messages"].values()
        if name != BY_HAND
    }
    assert told == {type_: model.topic for type_, model in TYPES.items()}
    by_hand = asyncapi["channels"][BY_HAND]["messages"].values()
    assert {resolved(asyncapi, one["$ref"])["name"] for one in by_hand} == TYPES.keys() - {"tenfold.day.published.v1"}


def test_payloads_are_the_schemas(asyncapi: Any) -> None:
    for message in asyncapi["components"]["messages"].values():
        assert message["payload"]["$ref"] == f"./{message['name']}.json"
        assert resolved(asyncapi, message["payload"]["$ref"])["title"] == message["title"]


def test_channels_are_the_topics(asyncapi: Any) -> None:
    told = {
        channel["address"].format(prefix=channel["parameters"]["prefix"]["default"]): channel["bindings"]["kafka"][
            "partitions"
        ]
        for channel in asyncapi["channels"].values()
    }
    assert told == {topic.name: topic.partitions for topic in topics() if topic.name != "tenfold.dead-letters"}
