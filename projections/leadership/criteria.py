"""Who meets the criteria of a role and does not hold it.

Source: docs/definitions.md, "Leadership", People meeting criteria.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from projections.community.context import EvaluationContext
from projections.community.contributed import Contributed, work_of
from projections.community.snapshot import CommunitySnapshot
from projections.leadership.criteria_progress import CriteriaProgress
from projections.mentoring.mentorships import Mentorships
from projections.people.index import FOREVER
from projections.policy.policy import CommunityPolicy
from projections.policy.thresholds import Criteria
from projections.seats.leading import leading
from projections.seats.roster import ROLES, Roster
from projections.seats.seats import Held
from projections.timeline.history import Series, Values, series
from projections.timeline.ranges import DayCounts, Ints, Ranges

LEADERSHIP = "leadership"
"""The purpose of opting out that keeps somebody from being counted."""
FEWEST_PEOPLE = 5


def criteria_series(context: EvaluationContext) -> Iterator[tuple[Series, Values]]:
    """For each role that the policy has criteria for; nothing before roles were recorded."""
    if (roster := context.find(Roster)) is None:
        return
    who = Eligible(
        context.policy,
        context.snapshot.who.persons,
        context.counts.of(CriteriaProgress),
        context.of(Mentorships),
        roster.seats,
        context.people.opted_out(LEADERSHIP),
    )
    begun = context.since(*ROLES)
    for role in sorted(context.policy.criteria):
        people = who.meeting(role).counts(context.first_day, len(context.days))
        values = np.where(begun & (people >= FEWEST_PEOPLE), people, np.nan)
        yield series("people_meeting_criteria", role=role), values


def meeting_on(snapshot: CommunitySnapshot, role: str, day: int) -> list[str]:
    """Who is counted for a role on a day, alphabetically; nobody where fewer are than may be told."""
    if (roster := snapshot.find(Roster)) is None or role not in snapshot.policy.criteria:
        return []
    human = snapshot.human
    active, ladders = snapshot.names.active(human, snapshot.policy), CriteriaProgress(snapshot.policy)
    work, active_work = (work_of(cells, snapshot.who) for cells in (human, active))
    ladders.add(Contributed(human, active, work, active_work, snapshot.who, snapshot.names))
    seats = roster.seats
    who = Eligible(snapshot.policy, snapshot.who.persons, ladders, snapshot.of(Mentorships), seats, snapshot.opted_out)
    found = who.meeting(role).on(day)
    return found if len(found) >= FEWEST_PEOPLE else []


@dataclass(frozen=True, slots=True)
class Meeting:
    """Those who meet a ladder: from which day on, and when they hold the role already.

    Attributes:
        persons: names, by the numbers that `who` and `held` give.
    """

    persons: Sequence[str]
    who: Ints
    since: Ints
    held: Ranges

    def counts(self, first_day: int, days: int) -> Ints:
        """How many meet it and don't hold the role, by day."""
        tally = DayCounts(first_day, days)
        tally.add("meeting", self.since, np.full(len(self.since), FOREVER, np.int64))
        tally.add("meeting", self.held.start, self.held.end, -1)
        return tally.counts("meeting")

    def on(self, day: int) -> list[str]:
        """Their names, alphabetically."""
        holding = self.held.who[(self.held.start <= day) & (self.held.end > day)]
        return sorted(self.persons[one] for one in np.setdiff1d(self.who[self.since <= day], holding))


@dataclass(frozen=True, slots=True)
class Eligible:
    """All that says who meets a ladder.

    Attributes:
        persons: names by number.
        seats: of persons, of any role.
        opted_out: persons who don't want to be considered.
    """

    policy: CommunityPolicy
    persons: Sequence[str]
    ladders: CriteriaProgress
    mentorships: Mentorships
    seats: Sequence[Held]
    opted_out: Collection[str]

    def meeting(self, role: str) -> Meeting:
        """Who meets the ladder of a role."""
        ladder = self.policy.criteria[role]
        number = {name: at for at, name in enumerate(self.persons)}
        since = self.ladders.since(role, len(number))
        if ladder.asks_mentoring:
            mentored = mentored_since(self.mentorships, ladder)
            for name in mentored:
                number.setdefault(name, len(number))
            since = later(since, mentored, number, asks_work=bool(ladder.days or ladder.contributions))
        since[[number[name] for name in self.opted_out if name in number]] = FOREVER
        who = np.flatnonzero(since < FOREVER)
        return Meeting(list(number), who, since[who], role_held(self.seats, role, number, since))


def later(since: Ints, mentored: Mapping[str, int], number: Mapping[str, int], *, asks_work: bool) -> Ints:
    """The day from which both is met, what is asked of contributions and of mentoring."""
    found = np.full(len(number), FOREVER, np.int64)
    for name, day in mentored.items():
        at = number[name]
        worked = int(since[at]) if at < len(since) else FOREVER
        found[at] = max(day, worked) if asks_work else day
    return found


def mentored_since(mentorships: Mentorships, ladder: Criteria) -> Mapping[str, int]:
    """Person → the day from which they have mentored, and were mentored by, as many people as a ladder asks."""
    mentors = met_first((one.mentor, one.mentee, one.start) for one in mentorships.ranges)
    mentees = met_first((one.mentee, one.mentor, one.start) for one in mentorships.ranges)
    found: dict[str, int] = {}
    for name in mentors.keys() | mentees.keys():
        sides = ((mentors.get(name, []), ladder.mentees), (mentees.get(name, []), ladder.sponsors))
        if all(len(days) >= least for days, least in sides):
            found[name] = max(days[least - 1] for days, least in sides if least)
    return found


def met_first(pairs: Iterable[tuple[str, str, int]]) -> Mapping[str, list[int]]:
    """Person → the days on which they first met each of the others, in order; nobody meets themselves."""
    first: dict[tuple[str, str], int] = {}
    for one, other, day in pairs:
        if one != other:
            first[one, other] = min(first.get((one, other), day), day)
    found: dict[str, list[int]] = {}
    for (one, _), day in sorted(first.items(), key=lambda item: item[1]):
        found.setdefault(one, []).append(day)
    return found


def role_held(seats: Sequence[Held], role: str, number: Mapping[str, int], since: Ints) -> Ranges:
    """When those who meet the ladder of a role hold it, in whichever scope."""
    spans = [
        (at, max(one.start, int(since[at])), one.end)
        for one in leading(seat for seat in seats if seat.role == role)
        if (at := number.get(one.person, -1)) >= 0 and since[at] < one.end
    ]
    who, start, end = np.array(spans, np.int64).reshape(-1, 3).T
    return Ranges(who, start, end)
