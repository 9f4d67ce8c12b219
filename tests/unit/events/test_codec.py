import json
from datetime import timedelta

import pytest
from hypothesis import given

from events.catalog import TYPES
from events.codec import Headers, decode, encode
from events.contributions import ContributionRecorded
from events.envelope import MAX_EVENT_BYTES
from tests.support.drawn_events import DATA, JSON, LOG_TIME, binary, contributions, document, example


@pytest.mark.parametrize("stem", DATA)
def test_every_type_survives_the_way_there_and_back(stem: str) -> None:
    event = example(stem)
    record = encode(event)
    assert decode(record.value, record.headers, LOG_TIME) == event


def test_every_type_has_an_example() -> None:
    assert set(TYPES) == {f"tenfold.{stem}.v1" for stem in DATA}


@given(contributions())
def test_contributions_survive_the_way_there_and_back(event: ContributionRecorded) -> None:
    record = encode(event)
    assert decode(record.value, record.headers, LOG_TIME) == event
    assert encode(event) == record


@pytest.mark.parametrize("stem", DATA)
def test_binary_mode_says_the_same_as_structured(stem: str) -> None:
    value, headers = binary(stem)
    event = decode(value, headers, LOG_TIME)
    assert event == example(stem).model_copy(update={"datacontenttype": "application/json"})


@pytest.mark.parametrize(
    "headers",
    [
        (),
        [("trace", b"1")],
        JSON,
        [("Content-Type", b"Application/CloudEvents+JSON")],
        [("content-type", b"application/cloudevents+json; charset=utf-8"), ("ce_id", b"other")],
    ],
)
def test_structured_mode_is_what_no_header_denies(headers: Headers) -> None:
    assert decode(encode(example("person.named")).value, headers, LOG_TIME) == example("person.named")


def test_the_largest_event_is_read() -> None:
    value = json.dumps(document()).encode()
    assert decode(value + b" " * (MAX_EVENT_BYTES - len(value)), (), LOG_TIME) == example("contribution.recorded")


def test_unknown_extension_attributes_are_ignored() -> None:
    value = json.dumps(document(traceparent="00-1", sequence=7, nested={"a": [1]})).encode()
    assert decode(value, (), LOG_TIME) == example("contribution.recorded")


def test_null_means_absent() -> None:
    value = json.dumps({**document(), "team": None, "actor": None, "datacontenttype": None}).encode()
    assert decode(value, (), LOG_TIME) == example("contribution.recorded")


def test_of_a_key_that_stands_twice_the_last_holds() -> None:
    value = json.dumps(document())[:-1] + ', "id": "2"}'
    assert decode(value.encode(), (), LOG_TIME).id == "2"


def test_identities_have_one_spelling() -> None:
    value = json.dumps(document(subject="Email:Ada@Example.ORG")).encode()
    assert decode(value, (), LOG_TIME).subject == "email:ada@example.org"


def test_times_are_instants() -> None:
    value = json.dumps(document(time="2026-08-22t14:00:00.5+02:00")).encode()
    assert decode(value, (), LOG_TIME).time == LOG_TIME + timedelta(milliseconds=500)
