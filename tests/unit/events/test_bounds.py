"""Every date and every number of every event has bounds, and they hold before it is believed."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError

from events.bounds import check, dated
from events.catalog import TYPES, data_of
from events.codec import decode
from events.contributions import Contribution
from events.envelope import MAX_COUNT, MAX_PLAN_AHEAD, When
from events.errors import Reason, Rejected
from events.fast_contribution import decode as decode_fast
from events.fast_contribution import microseconds
from tests.support.drawn_events import DATA, LOG_TIME, document, example
from tests.support.extremes import NUMBERS, WHOLE, changed, stem_of

DAY = timedelta(days=1)
REFUSALS = {Reason.TIME_IN_FUTURE, Reason.TIME_TOO_OLD, Reason.INVALID_DATA, Reason.NOT_CLOUDEVENT}
"""The last two where one date of an event contradicts another, too."""
TOO_MUCH = [10**10 * MAX_COUNT, 10**400, 10**4000, -(10**30)]


DATES = [(stem_of(type_), name, when) for type_ in TYPES for name, when in dated(data_of(TYPES[type_]))]


def parts_of(annotation: Any) -> Iterator[Any]:
    """An annotation and all that it is made of."""
    yield annotation
    for part in get_args(annotation) if get_origin(annotation) in (Union, UnionType, tuple, dict) else ():
        yield from parts_of(getattr(part, "__origin__", part))


def holds(model: type[BaseModel], kinds: tuple[type, ...]) -> Iterator[str]:
    """The fields of a model, and of those inside it, that hold something of these kinds."""
    for name, field in model.model_fields.items():
        for part in parts_of(field.annotation):
            if part in kinds:
                yield name
            elif isinstance(part, type) and issubclass(part, BaseModel):
                yield from (f"{name}.{inner}" for inner in holds(part, kinds))


def record(stem: str, name: str, value: object) -> bytes:
    """A record whose data says one thing otherwise."""
    whole = document(stem, data=DATA[stem] | WHOLE.get(stem, {}))
    return json.dumps(changed(whole, name, value)).encode()


@pytest.mark.parametrize("type_", TYPES)
def test_no_date_and_no_number_is_without_bounds(type_: str) -> None:
    data = data_of(TYPES[type_])
    assert {name for name, _ in dated(data)} == set(holds(data, (date, datetime)))
    numbers = {name.replace(".0.", ".") for name in NUMBERS.get(stem_of(type_), ())}
    assert numbers == set(holds(data, (int, float)))


@pytest.mark.parametrize(("stem", "name", "when"), DATES)
@pytest.mark.parametrize("value", ["0001-01-01", "1969-12-31", "1970-01-01", "plus", "9998-12-31", "9999-12-31"])
def test_a_date_beyond_its_bounds_is_refused(stem: str, name: str, when: When, value: str) -> None:
    beyond = {When.OBSERVED: 2 * DAY, When.PLANNED: MAX_PLAN_AHEAD + DAY}[when]
    day = str((LOG_TIME + beyond).date()) if value == "plus" else value
    text = (
        day
        if len(str(DATA[stem].get(name, WHOLE.get(stem, {}).get(name)))) == len("2026-01-01")
        else f"{day}T00:00:00Z"
    )
    with pytest.raises(Rejected) as raised:
        decode(record(stem, name, text), (), LOG_TIME)
    assert raised.value.reason in REFUSALS
    assert day not in raised.value.detail


@pytest.mark.parametrize(("stem", "name", "when"), DATES)
def test_a_date_within_its_bounds_is_believed(stem: str, name: str, when: When) -> None:
    decode(record(stem, name, DATA[stem].get(name) or WHOLE[stem][name]), (), LOG_TIME)
    assert when in When


@pytest.mark.parametrize(("stem", "name"), [(stem, name) for stem, names in NUMBERS.items() for name in names])
@pytest.mark.parametrize("value", TOO_MUCH)
def test_a_number_beyond_its_bounds_is_refused(stem: str, name: str, value: int) -> None:
    with pytest.raises(Rejected) as raised:
        decode(record(stem, name, value), (), LOG_TIME)
    assert raised.value.reason is Reason.INVALID_DATA
    for other in ("NaN", "Infinity", "1e400"):
        with pytest.raises(Rejected):
            decode(record(stem, name, 123456789).replace(b"123456789", other.encode()), (), LOG_TIME)


@pytest.mark.parametrize("authored", ["0001-01-01T00:00:00Z", "1970-01-01T23:59:59Z", "9999-12-31T00:00:00Z", "plus"])
def test_the_quick_way_leaves_such_a_contribution_to_the_model(authored: str) -> None:
    text = (LOG_TIME + 2 * DAY).isoformat() if authored == "plus" else authored
    value = record("contribution.recorded", "authored_at", text)
    assert decode_fast(value, microseconds(LOG_TIME + DAY)) is None


def test_whoever_sends_an_event_refuses_what_no_reader_takes() -> None:
    event = example("person.affiliated", data=DATA["person.affiliated"] | {"since": "2026-08-24"})
    with pytest.raises(Rejected) as raised:
        check(event, LOG_TIME)
    assert (raised.value.reason, raised.value.detail) == (
        Reason.TIME_IN_FUTURE,
        "data.since lies before 1970-01-02, or more than 1 d ahead",
    )
    check(event, LOG_TIME + DAY)
    with pytest.raises(ValidationError):
        example("engagement.held", data={"kind": "meeting", "participants": MAX_COUNT + 1})
    assert Contribution(kind="commit").authored_at is None
