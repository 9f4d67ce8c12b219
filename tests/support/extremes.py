"""Events that say the most extreme that can be said in each date and number of each type, as records."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from events.bounds import dated
from events.catalog import TYPES, data_of
from events.envelope import MAX_COUNT, MAX_PLAN_AHEAD, MAX_TIME_AHEAD
from tests.support.drawn_events import DATA

WHOLE: dict[str, dict[str, Any]] = {
    "contribution.recorded": {"authored_at": "2026-01-02T03:04:05Z"},
    "role.granted": {"until": "2027-01-01T00:00:00Z"},
    "role.revoked": {"until": "2027-01-01T00:00:00Z"},
    "engagement.held": {"participants": 3},
    "practice.documented": {"review_by": "2027-01-01", "targets": {"newcomers_per_quarter": 3}},
    "milestone.assigned": {"due_on": "2027-01-01"},
}
"""What may be left out, and is there in these tests."""
NUMBERS = {
    "source.checked": ("found",),
    "source.dated": ("commits",),
    "goal.set": ("baseline", "factor"),
    "engagement.held": ("participants",),
    "practice.documented": ("targets.newcomers_per_quarter", "targets.leaders_per_half_year"),
    "day.published": ("samples.0.value", "read_model_version"),
}
"""Where events hold numbers, by type."""
DAYS = ("0001-01-01", "1969-12-31", "1970-01-01", "1970-01-02", "9998-12-31", "9999-12-31")
AHEAD = (timedelta(hours=23), timedelta(days=2), MAX_PLAN_AHEAD - MAX_TIME_AHEAD, MAX_PLAN_AHEAD + MAX_TIME_AHEAD)
LARGE = (-1, 0, MAX_COUNT, MAX_COUNT + 1, 2**53, 2**63, 10**30, 10**400, 10**4000, -(10**30))
WORDS = (b"NaN", b"Infinity", b"-Infinity", b"1e308", b"1e400", b"1e-400")
PLACEHOLDER = 987_654_321


def stem_of(type_: str) -> str:
    """The name of a type without prefix and version."""
    return type_.removeprefix("tenfold.").removesuffix(".v1")


def said(stem: str, **attributes: Any) -> dict[str, Any]:
    """A whole event of a type, as JSON has it."""
    data = json.loads(json.dumps(DATA[stem] | WHOLE.get(stem, {})))
    envelope = {"specversion": "1.0", "type": f"tenfold.{stem}.v1", "source": "git:cargo", "data": data}
    subject = {"subject": "github:1"} if TYPES[f"tenfold.{stem}.v1"].model_fields["subject"].is_required() else {}
    return envelope | subject | attributes


def changed(event: dict[str, Any], name: str, value: object) -> dict[str, Any]:
    """An event whose data says one thing otherwise, by the names on the way to it."""
    copied: dict[str, Any] = json.loads(json.dumps(event))
    *way, last = name.split(".")
    place: Any = copied["data"]
    for step in way:
        place = place[int(step)] if step.isdecimal() else place[step]
    place[last] = value
    return copied


def moments(now: datetime) -> list[str]:
    """Moments at the ends of all times."""
    return [f"{day}T00:00:00Z" for day in DAYS] + [(now + ahead).isoformat() for ahead in AHEAD]


def extremes(community: str, now: datetime) -> Iterator[tuple[str, bytes]]:
    """Yield the topic and the value of each record."""
    for place, (topic, value) in enumerate(_values(community, now)):
        yield topic, value.replace(b'"id": "0"', f'"id": "extreme/{place}"'.encode())


def _values(community: str, now: datetime) -> Iterator[tuple[str, bytes]]:
    for type_, model in TYPES.items():
        stem = stem_of(type_)
        event = said(stem, id="0", community=community, time=(now - timedelta(hours=1)).isoformat())
        for when in moments(now):
            yield model.topic, json.dumps(event | {"time": when}).encode()
        for name, _ in dated(data_of(model)):
            is_day = len(event["data"][name]) == len("2026-01-01")
            for when in moments(now):
                yield model.topic, json.dumps(changed(event, name, when[:10] if is_day else when)).encode()
        for name in NUMBERS.get(stem, ()):
            for number in LARGE:
                yield model.topic, json.dumps(changed(event, name, number)).encode()
            whole = json.dumps(changed(event, name, PLACEHOLDER)).encode()
            for word in WORDS:
                yield model.topic, whole.replace(str(PLACEHOLDER).encode(), word)
