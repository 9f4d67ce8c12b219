"""docs/definitions.md, *Communication*, *Impact*, Practices: engagements, slots, shares of work, what is documented."""

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from tests.oracle.contributions import Known, not_withdrawn
from tests.oracle.days import before, day_of, end_of
from tests.oracle.leadership_balance import basis
from tests.oracle.people import of_type
from tests.oracle.values import Values

BASES = ("volunteer", "paid", "both", "unknown")
SLOTS = 4
Number = tuple[str, Fraction | float, dict[str, str]]


def families(known: Known, values: Values, day: date) -> Iterator[Number]:
    """All of communication and impact."""
    yield from held(known, values, day)
    yield from documented(known, day)
    yield from of_work(known, values, day)


def held(known: Known, values: Values, day: date) -> Iterator[Number]:
    """Time of the last of each kind; slots filled of the last 4; absent before the first of a kind."""
    every: list[Any] = [
        one for one in of_type(not_withdrawn(known.events), "engagement.held") if one.time < end_of(day)
    ]
    moments_of: dict[str, list[datetime]] = {}
    for one in every:
        label = one.data.kind if one.data.kind in values.engagement_days else "other"
        moments_of.setdefault(label, []).append(one.time)
    for kind, moments in moments_of.items():
        yield "last_engagement_timestamp_seconds", max(moments).timestamp(), {"kind": kind}
        if kind in values.engagement_days:
            cadence = values.engagement_days[kind]
            slots = {(day - day_of(moment)).days // cadence for moment in moments}
            yield "engagement_slots_filled", len(slots & set(range(SLOTS))), {"kind": kind}


def documented(known: Known, day: date) -> Iterator[Number]:
    """`practice.documented`: the newest date."""
    every = [one for one in of_type(not_withdrawn(known.events), "practice.documented") if one.time < end_of(day)]
    for practice in {one.data.practice for one in every}:
        newest = max(one.time for one in every if one.data.practice == practice)
        yield "practice_documented_timestamp_seconds", newest.timestamp(), {"practice": practice}


def of_work(known: Known, values: Values, day: date) -> Iterator[Number]:
    """Of the volume (person-days) of each kind in the window, the share by basis, of the work's own day."""
    recent = [one for one in known.work if one.active and before(day, values.headline) < one.day <= day]
    if not known.affiliations:
        return
    for kind in {one.kind for one in recent}:
        person_days = {(one.person, one.day) for one in recent if one.kind == kind}
        yield "work_share_people", len({person for person, _ in person_days}), {"kind": kind}
        bases = [basis(who, known.affiliations.get(who, []), on, values) for who, on in person_days]
        for one in BASES:
            yield "work_share_ratio", Fraction(bases.count(one), len(bases)), {"kind": kind, "basis": one}
