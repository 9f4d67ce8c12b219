"""Newcomers are given a mentor, meet, and part; nobody mentors more than a few at once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from events.catalog import AnyEvent
from events.mentoring import Mentoring, MentoringEnd, MentoringEnded, MentoringMet, MentoringOutcome, MentoringStarted
from infra.simulate.world import Person, World

MEETINGS: Final = (2, 4, 6, 8)
"""Weeks after which the two meet; the last time is the end of it."""

MOST_MENTEES: Final = 4


class Mentors:
    """Who mentors whom."""

    def __init__(self, world: World) -> None:
        """Nobody yet."""
        self._world = world

    def founding(self) -> Iterator[AnyEvent]:
        """Every third founder learns from the others."""
        founders = self._world.people
        for person in founders[: len(founders) // 3]:
            yield from self._pair(person, self._world.moment(1))

    def welcome(self, person: Person) -> Iterator[AnyEvent]:
        """A newcomer gets a mentor, or none."""
        if self._world.chance.random() < self._world.scenario.mentored:
            yield from self._pair(person, self._world.moment(1))

    def meet(self, person: Person) -> Iterator[AnyEvent]:
        """A mentee and their mentor meet, every other week for two months."""
        at = self._world.moment(3)
        weeks = (at - person.paired).days // 7 if person.paired else 0
        if person.mentor and weeks in MEETINGS:
            envelope = self._world.envelope(f"{about(person, person.mentor)}/met/{at.isoformat()}", at, person.team)
            yield MentoringMet(**envelope, subject=person.identity, data=Mentoring(mentor=person.mentor.identity))
            if weeks == MEETINGS[-1]:
                yield from self._part(person, at + timedelta(minutes=30), "completed")

    def leave(self, person: Person, at: datetime) -> Iterator[AnyEvent]:
        """Somebody is gone: what they were taught is dropped, whom they taught is handed over."""
        if person.mentor:
            yield from self._part(person, at, "dropped")
        for mentee in [one for one in self._world.people if one.mentor is person]:
            yield from self._part(mentee, at, "handed_over")
            yield from self._pair(mentee, at)

    def _pair(self, person: Person, at: datetime) -> Iterator[AnyEvent]:
        mentor = self._free(person)
        if mentor:
            person.mentor, person.paired, mentor.mentees = mentor, at, mentor.mentees + 1
            envelope = self._world.envelope(f"{about(person, mentor)}/started/{at.isoformat()}", at, person.team)
            yield MentoringStarted(**envelope, subject=person.identity, data=Mentoring(mentor=mentor.identity))

    def _free(self, person: Person) -> Person | None:
        """Whoever of the team's leaders mentors fewest; coordinators have enough to do."""
        near = [one for one in self._world.people if one.scopes and one.team == person.team and one is not person]
        able = [one for one in near if one.term is None and one.mentees < MOST_MENTEES]
        return min(able, key=lambda one: (one.mentees, self._world.chance.random())) if able else None

    def _part(self, person: Person, at: datetime, outcome: MentoringOutcome) -> Iterator[AnyEvent]:
        if (mentor := person.mentor) and person.paired:
            at = max(at, person.paired + timedelta(minutes=1))
            person.mentor, person.paired, mentor.mentees = None, None, mentor.mentees - 1
            envelope = self._world.envelope(f"{about(person, mentor)}/{outcome}/{at.isoformat()}", at, person.team)
            end = MentoringEnd(mentor=mentor.identity, outcome=outcome)
            yield MentoringEnded(**envelope, subject=person.identity, data=end)


def about(person: Person, mentor: Person) -> str:
    """The two, as the beginning of an id."""
    return f"mentoring/{person.identity}/{mentor.identity}"
