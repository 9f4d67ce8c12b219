"""Who mentors whom, and when: mentorships as ranges.

Source: docs/definitions.md, "Mentoring", Mentorship.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, assert_never

from events.mentoring import MentoringEnded, MentoringEvent, MentoringMet, MentoringStarted
from projections.mentoring.loads import loads
from projections.people.identities import People
from projections.policy.thresholds import MentoringPolicy
from projections.timeline.days import day_of
from projections.timeline.ranges import Segments

MENTORING: Final = (MentoringStarted, MentoringMet, MentoringEnded)
Pair = tuple[str, str, str | None]


class Mentorship(NamedTuple):
    """Somebody mentors somebody from day `start` up to, not including, `end` (day numbers), dormant or ended then.

    One that ended on the day on which it began held on no day, yet it was one. A dormant one that is taken up again is
    another.

    Attributes:
        mentor: the person.
        mentee: the person.
        since: when it began, in seconds since the epoch.
        outcome: how it ended; None for one that did not, or is dormant.
        events: what it was told by, oldest first.
    """

    mentor: str
    mentee: str
    team: str | None
    start: int
    end: int
    since: float
    outcome: str | None = None
    events: tuple[MentoringEvent, ...] = ()

    def held(self, day: int) -> bool:
        """Whether it has begun, has not ended and is not dormant."""
        return self.start <= day < self.end


@dataclass(frozen=True)
class Mentorships:
    """All mentorships of a community, by mentor, mentee, team and start."""

    ranges: Sequence[Mentorship] = ()

    @classmethod
    def of(cls, events: Sequence[MentoringEvent], people: People, policy: MentoringPolicy) -> "Mentorships":
        """Fold the events of mentoring; bots neither mentor nor are mentored, and nobody mentors themselves.

        Args:
            events: of mentoring, in any order.
            people: who is who.
            policy: says when a mentorship is dormant.
        """
        by_pair: dict[Pair, list[MentoringEvent]] = defaultdict(list)
        persons = humans({one for event in events for one in identities_of(event)}, people)
        for event in sorted(events, key=lambda one: one.order):
            mentor, mentee = (persons.get(one) for one in identities_of(event))
            if mentor and mentee and mentor != mentee:
                by_pair[mentor, mentee, event.team].append(event)
        found = [one for pair, theirs in by_pair.items() for one in spans(pair, theirs, policy.dormant_days)]
        return cls(sorted(found, key=lambda one: (one.mentor, one.mentee, one.team or "", one.start, one.since)))

    @cached_property
    def by_mentee(self) -> Mapping[str, Sequence[Mentorship]]:
        """Everybody's mentorships as a mentee, by when they began."""
        found: dict[str, list[Mentorship]] = defaultdict(list)
        for one in sorted(self.ranges, key=lambda one: one.since):
            found[one.mentee].append(one)
        return found

    @cached_property
    def loads(self) -> Segments:
        """The stretches over which each mentor has the same number of mentees."""
        return loads((one.mentor, one.mentee, (one.start, one.end)) for one in self.ranges)

    def on(self, day: int) -> list[Mentorship]:
        """Those that are active on a day."""
        return [one for one in self.ranges if one.held(day)]


def identities_of(event: MentoringEvent) -> tuple[str, str]:
    """Mentor and mentee, as the event names them."""
    return event.data.mentor, event.subject


def humans(identities: set[str], people: People) -> Mapping[str, str]:
    """Identity → person, of those that are neither bots nor teams."""
    return {one: people.person_of(one) for one in identities if people.nature(one) == "human"}


def spans(pair: Pair, events: Sequence[MentoringEvent], dormant_days: int) -> Iterator[Mentorship]:
    """The mentorships of one pair from its events, oldest first; an end without a beginning says nothing."""
    told: list[MentoringEvent] = []
    for event in events:
        if told and day_of(event.time) > day_of(told[-1].time) + dormant_days:
            yield mentorship(pair, told, day_of(told[-1].time) + dormant_days)
            told = []
        match event:
            case MentoringStarted() | MentoringMet():
                told.append(event)
            case MentoringEnded():
                if told:
                    yield mentorship(pair, [*told, event], day_of(event.time), event.data.outcome)
                told = []
            case _:
                assert_never(event)
    if told:
        yield mentorship(pair, told, day_of(told[-1].time) + dormant_days)


def mentorship(pair: Pair, told: Sequence[MentoringEvent], end: int, outcome: str | None = None) -> Mentorship:
    """The mentorship that these events tell of."""
    begun = told[0].time
    return Mentorship(*pair, day_of(begun), end, begun.timestamp(), outcome, tuple(told))
