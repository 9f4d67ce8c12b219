import json
import time
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import example as worked
from hypothesis import given, settings
from hypothesis import strategies as st

from events.codec import decode as decode_by_model
from events.codec import encode
from events.contributions import ContributionRecorded
from events.envelope import MAX_EVENT_BYTES, MAX_TIME_AHEAD
from events.errors import Rejected
from events.fast_contribution import FastContribution, decode, flattened, microseconds
from events.keys import content_digest, contribution_digest
from tests.support.drawn_events import LOG_TIME, contributions, document

LATEST = microseconds(LOG_TIME + MAX_TIME_AHEAD)

STRANGE_TIMES = [
    "2024-02-29T12:00:00+05:30",
    "2024-02-29t12:00:00z",
    "2024-02-29 12:00:00Z",
    "2024-02-29T12:00:00-00:00",
    "2024-02-29T12:00:00+24:00",
    "2024-02-29T12:00:00",
    "2024-02-29",
    "2023-02-29T12:00:00Z",
    "2016-12-31T23:59:60Z",
    "2024-02-29T24:00:00Z",
    "2024-02-29T12:00:00.1234567Z",
    "2024-02-29T23:59:59.9999999Z",
    "2024-02-29T12:00:00,5Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59.9999999Z",
    "9999-12-31T23:59:59-01:00",
    "1969-12-31T23:59:59Z",
    "1970-01-02T00:00:00+00:01",
    "1970-01-02T00:00:00Z",
    "2026-08-23T12:00:00Z",
    "2026-08-23T12:00:00.000001Z",
    "1704110400",
    1704110400,
    1704110400.5,
    "²024-02-29T12:00:00Z",
]
STRANGE_TEXTS = [
    "",
    " ",
    "a\0",
    "a\nb",
    "\x7f",
    "\u2028",
    "İ",
    "ΑΣ",
    "A:B",
    "a: b",
    "a:\xa0",
    ":",
    "a:",
    "https://",
    "http://",
    "https://a b",
    "https://a\xa0b",
    "HTTPS://a",
    "x" * 512,
    "x" * 513,
    "😀" * 512,
    "https://a/" + "x" * 2038,
    "https://a/" + "x" * 2039,
    'quote "',
    "back\\slash",
    "application/json",
    "Application/JSON",
    "text/plain",
]
STRANGE = st.one_of(
    st.sampled_from(STRANGE_TIMES),
    st.sampled_from(STRANGE_TEXTS),
    st.text(max_size=8),
    st.sampled_from([None, True, 0, -1, 1.5, 10**30, [], {}, [[]]]),
    st.sampled_from([{"source": "s", "id": "i"}, {"source": "s", "id": "i", "more": 1}]),
)

ATTRIBUTES = ["specversion", "id", "source", "type", "time", "subject", "community", "team", "actor"]
PLACES = [
    *((name,) for name in [*ATTRIBUTES, "datacontenttype", "data", "traceparent"]),
    *(("data", name) for name in ["kind", "url", "authored_at", "about", "responds_to", "outcome", "more"]),
    ("data", "responds_to", "source"),
    ("data", "responds_to", "id"),
]


def changed(whole: dict[str, Any], place: tuple[str, ...], value: object) -> dict[str, Any]:
    name, *rest = place
    inner = whole.get(name)
    return whole | {name: changed(inner if isinstance(inner, dict) else {}, tuple(rest), value) if rest else value}


@st.composite
def nearly_valid(draw: st.DrawFn) -> bytes:
    whole = json.loads(encode(draw(contributions())).value)
    for place, value in draw(st.lists(st.tuples(st.sampled_from(PLACES), STRANGE), max_size=2)):
        whole = changed(whole, place, value)
    text = json.dumps(whole, ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from([None, 1])))
    return text.encode(errors="surrogatepass")


@st.composite
def with_a_key_twice(draw: st.DrawFn) -> bytes:
    text = draw(nearly_valid()).decode(errors="surrogatepass")
    name, value = draw(st.sampled_from(ATTRIBUTES)), draw(STRANGE)
    pair = f"{json.dumps(name)}: {json.dumps(value)}"
    doubled = draw(st.sampled_from([f"{{{pair}, {text[1:]}", f"{text[:-1]}, {pair}}}"]))
    return doubled.encode(errors="surrogatepass")


@st.composite
def with_bytes_changed(draw: st.DrawFn) -> bytes:
    value = bytearray(draw(nearly_valid()))
    for at in draw(st.lists(st.integers(0, len(value) - 1), max_size=3)):
        piece = draw(
            st.sampled_from([b"", b"\\", b"\\u0000", b"\\ud800", b"\0", b"\xff", b'"', b"}", b"1", b"\xc3\xa9"])
        )
        value[at : at + draw(st.integers(0, 2))] = piece
    return bytes(value)


def by_model(value: bytes) -> FastContribution | None:
    try:
        event = decode_by_model(value, (), LOG_TIME)
    except Rejected:
        return None
    assert isinstance(event, ContributionRecorded)
    return flattened(event)


@given(st.one_of(nearly_valid(), with_a_key_twice(), with_bytes_changed(), st.binary()))
@settings(max_examples=600)
@worked(json.dumps(document(subject="Email:A@B")).encode())
@worked(json.dumps(document(data={"kind": "a", "responds_to": {"source": "s", "id": "i", "more": 1}})).encode())
@worked(json.dumps(document()).replace('"id"', '"\\u0069d"').encode())
def test_it_never_accepts_what_the_model_refuses_nor_with_another_value(value: bytes) -> None:
    fast = decode(value, LATEST)
    assert fast is None or fast == by_model(value)


@pytest.mark.parametrize("value", STRANGE_TIMES)
@pytest.mark.parametrize("place", [("time",), ("data", "authored_at")])
def test_it_agrees_on_strange_times(place: tuple[str, ...], value: object) -> None:
    record = json.dumps(changed(document(), place, value), ensure_ascii=False).encode()
    fast = decode(record, LATEST)
    assert fast is None or fast == by_model(record)


@pytest.mark.parametrize("value", STRANGE_TEXTS)
@pytest.mark.parametrize("place", PLACES)
def test_it_agrees_on_strange_texts(place: tuple[str, ...], value: object) -> None:
    record = json.dumps(changed(document(), place, value), ensure_ascii=False).encode()
    fast = decode(record, LATEST)
    assert fast is None or fast == by_model(record)


@given(contributions())
def test_it_accepts_what_we_write(event: ContributionRecorded) -> None:
    assert decode(encode(event).value, LATEST) == flattened(event)


@given(contributions())
def test_both_ways_give_one_digest(event: ContributionRecorded) -> None:
    fast = decode(encode(event).value, LATEST)
    assert fast is not None
    assert contribution_digest(fast) == content_digest(event)


def test_nulls_are_absent() -> None:
    whole = document(data={"kind": "commit", "url": None, "authored_at": None, "outcome": None})
    record = json.dumps({**whole, "team": None, "actor": None}).encode()
    assert decode(record) == by_model(record) != None  # noqa: E711 - neither refuses


def test_the_future_is_left_to_the_model() -> None:
    record = json.dumps(document(time=(LOG_TIME + MAX_TIME_AHEAD).isoformat())).encode()
    assert decode(record, LATEST) is not None
    assert decode(record, LATEST - 1) is None


def test_size_and_age_have_the_model_s_bounds() -> None:
    record = json.dumps(document()).encode()
    assert decode(record + b" " * (MAX_EVENT_BYTES - len(record))) is not None
    assert decode(record + b" " * (MAX_EVENT_BYTES + 1 - len(record))) is None
    assert decode(json.dumps(document(time="1970-01-01T23:59:59Z")).encode()) is None


def test_an_escape_at_the_end_of_a_long_value_costs_little() -> None:
    record = json.dumps(document(data={"kind": "commit", "about": "x" * 200_000 + "\0"})).encode()
    started = time.perf_counter()
    assert decode(record) is None
    assert timedelta(seconds=time.perf_counter() - started) < timedelta(seconds=1)
