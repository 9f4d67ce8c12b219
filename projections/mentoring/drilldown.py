"""Who is behind a number about mentoring, and the events of mentoring that say so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from events.mentoring import MentoringEvent
from projections.facts.fact import up_to
from projections.mentoring.counts import JUDGED, worked_later
from projections.mentoring.measures import LANDMARK_DAYS, recruits, was_mentored
from projections.mentoring.mentorships import Mentorship, Mentorships
from projections.metrics.drilldown import Drilldown, NumberQuery, by_name
from projections.seats.roster import Roster
from projections.seats.seats import Held, seat_shown
from projections.timeline.ranges import Work

Events = Mapping[str, Sequence[MentoringEvent]]
"""Of people the events of mentoring that count, oldest first; of some none."""


def drilled(query: NumberQuery, events: Events, days: int = 0) -> Drilldown:
    """These people, each with their events, and their contributions of so many days up to the one asked about."""
    people = by_name(query.snapshot, sorted(events))
    return Drilldown(people, query.day - days + 1, query.day, active_only=False, facts=events)


def active(query: NumberQuery) -> list[Mentorship]:
    """The mentorships that are active on the day."""
    return query.snapshot.of(Mentorships).on(query.day)


def mentorships_of(query: NumberQuery, person: str, by: int) -> list[Mentorship]:
    """Somebody's mentorships as a mentee that had begun by a day."""
    return [one for one in query.snapshot.of(Mentorships).by_mentee.get(person, ()) if one.start <= by]


def arrivals(query: NumberQuery) -> Work:
    """The first contribution of everybody who came by the day."""
    return query.work(active=False).firsts()


def everybody(query: NumberQuery) -> Drilldown:
    """Mentors and mentees."""
    both = [(one.mentor, one) for one in active(query)] + [(one.mentee, one) for one in active(query)]
    return drilled(query, told(both, query.day))


def mentors(query: NumberQuery) -> Drilldown:
    """Those with an active mentee."""
    return drilled(query, told(((one.mentor, one) for one in active(query)), query.day))


def busiest(query: NumberQuery) -> Drilldown:
    """Whoever has the most active mentees; of several all."""
    mentees: dict[str, set[str]] = defaultdict(set)
    for one in active(query):
        mentees[one.mentor].add(one.mentee)
    most = max(map(len, mentees.values()), default=0)
    return drilled(
        query, told(((one.mentor, one) for one in active(query) if len(mentees[one.mentor]) == most), query.day)
    )


def newcomers_reached(query: NumberQuery) -> Drilldown:
    """The newcomers who have or had a mentor."""
    days, came = query.snapshot.policy.mentoring.newcomer_days, arrivals(query)
    names = [query.snapshot.who.persons[one] for one in came.who[came.day > query.day - days]]
    theirs = [(name, one) for name in names for one in mentorships_of(query, name, query.day)]
    return drilled(query, told(theirs, query.day), days)


def judged(query: NumberQuery) -> Drilldown:
    """Those who came so long ago that it shows whether they stayed, mentored soon or not."""
    return of_group(query, arrivals(query), query.labels.get("mentored", "yes"))


def stayed(query: NumberQuery) -> Drilldown:
    """Those of them who stayed."""
    came = arrivals(query)
    remained = worked_later(came, query.work())
    return of_group(
        query, Work(came.who[remained], came.day[remained], came.times[remained]), query.labels.get("mentored", "yes")
    )


def of_group(query: NumberQuery, came: Work, mentored: str) -> Drilldown:
    """Those who came when outcomes are looked at, and were mentored soon, or were not."""
    earliest, latest = JUDGED
    chosen = np.flatnonzero((came.day <= query.day - earliest) & (came.day >= query.day - latest))
    found: dict[str, Sequence[MentoringEvent]] = {}
    for name, day in zip((query.snapshot.who.persons[one] for one in came.who[chosen]), came.day[chosen], strict=True):
        soon = mentorships_of(query, name, int(day) + LANDMARK_DAYS)
        if bool(soon) == (mentored == "yes"):
            found[name] = [event for one in soon for event in up_to(one.events, query.day)]
    return drilled(query, found, latest + 1)


def recruited(query: NumberQuery) -> Drilldown:
    """Those who took their first seat, with the mentorships that they had before, if any."""
    return seated(query, newly_seated(query))


def recruited_mentored(query: NumberQuery) -> Drilldown:
    """Those of them who were mentored."""
    return seated(query, [seat for seat in newly_seated(query) if before(query, seat)])


def seated(query: NumberQuery, seats: Sequence[Held]) -> Drilldown:
    """Holders of seats, each with the grant and the mentorships before it."""
    found = drilled(query, {seat.holder: before(query, seat) for seat in seats})
    return replace(found, seats={seat.holder: seat_shown(seat) for seat in seats})


def newly_seated(query: NumberQuery) -> list[Held]:
    """The first seats that somebody took lately."""
    roster, days = query.snapshot.find(Roster), query.snapshot.policy.mentoring.recruited_days
    seats = recruits(roster.seats) if roster else ()
    return [one for one in seats if query.day - days < one.start <= query.day]


def before(query: NumberQuery, seat: Held) -> list[MentoringEvent]:
    """The events of the mentorships that somebody had in the year before a seat."""
    theirs = mentorships_of(query, seat.holder, query.day)
    return [event for one in theirs if was_mentored(seat, [one]) for event in up_to(one.events, query.day)]


def told(mentorships: Iterable[tuple[str, Mentorship]], day: int) -> Mapping[str, list[MentoringEvent]]:
    """The events up to a day of everybody's mentorships, oldest first."""
    found: dict[str, dict[tuple[str, str], MentoringEvent]] = defaultdict(dict)
    for person, one in mentorships:
        found[person] |= {(event.source, event.id): event for event in up_to(one.events, day)}
    return {person: sorted(events.values(), key=lambda one: one.order) for person, events in found.items()}
