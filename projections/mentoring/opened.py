"""A number about mentoring opened up: whom it counts, and the events of mentoring that say so."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from projections.activity.ranges import Work
from projections.community.joined import Joined
from projections.counted import Asked
from projections.facts.fact import Fact, up_to
from projections.leadership.seats import Held
from projections.leadership.shown import SeatShown, shown
from projections.mentoring.counts import JUDGED, worked_later
from projections.mentoring.measures import LANDMARK_DAYS, recruits, was_mentored
from projections.mentoring.ranges import Mentorship


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


def opened(joined: Joined, family: str, labels: Mapping[str, str], day: int) -> Opened:
    """Who is behind a number of mentoring."""
    return BEHIND[family](Asked(joined, labels, day)) if family in BEHIND else Opened()


def active(asked: Asked) -> list[Mentorship]:
    """The mentorships that are active on the day."""
    return asked.joined.mentorships.on(asked.day)


def mentorships_of(asked: Asked, person: str, by: int) -> list[Mentorship]:
    """Somebody's mentorships as a mentee that had begun by a day."""
    return [one for one in asked.joined.mentorships.by_mentee.get(person, ()) if one.start <= by]


def arrivals(asked: Asked) -> Work:
    """The first contribution of everybody who came by the day."""
    return asked.work(active=False).firsts()


def everybody(asked: Asked) -> Opened:
    """Mentors and mentees."""
    both = [(one.mentor, one) for one in active(asked)] + [(one.mentee, one) for one in active(asked)]
    return Opened(told(both, asked.day))


def mentors(asked: Asked) -> Opened:
    """Those with an active mentee."""
    return Opened(told(((one.mentor, one) for one in active(asked)), asked.day))


def busiest(asked: Asked) -> Opened:
    """Whoever has the most active mentees; of several all."""
    mentees: dict[str, set[str]] = defaultdict(set)
    for one in active(asked):
        mentees[one.mentor].add(one.mentee)
    most = max(map(len, mentees.values()), default=0)
    return Opened(told(((one.mentor, one) for one in active(asked) if len(mentees[one.mentor]) == most), asked.day))


def reached(asked: Asked) -> Opened:
    """The newcomers who have or had a mentor."""
    days, came = asked.joined.policy.mentoring.newcomer_days, arrivals(asked)
    names = [asked.joined.who.persons[one] for one in came.who[came.day > asked.day - days]]
    theirs = [(name, one) for name in names for one in mentorships_of(asked, name, asked.day)]
    return Opened(told(theirs, asked.day), days)


def judged(asked: Asked) -> Opened:
    """Those who came so long ago that it shows whether they stayed, mentored soon or not."""
    return of_group(asked, arrivals(asked), asked.labels.get("mentored", "yes"))


def stayed(asked: Asked) -> Opened:
    """Those of them who stayed."""
    came = arrivals(asked)
    remained = worked_later(came, asked.work())
    return of_group(
        asked, Work(came.who[remained], came.day[remained], came.times[remained]), asked.labels.get("mentored", "yes")
    )


def of_group(asked: Asked, came: Work, mentored: str) -> Opened:
    """Those who came when outcomes are looked at, and were mentored soon, or were not."""
    earliest, latest = JUDGED
    chosen = np.flatnonzero((came.day <= asked.day - earliest) & (came.day >= asked.day - latest))
    found: dict[str, Sequence[Fact]] = {}
    for name, day in zip((asked.joined.who.persons[one] for one in came.who[chosen]), came.day[chosen], strict=True):
        soon = mentorships_of(asked, name, int(day) + LANDMARK_DAYS)
        if bool(soon) == (mentored == "yes"):
            found[name] = [fact for one in soon for fact in up_to(one.events, asked.day)]
    return Opened(found, latest + 1)


def recruited(asked: Asked) -> Opened:
    """Those who took their first seat, with the mentorships that they had before, if any."""
    seats = newly_seated(asked)
    return Opened({seat.holder: before(asked, seat) for seat in seats}, 0, {seat.holder: shown(seat) for seat in seats})


def recruited_mentored(asked: Asked) -> Opened:
    """Those of them who were mentored."""
    every = recruited(asked)
    theirs = {person: events for person, events in every.events.items() if events}
    return Opened(theirs, 0, {person: every.seats[person] for person in theirs})


def newly_seated(asked: Asked) -> list[Held]:
    """The first seats that somebody took lately."""
    swept, days = asked.joined.leadership, asked.joined.policy.mentoring.recruited_days
    seats = recruits(swept.told.roster.seats) if swept else ()
    return [one for one in seats if asked.day - days < one.start <= asked.day]


def before(asked: Asked, seat: Held) -> list[Fact]:
    """The events of the mentorships that somebody had in the year before a seat."""
    theirs = mentorships_of(asked, seat.holder, asked.day)
    return [fact for one in theirs if was_mentored(seat, [one]) for fact in up_to(one.events, asked.day)]


def told(mentorships: Iterable[tuple[str, Mentorship]], day: int) -> Mapping[str, list[Fact]]:
    """The events up to a day of everybody's mentorships, oldest first."""
    found: dict[str, dict[tuple[str, str], Fact]] = defaultdict(dict)
    for person, one in mentorships:
        found[person] |= {(fact.source, fact.id): fact for fact in up_to(one.events, day)}
    return {person: sorted(facts.values(), key=lambda fact: fact.order) for person, facts in found.items()}


BEHIND: Mapping[str, Callable[[Asked], Opened]] = {
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
