"""docs/definitions.md, **Source checks**: how far each source was read, and which is not checked."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Any

from events.envelope import Event
from tests.oracle.activity import active, active_days, within
from tests.oracle.contributions import Known
from tests.oracle.days import day_of, end_of
from tests.oracle.people import of_type, order
from tests.oracle.values import Values

NAMED_SOURCES = 100
TIMELESS = ("tenfold.person.", "tenfold.source.", "tenfold.contribution.retracted.", "tenfold.day.published.")
SOURCELESS = ("tenfold.source.", "tenfold.day.")


def checks(events: Iterable[Event]) -> dict[str, list[Any]]:
    """`source.checked {source, through, found}` says that a source was read up to a moment."""
    checked: dict[str, list[Any]] = {}
    for event in of_type(events, "source.checked"):
        checked.setdefault(event.data.source, []).append(event)
    return checked


def retired(events: Iterable[Event], source: str, day: date) -> bool:
    """`source.retired` ends it, from the day of its time on, until a newer check."""
    words = [
        event
        for event in of_type(events, "source.checked", "source.retired")
        if event.data.source == source and event.time < end_of(day)
    ]
    newest = max(words, key=order, default=None)
    return newest is not None and newest.type == "tenfold.source.retired.v1"


def through(events: Iterable[Event], day: date) -> dict[str, datetime]:
    """How far each source that is not retired was read; checks hold for all of history."""
    every = list(events)
    return {
        source: max(event.data.through for event in theirs)
        for source, theirs in checks(every).items()
        if not retired(every, source, day)
    }


def cadence(theirs: Sequence[Any], source: str, values: Values) -> timedelta:
    """The policy's, else the median gap of its checks (at least 1 day) on at least 3 different days, else 7 days."""
    if source in values.cadence_days:
        return timedelta(days=values.cadence_days[source])
    days = sorted({day_of(event.time) for event in theirs})
    if len(days) < 3:
        return timedelta(days=7)
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return timedelta(days=max(1.0, median(gaps)))


def not_checked(events: Iterable[Event], day: date, values: Values) -> dict[str, datetime]:
    """It is *not checked* on D when D − through > max(2 days, 3 × cadence). Without a check it never is."""
    every = list(events)
    theirs = checks(every)
    overdue = {}
    for source, moment in through(every, day).items():
        expected = cadence(theirs[source], source, values)
        if end_of(day) - moment > max(timedelta(days=2), 3 * expected):
            overdue[source] = moment
    return overdue


def unread(known: Known, values: Values, day: date) -> frozenset[str]:
    """What is not known on a day that is not covered: `contributions`, `roles`."""
    if day not in known.unread:
        hidden = {"contributions": people_unread(known, values, day), "roles": seats_unread(known, values, day)}
        known.unread[day] = frozenset(name for name, is_hidden in hidden.items() if is_hidden)
    return known.unread[day]


def people_unread(known: Known, values: Values, day: date) -> bool:
    """Sources that are not checked held ≥ 10 % of the people active.

    In the 90 days up to the oldest such source's last check.
    """
    overdue = not_checked(known.events, day, values)
    if not overdue:
        return False
    last = day_of(min(overdue.values()))
    work = [one for one in known.work if one.day <= day]
    people = active(active_days(work), last, values.headline, values.min_contributions)
    theirs = {one.person for one in within(work, last, values.headline) if one.active and one.source in overdue}
    return bool(people) and Fraction(len(people & theirs), len(people)) >= Fraction(1, 10)


def seats_unread(known: Known, values: Values, day: date) -> bool:
    """Sources of roles that are not checked told of ≥ 10 % of the seats at the end of the oldest one's last check."""
    told = of_type(known.said, "role.granted", "role.revoked")
    overdue = not_checked(known.events, day, values)
    late = {source: moment for source, moment in overdue.items() if source in {one.source for one in told}}
    if not late:
        return False
    end = end_of(day_of(min(late.values())))
    newest: dict[tuple[str, str, str, str], Any] = {}
    for one in sorted((one for one in told if one.time < end), key=order):
        newest[one.source, one.subject, one.data.scope, one.data.role] = one
    granted = [one for one in newest.values() if one.type == "tenfold.role.granted.v1"]
    held = [one for one in granted if one.data.until is None or one.data.until >= end]
    return bool(held) and Fraction(sum(one.source in late for one in held), len(held)) >= Fraction(1, 10)


def known_through(known: Known, values: Values, day: date, what: str) -> date | None:
    """The newest day up to this one that is covered, since anything was told."""
    began = min((one.day for one in known.work), default=None) if what == "contributions" else known.roles.began
    if began is None or began > day:
        return None
    first = min(day_of(one.time) for one in known.events if not one.type.startswith(TIMELESS))
    return next((one for one in back_to(first, day) if what not in unread(known, values, one)), None)


def back_to(first: date, day: date) -> Iterator[date]:
    """The days from one back to the first."""
    return (day - timedelta(days=back) for back in range((day - first).days + 1))


def labels(events: Iterable[Event]) -> dict[str, str]:
    """At most 100 sources a community: those whose first event is oldest, then by name; others fall into `other`."""
    every = list(events)
    first: dict[str, datetime] = {}
    for event in every:
        if not event.type.startswith(SOURCELESS):
            first[event.source] = min(event.time, first.get(event.source, event.time))
    ordered = sorted(first, key=lambda source: (first[source], source)) + sorted(set(checks(every)) - set(first))
    return {source: source if place < NAMED_SOURCES else "other" for place, source in enumerate(ordered)}


def last_events(events: Iterable[Event], day: date) -> dict[str, datetime]:
    """The newest `time` of an event other than `source.*`, by source."""
    newest: dict[str, datetime] = {}
    for event in events:
        if event.time < end_of(day) and not event.type.startswith(SOURCELESS):
            newest[event.source] = max(event.time, newest.get(event.source, event.time))
    return newest
