"""Events of older versions become the newest on the way in: here of a made-up second version, with a field renamed."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar, Literal

import pytest

from events.catalog import TYPES
from events.codec import STRUCTURED_HEADERS, Headers, decode, restored
from events.envelope import Data, Event, PersonalEvent, Token
from events.errors import Reason, Rejected
from events.keys import fact_key
from events.versions import UPCASTERS, VERSIONS, Versions, next_version, stem_of
from tests.support.drawn_events import LOG_TIME, binary, document

OLD, NEW = "tenfold.role.granted.v1", "tenfold.role.granted.v2"


class Seat(Data):
    role: Token
    place: Token


class RoleGrantedV2(PersonalEvent):
    topic: ClassVar[str] = "roles"
    type: Literal["tenfold.role.granted.v2"] = "tenfold.role.granted.v2"
    data: Seat


def renamed(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"role": data["role"], "place": data["scope"]}


def later() -> Versions:
    """The versions of a later program, where the scope of a grant is its place."""
    models: dict[str, type[Event]] = {type_: model for type_, model in TYPES.items() if type_ != OLD}
    return Versions({**models, NEW: RoleGrantedV2}, {OLD: renamed})


def newest(event: Event) -> RoleGrantedV2:
    assert isinstance(event, RoleGrantedV2)
    return event


def structured(**changes: Any) -> bytes:
    return json.dumps(document("role.granted", **changes)).encode()


def row(**changes: Any) -> tuple[dict[str, Any], str]:
    told = document("role.granted", **changes)
    told.pop("specversion")
    return {**told, "time": LOG_TIME - timedelta(hours=1)}, json.dumps(told.pop("data"))


SAID = {"role": "owner", "scope": "build"}


def test_an_older_version_in_the_log_is_read_as_the_newest() -> None:
    both: list[tuple[bytes, Headers]] = [
        (structured(data=SAID), STRUCTURED_HEADERS),
        binary("role.granted", data=SAID),
    ]
    for value, headers in both:
        event = newest(decode(value, headers, LOG_TIME, later()))
        assert (event.type, event.data.role, event.data.place) == (NEW, "owner", "build")
        assert fact_key(event.community, event.source, event.id) == fact_key("rust", "git:cargo", "1")


def test_an_older_version_in_the_table_is_read_as_the_newest() -> None:
    attributes, data = row(data=SAID)
    event = newest(restored(attributes, data, later()))
    assert (event.type, event.data.place, event.time) == (NEW, "build", attributes["time"])


def test_the_newest_version_is_read_as_it_is() -> None:
    event = newest(decode(structured(type=NEW, data={"role": "owner", "place": "build"}), (), LOG_TIME, later()))
    assert event.data.place == "build"


def test_versions_are_gone_through_one_by_one() -> None:
    third: dict[str, type[Event]] = {**later().models, "tenfold.role.granted.v3": RoleGrantedV2}
    del third[NEW]
    versions = Versions(third, {OLD: renamed, NEW: lambda data: {**data, "place": data["place"].upper()}})
    found = versions.newest({"type": OLD, "data": SAID})
    assert found == {"type": "tenfold.role.granted.v3", "data": {"role": "owner", "place": "BUILD"}}


@pytest.mark.parametrize("data", [{"role": "owner"}, [], "build", None, {"role": "owner", "scope": ""}])
def test_an_older_version_that_says_something_else_is_refused(data: object) -> None:
    with pytest.raises(Rejected) as caught:
        decode(json.dumps({**document("role.granted"), "data": data}).encode(), (), LOG_TIME, later())
    assert caught.value.reason == Reason.INVALID_DATA


def test_an_older_version_without_data_is_refused() -> None:
    with pytest.raises(Rejected) as caught:
        decode(structured(data=None), (), LOG_TIME, later())
    assert caught.value.reason == Reason.INVALID_DATA


@pytest.mark.parametrize(("versions", "type_"), [(VERSIONS, NEW), (later(), "tenfold.role.granted.v3")])
def test_a_newer_version_than_all_that_are_known_is_refused_by_name(versions: Versions, type_: str) -> None:
    attributes, data = row(type=type_)
    with pytest.raises(Rejected) as caught:
        decode(structured(type=type_), (), LOG_TIME, versions)
    assert caught.value.reason == Reason.FUTURE_VERSION
    with pytest.raises(Rejected) as caught:
        restored(attributes, data, versions)
    assert caught.value.reason == Reason.FUTURE_VERSION


def test_each_version_below_the_newest_has_what_makes_it_the_next() -> None:
    for type_ in TYPES:
        below = [f"{stem_of(type_)}.v{number}" for number in range(1, int(type_.rpartition(".v")[2]))]
        assert [one in UPCASTERS for one in below] == [True] * len(below)
    for type_ in UPCASTERS:
        assert type_ not in TYPES
        assert next_version(type_) in {*TYPES, *UPCASTERS}
