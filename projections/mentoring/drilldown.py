"""A number about mentoring opened up: whom it counts, and the events of mentoring that say so."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from projections.activity.drilldown import NumberQuery
from projections.community.snapshot import CommunitySnapshot
from projections.facts.fact import Fact, up_to
from projections.leadership.day import SeatShown, shown
from projections.mentoring.counts import JUDGED, worked_later
from projections.mentoring.measures import LANDMARK_DAYS, recruits, was_mentored
from projections.mentoring.mentorships import Mentorship, Mentorships
from projections.seats.roster import Roster
from projections.seats.seats import Held
from projections.timeline.ranges import Work


@dataclass(frozen=True, slots=True)
class Opened:
    """People by name with the events of mentoring that count, and on how many days their contributions do.

    Attributes:
        events: of each person, oldest first; of some none.
        days: how far back contributions of any level count; 0 where none does.
        seats: the first seat of each, where the number is of those who took one.
    """

    events: Mapping[str, Sequence[Fact]] = field(default_factory=dict)
    days: int = 0
    seats: Mapping[str, SeatShown] = field(default_factory=dict)


def opened(snapshot: CommunitySnapshot, family: str, labels: Mapping[str, str], day: int) -> Opened:
    """Who is behind a number of mentoring."""
    return BEHIND[family](NumberQuery(snapshot, labels, day)) if family in BEHIND else Opened()


def active(query: NumberQuery) -> list[Mentorship]:
    """The mentorships that are active on the day."""
    return query.snapshot.of(Mentorships).on(query.day)


def mentorships_of(query: NumberQuery, person: str, by: int) -> list[Mentorship]:
    """Somebody's mentorships as a mentee that had begun by a day."""
    return [one for one in query.snapshot.of(Mentorships).by_mentee.get(person, ()) if one.start <= by]


def arrivals(query: NumberQuery) -> Work:
    """The first contribution of everybody who came by the day."""
    return query.work(active=False).firsts()


def everybody(query: NumberQuery) -> Opened:
    """Mentors and mentees."""
    both = [(one.mentor, one) for one in active(query)] + [(one.mentee, one) for one in active(query)]
    return Opened(told(both, query.day))


def mentors(query: NumberQuery) -> Opened:
    """Those with an active mentee."""
    return Opened(told(((one.mentor, one) for one in active(query)), query.day))


def busiest(query: NumberQuery) -> Opened:
    """Whoever has the most active mentees; of several all."""
    mentees: dict[str, set[str]] = defaultdict(set)
    for one in active(query):
        mentees[one.mentor].add(one.mentee)
    most = max(map(len, mentees.values()), default=0)
    return Opened(told(((one.mentor, one) for one in active(query) if len(mentees[one.mentor]) == most), query.day))


def reached(query: NumberQuery) -> Opened:
    """The newcomers who have or had a mentor."""
    days, came = query.snapshot.policy.mentoring.newcomer_days, arrivals(query)
    names = [query.snapshot.who.persons[one] for one in came.who[came.day > query.day - days]]
    theirs = [(name, one) for name in names for one in mentorships_of(query, name, query.day)]
    return Opened(told(theirs, query.day), days)


def judged(query: NumberQuery) -> Opened:
    """Those who came so long ago that it shows whether they stayed, mentored soon or not."""
    return of_group(query, arrivals(query), query.labels.get("mentored", "yes"))


def stayed(query: NumberQuery) -> Opened:
    """Those of them who stayed."""
    came = arrivals(query)
    remained = worked_later(came, query.work())
    return of_group(
        query, Work(came.who[remained], came.day[remained], came.times[remained]), query.labels.get("mentored", "yes")
    )


def of_group(query: NumberQuery, came: Work, mentored: str) -> Opened:
    """Those who came when outcomes are looked at, and were mentored soon, or were not."""
    earliest, latest = JUDGED
    chosen = np.flatnonzero((came.day <= query.day - earliest) & (came.day >= query.day - latest))
    found: dict[str, Sequence[Fact]] = {}
    for name, day in zip((query.snapshot.who.persons[one] for one in came.who[chosen]), came.day[chosen], strict=True):
        soon = mentorships_of(query, name, int(day) + LANDMARK_DAYS)
        if bool(soon) == (mentored == "yes"):
            found[name] = [fact for one in soon for fact in up_to(one.events, query.day)]
    return Opened(found, latest + 1)


def recruited(query: NumberQuery) -> Opened:
    """Those who took their first seat, with the mentorships that they had before, if any."""
    seats = newly_seated(query)
    return Opened({seat.holder: before(query, seat) for seat in seats}, 0, {seat.holder: shown(seat) for seat in seats})


def recruited_mentored(query: NumberQuery) -> Opened:
    """Those of them who were mentored."""
    every = recruited(query)
    theirs = {person: events for person, events in every.events.items() if events}
    return Opened(theirs, 0, {person: every.seats[person] for person in theirs})


def newly_seated(query: NumberQuery) -> list[Held]:
    """The first seats that somebody took lately."""
    roster, days = query.snapshot.find(Roster), query.snapshot.policy.mentoring.recruited_days
    seats = recruits(roster.seats) if roster else ()
    return [one for one in seats if query.day - days < one.start <= query.day]


def before(query: NumberQuery, seat: Held) -> list[Fact]:
    """The events of the mentorships that somebody had in the year before a seat."""
    theirs = mentorships_of(query, seat.holder, query.day)
    return [fact for one in theirs if was_mentored(seat, [one]) for fact in up_to(one.events, query.day)]


def told(mentorships: Iterable[tuple[str, Mentorship]], day: int) -> Mapping[str, list[Fact]]:
    """The events up to a day of everybody's mentorships, oldest first."""
    found: dict[str, dict[tuple[str, str], Fact]] = defaultdict(dict)
    for person, one in mentorships:
        found[person] |= {(fact.source, fact.id): fact for fact in up_to(one.events, day)}
    return {person: sorted(facts.values(), key=lambda fact: fact.order) for person, facts in found.items()}


BEHIND: Mapping[str, Callable[[NumberQuery], Opened]] = {
    "mentorships_active": everybody,
    "mentors_active": mentors,
    "mentor_load_max": busiest,
    "mentoring_coverage_ratio": reached,
    "newcomer_retention_people": judged,
    "newcomer_retention_ratio": stayed,
    "core_by_role_recruited": recruited,
    "core_by_role_recruited_mentored": recruited_mentored,
}
"""Family → who is behind it."""
