"""docs/definitions.md, *Mentoring*: every number of a day, and when each is absent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from events.envelope import Event
from tests.oracle import activity
from tests.oracle.contributions import Known, Work, not_withdrawn
from tests.oracle.days import before, day_of, end_of
from tests.oracle.leadership_seats import Term
from tests.oracle.people import bots, of_a_team, of_type, order, persons
from tests.oracle.values import Values

Number = tuple[str, Fraction | float, dict[str, str]]


@dataclass(frozen=True)
class Mentorship:
    """(mentor, mentee, team) from its beginning; `last` is its last event, `ended` the one that ended it."""

    mentor: str
    mentee: str
    began: datetime
    last: datetime
    ended: datetime | None = None

    def until(self, values: Values) -> date:
        """The first day at whose end it is over: ended, or dormant [90] days after its last event."""
        return day_of(self.last) + timedelta(days=values.dormant_days) if self.ended is None else day_of(self.ended)

    def active(self, day: date, values: Values) -> bool:
        """Begun, not ended and not dormant at the end of the day."""
        return self.began < end_of(day) and day < self.until(values)


def families(known: Known, values: Values, day: date) -> Iterator[Number]:
    """All of mentoring; absent before the first word about it, as recruiting is before the first about roles."""
    words = words_of(known.events, day)
    every = mentorships(known.events, words, values)
    work = [one for one in known.work if one.day <= day]
    if words:
        yield from now(every, values, day)
        yield from coverage(every, work, values, day)
        yield from outcome(every, work, values, day)
    if known.roles.began is not None and known.roles.began <= day:
        recruits = recruited(known.roles.terms, values, day)
        yield "core_by_role_recruited", len(recruits), {}
        if words:
            mentored = [who for who, taken in recruits.items() if mentored_before(every, who, taken, values)]
            yield "core_by_role_recruited_mentored", len(mentored), {}


def words_of(events: Sequence[Event], day: date) -> list[Any]:
    """What was said of mentoring up to the end of the day, oldest first; of what is withdrawn nothing."""
    every = of_type(not_withdrawn(events), "mentoring.started", "mentoring.met", "mentoring.ended")
    return sorted((word for word in every if word.time < end_of(day)), key=order)


def mentorships(events: Sequence[Event], words: Sequence[Any], values: Values) -> list[Mentorship]:
    """All mentorships between two people; bots and teams are none."""
    person = persons(events)
    identities = {word.subject for word in words} | {word.data.mentor for word in words}
    robots = bots(events, identities, values)
    people = {one: person.get(one, one) for one in identities if one not in robots and not of_a_team(one, person)}
    grouped: dict[tuple[str, str, str | None], list[Any]] = {}
    for word in words:
        mentor, mentee = people.get(word.data.mentor), people.get(word.subject)
        if mentor is not None and mentee is not None and mentor != mentee:
            grouped.setdefault((mentor, mentee, word.team), []).append(word)
    return [one for (mentor, mentee, _), theirs in grouped.items() for one in told(mentor, mentee, theirs, values)]


def told(mentor: str, mentee: str, words: Iterable[Any], values: Values) -> list[Mentorship]:
    """A `started`, or a `met` outside of a mentorship, opens one; one that is dormant, or was ended, is over."""
    found: list[Mentorship] = []
    for word in words:
        last = found[-1] if found else None
        inside = last is not None and last.ended is None and last.until(values) >= day_of(word.time)
        if last is not None and inside:
            ended = word.time if word.type == "tenfold.mentoring.ended.v1" else None
            found[-1] = replace(last, last=word.time, ended=ended)
        elif word.type != "tenfold.mentoring.ended.v1":
            found.append(Mentorship(mentor, mentee, word.time, word.time))
    return found


def now(every: Iterable[Mentorship], values: Values, day: date) -> Iterator[Number]:
    """Mentorships, mentors, and **load**: active mentees per mentor."""
    active = [one for one in every if one.active(day, values)]
    mentors = {one.mentor for one in active}
    loads = [len({one.mentee for one in active if one.mentor == mentor}) for mentor in mentors]
    yield "mentorships_active", len(active), {}
    yield "mentors_active", len(mentors), {}
    yield "mentor_load_max", max(loads, default=0), {}


def coverage(every: Sequence[Mentorship], work: list[Work], values: Values, day: date) -> Iterator[Number]:
    """Share of the last [90] days' newcomers who have or had a mentor."""
    newcomers = activity.newcomers(work, day, values.newcomer_days)
    if newcomers:
        reached = newcomers & {one.mentee for one in every}
        yield "mentoring_coverage_ratio", Fraction(len(reached), len(newcomers)), {}


def outcome(every: Sequence[Mentorship], work: Sequence[Work], values: Values, day: date) -> Iterator[Number]:
    """By landmark; fewer than [10] in a group: absent."""
    came = arrivals(work)
    judged = {who: first for who, first in came.items() if before(day, 365) <= first <= before(day, 121)}
    soon = {who for who, first in judged.items() if mentored_by(every, who, first + timedelta(days=14))}
    for mentored, group in (("yes", soon), ("no", judged.keys() - soon)):
        yield "newcomer_retention_people", len(group), {"mentored": mentored}
        if len(group) >= values.fewest_in_group:
            stayed = sum(stays(who, came[who], work) for who in group)
            yield "newcomer_retention_ratio", Fraction(stayed, len(group)), {"mentored": mentored}


def arrivals(work: Iterable[Work]) -> dict[str, date]:
    """The day of everybody's first contribution of any kind."""
    found: dict[str, date] = {}
    for one in work:
        found[one.person] = min(found.get(one.person, one.day), one.day)
    return found


def mentored_by(every: Iterable[Mentorship], who: str, day: date) -> bool:
    """Whether a mentorship had begun by the end of a day."""
    return any(one.mentee == who and day_of(one.began) <= day for one in every)


def stays(who: str, first: date, work: Iterable[Work]) -> bool:
    """Active work on any of days 31 … 120 after."""
    days = {first + timedelta(days=after) for after in range(31, 121)}
    return any(one.person == who and one.active and one.day in days for one in work)


def recruited(terms: Iterable[Term], values: Values, day: date) -> Mapping[str, datetime]:
    """Who took their first seat (any role, `already_held` apart) within [180] days, and when.

    Of two that begin at one moment, the one that was already held has begun before.
    """
    first: dict[str, Term] = {}
    for term in sorted(terms, key=lambda term: (term.start, not term.already_held)):
        first.setdefault(term.seat.person, term)
    since, end = before(day, values.recruited_days), end_of(day)
    return {
        who: term.start
        for who, term in first.items()
        if not term.already_held and term.start < end and day_of(term.start) > since
    }


def mentored_before(every: Iterable[Mentorship], who: str, taken: datetime, values: Values) -> bool:
    """A mentorship in the 365 days before a seat: begun before it was granted, and not over before those days."""
    since = before(day_of(taken), 365)
    return any(one.mentee == who and one.began < taken and one.until(values) >= since for one in every)
