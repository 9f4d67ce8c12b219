"""What no reader takes, and by which reason each is refused."""

import json
from datetime import timedelta
from typing import Any

import pytest

from events.codec import MAX_DEPTH, STRUCTURED_HEADERS, Headers, decode, encode
from events.envelope import EARLIEST_TIME, MAX_EVENT_BYTES, Event
from events.errors import Reason, Rejected
from tests.support.drawn_events import DATA, LOG_TIME, binary, document, example


def rejection(value: bytes | None, headers: Headers = STRUCTURED_HEADERS) -> Reason:
    with pytest.raises(Rejected) as caught:
        decode(value, headers, LOG_TIME)
    return caught.value.reason


def rejection_of(stem: str = "contribution.recorded", /, **changes: Any) -> Reason:
    return rejection(json.dumps(document(stem, **changes)).encode())


@pytest.mark.parametrize("format_", [b"application/cloudevents-batch+json", b"application/cloudevents+avro"])
def test_other_formats_of_events_are_refused(format_: bytes) -> None:
    assert rejection(encode(example("goal.set")).value, [("content-type", format_)]) == "not_cloudevent"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, Reason.NULL_VALUE),
        (b"", Reason.NOT_JSON),
        (b"hello", Reason.NOT_JSON),
        (b'{"id": 1', Reason.NOT_JSON),
        (b"\xef\xbb\xbf{}", Reason.NOT_JSON),
        (b'{"id": NaN}', Reason.NOT_JSON),
        (b'{"id": -Infinity}', Reason.NOT_JSON),
        (b'{"id": "\\ud800"}', Reason.NOT_JSON),
        (b'{"id": "\xff"}', Reason.NOT_UTF8),
        (b'{"id": "\xed\xa0\x80"}', Reason.NOT_UTF8),
        (b"null", Reason.NOT_CLOUDEVENT),
        (b"[]", Reason.NOT_CLOUDEVENT),
        (b"{}", Reason.NOT_CLOUDEVENT),
        (b'{"specversion": "1.0", "type": 1}', Reason.NOT_CLOUDEVENT),
        (b"[" * 10_000 + b"]" * 10_000, Reason.TOO_DEEP),
        (b'{"a":' * MAX_DEPTH + b"[]" + b"}" * MAX_DEPTH, Reason.TOO_DEEP),
        (b" " * (MAX_EVENT_BYTES + 1), Reason.TOO_LARGE),
        (b"\xff" * 300 * 1024, Reason.TOO_LARGE),
    ],
)
def test_what_is_no_event_is_refused(value: bytes | None, reason: Reason) -> None:
    assert rejection(value) == reason


@pytest.mark.parametrize("attribute", ["specversion", "id", "source", "type", "time", "subject", "community"])
def test_a_missing_attribute_is_refused(attribute: str) -> None:
    assert rejection_of(**{attribute: None}) == Reason.NOT_CLOUDEVENT


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("specversion", "0.3"),
        ("id", ""),
        ("id", 1),
        ("id", "i" * 513),
        ("id", "line\nbreak"),
        ("source", ""),
        ("community", "Rust"),
        ("community", "-rust"),
        ("community", "r" * 64),
        ("team", "the team"),
        ("subject", "nobody"),
        ("subject", "github:"),
        ("subject", ":1"),
        ("time", "2026-08-22T12:00:00"),
        ("time", "2026-08-22"),
        ("time", "1700000000"),
        ("time", 1700000000),
        ("time", "2016-12-31T23:59:60Z"),
        ("time", "0001-01-01T00:00:00+01:00"),
        ("datacontenttype", "text/plain"),
    ],
)
def test_a_wrong_attribute_is_refused(attribute: str, value: object) -> None:
    assert rejection_of(**{attribute: value}) == Reason.NOT_CLOUDEVENT


@pytest.mark.parametrize(
    ("stem", "changes"),
    [
        ("contribution.recorded", {"kind": "Commit"}),
        ("contribution.recorded", {"kind": 1}),
        ("contribution.recorded", {"stars": 5}),
        ("contribution.recorded", {"url": "javascript:alert(1)"}),
        ("contribution.recorded", {"outcome": "merged"}),
        ("contribution.recorded", {"responds_to": {"id": "1"}}),
        ("source.checked", {"found": -1}),
        ("source.checked", {"found": True}),
        ("source.checked", {"found": "3"}),
        ("person.classified", {"bot": "yes"}),
        ("person.linked", {"person": "Ada"}),
        ("person.affiliated", {"since": "2026-01-02T00:00:00Z"}),
        ("goal.set", {"baseline": 0}),
        ("goal.set", {"factor": 1}),
        ("goal.set", {"due_on": "2026-01-01"}),
        ("engagement.held", {"url": None}),
        ("action.recorded", {"about": "weather"}),
        ("practice.documented", {"practice": "lunch"}),
    ],
)
def test_wrong_data_is_refused(stem: str, changes: dict[str, Any]) -> None:
    assert rejection_of(stem, data=DATA[stem] | changes) == Reason.INVALID_DATA


def test_data_is_needed() -> None:
    assert rejection_of(data=None) == Reason.INVALID_DATA


def test_a_number_too_large_for_a_float_is_refused() -> None:
    value = json.dumps(document("goal.set")).replace('"baseline": 40', '"baseline": 1e999').encode()
    assert rejection(value) == Reason.INVALID_DATA


def test_an_event_about_nobody_has_no_subject() -> None:
    assert rejection_of("goal.set", subject="github:1") == Reason.NOT_CLOUDEVENT


@pytest.mark.parametrize(
    ("type_", "reason"),
    [
        ("tenfold.contribution.recorded.v2", Reason.FUTURE_VERSION),
        ("tenfold.day.published.v12", Reason.FUTURE_VERSION),
        ("tenfold.contribution.recorded.v0", Reason.UNKNOWN_TYPE),
        ("tenfold.contribution.recorded.v01", Reason.UNKNOWN_TYPE),
        ("tenfold.contribution.recorded", Reason.UNKNOWN_TYPE),
        ("tenfold.contribution.imagined.v1", Reason.UNKNOWN_TYPE),
        ("org.example.push.v1", Reason.UNKNOWN_TYPE),
        ("", Reason.UNKNOWN_TYPE),
    ],
)
def test_a_version_from_the_future_is_told_from_an_unknown_type(type_: str, reason: Reason) -> None:
    assert rejection_of(type=type_, data={"anything": 1}) == reason


def test_time_may_be_a_day_ahead_of_the_record_and_no_more() -> None:
    tomorrow = LOG_TIME + timedelta(hours=24)
    assert decode(json.dumps(document(time=tomorrow.isoformat())).encode(), (), LOG_TIME).time == tomorrow
    assert rejection_of(time=(tomorrow + timedelta(microseconds=1)).isoformat()) == Reason.TIME_IN_FUTURE
    assert rejection_of(time=(tomorrow + timedelta(hours=1)).isoformat()) == Reason.TIME_IN_FUTURE


def test_time_before_1970_01_02_is_refused() -> None:
    assert decode(json.dumps(document(time="1970-01-02T00:00:00Z")).encode(), (), LOG_TIME).time == EARLIEST_TIME
    assert rejection_of(time="1970-01-01T23:59:59.999999Z") == Reason.TIME_TOO_OLD
    assert rejection_of(time="1960-05-01T00:00:00Z") == Reason.TIME_TOO_OLD


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "a\0"},
        {"data": {"kind": "commit", "about": "\0"}},
        {"trace": "\0"},
        {"trace": [{"a": {"b\0": 1}}]},
        {"type": "\0"},
    ],
)
def test_a_nul_anywhere_is_refused(changes: dict[str, Any]) -> None:
    assert rejection_of(**changes) == Reason.NUL_CHARACTER


def test_a_nul_or_wrong_utf8_in_a_header_is_refused() -> None:
    value, headers = binary()
    assert rejection(value, [*headers, ("ce_trace", b"\0")]) == Reason.NUL_CHARACTER
    assert rejection(value, [*headers, ("ce_trace", b"\xff")]) == Reason.NOT_UTF8


def test_binary_data_cannot_add_attributes() -> None:
    _, headers = binary()
    assert rejection(b'{"kind":"commit"},"subject":"github:2"', headers) == Reason.NOT_JSON
    assert rejection(b'{"kind":"commit","subject":"github:2"}', headers) == Reason.INVALID_DATA
    assert decode(b'{"kind":"commit"}', [*headers, ("ce_data", b"{}")], LOG_TIME).data.kind == "commit"  # type: ignore[union-attr]


def test_a_whole_event_with_binary_headers_is_no_data() -> None:
    _, headers = binary()
    assert rejection(json.dumps(document()).encode(), headers) == Reason.INVALID_DATA


def test_records_that_join_into_a_valid_one_are_refused_one_by_one() -> None:
    value = encode(example("contribution.recorded")).value
    for piece in (value[:40], value[40:90], value[90:]):
        assert rejection(piece) == Reason.NOT_JSON


def test_details_never_quote_the_record() -> None:
    with pytest.raises(Rejected) as caught:
        decode(json.dumps(document(subject="ada lovelace")).encode(), (), LOG_TIME)
    assert "subject" in caught.value.detail
    assert "ada" not in str(caught.value)


def test_nothing_is_written_that_could_not_be_read() -> None:
    samples = [{"name": "tenfold_leaders", "labels": {"community": "c" * 99}, "value": 1}] * 2000
    event: Event = example("day.published", data=DATA["day.published"] | {"samples": samples})
    with pytest.raises(Rejected, match="too_large"):
        encode(event)
