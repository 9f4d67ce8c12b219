"""docs/definitions.md, **Renewal**: who came to lead, who left, and for how long those who lead have led."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tests.oracle.days import before, day_of, end_of
from tests.oracle.leadership_seats import Term
from tests.oracle.values import Values


@dataclass(frozen=True)
class Led:
    """A stretch of days on each of which a person held at least one leadership seat; `until` is the first without."""

    start: datetime
    until: date | None


def by_leader(terms: Iterable[Term], day: date, values: Values) -> dict[str, list[Term]]:
    """Terms of leadership seats that began up to the day, by person, oldest first.

    Of two that begin at one moment, the one that was already held has begun before.
    """
    found: dict[str, list[Term]] = {}
    for term in sorted(terms, key=lambda term: (term.start, not term.already_held)):
        if term.seat.role in values.leadership_roles and term.start < end_of(day):
            found.setdefault(term.seat.person, []).append(term)
    return found


def stretches(theirs: Iterable[Term]) -> list[Led]:
    """Ranges that overlap, or of which one begins on the day on which the other ends, are one; oldest first."""
    found: list[Led] = []
    for term in theirs:
        until = None if term.end is None else day_of(term.end)
        if found and (found[-1].until is None or day_of(term.start) <= found[-1].until):
            last = found.pop()
            until = None if last.until is None or until is None else max(last.until, until)
            found.append(Led(last.start, until))
        else:
            found.append(Led(term.start, until))
    return found


def firsts(leaders: Mapping[str, list[Term]]) -> dict[str, datetime]:
    """When people were granted their first leadership seat ever; `already_held` recruits nobody."""
    return {person: theirs[0].start for person, theirs in leaders.items() if not theirs[0].already_held}


def new_leaders(leaders: Mapping[str, list[Term]], day: date, values: Values) -> dict[str, datetime]:
    """People whose first leadership seat ever was granted within [180] days (still held or not), and when."""
    start = before(day, values.renewal_days)
    return {person: moment for person, moment in firsts(leaders).items() if start < day_of(moment)}


def left_leaders(leaders: Mapping[str, list[Term]], day: date, values: Values) -> set[str]:
    """People whose last leadership seat ended within [180] days and who hold none."""
    ended = {person: stretches(theirs)[-1].until for person, theirs in leaders.items()}
    start = before(day, values.renewal_days)
    return {person for person, until in ended.items() if until is not None and start < until <= day}


def tenures(leaders: Mapping[str, list[Term]], day: date) -> list[float]:
    """How long each person who leads has held at least one leadership seat without a break, to the end of the day."""
    return [
        (end_of(day) - led.start).total_seconds()
        for theirs in leaders.values()
        for led in stretches(theirs)[-1:]
        if led.until is None or led.until > day
    ]
