"""docs/definitions.md, **People meeting criteria** of a role: the policy's ladder, met by people who don't hold it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from tests.oracle.contributions import Known, not_retracted, not_withdrawn
from tests.oracle.days import day_of, end_of
from tests.oracle.people import bots, of_a_team, of_type, persons
from tests.oracle.values import Ladder, Values

FEWEST = 5
Number = tuple[str, int, dict[str, str]]


def families(known: Known, values: Values, day: date) -> Iterator[Number]:
    """For each role with a ladder; fewer than 5: absent, and so is all of it before the first word about roles."""
    if known.roles.began is None or day < known.roles.began:
        return
    asked = Criteria(known, values, day)
    for role, ladder in values.criteria.items():
        people = asked.meeting(ladder) - asked.holding(role) - asked.opted_out
        if len(people) >= FEWEST:
            yield "people_meeting_criteria", len(people), {"role": role}


@dataclass(frozen=True)
class Criteria:
    """What everybody ever did up to the end of a day."""

    known: Known
    values: Values
    day: date

    @cached_property
    def person(self) -> dict[str, str]:
        """Identity → person."""
        return persons(self.known.events)

    @cached_property
    def opted_out(self) -> set[str]:
        """`person.opted_out {purpose: "leadership"}` keeps out; a people event holds for all of history."""
        words = of_type(self.known.events, "person.opted_out")
        return {self.of(word.subject) for word in words if word.data.purpose == "leadership"}

    @cached_property
    def contributions(self) -> list[Any]:
        """Everybody's contributions of any level; a bot's count nowhere."""
        return [one for one in self.up_to_now(not_retracted(self.known.events)) if self.human(one.subject)]

    @cached_property
    def mentored(self) -> set[tuple[str, str]]:
        """Who mentored whom, ever; nobody themselves."""
        words = of_type(not_withdrawn(self.known.events), "mentoring.started", "mentoring.met")
        pairs = {
            (self.of(word.data.mentor), self.of(word.subject))
            for word in self.up_to_now(words)
            if self.human(word.data.mentor) and self.human(word.subject)
        }
        return {(mentor, mentee) for mentor, mentee in pairs if mentor != mentee}

    def of(self, identity: str) -> str:
        """The person."""
        return self.person.get(identity, identity)

    @cached_property
    def robots(self) -> set[str]:
        """Identities that are bots."""
        words = of_type(self.known.events, "mentoring.started", "mentoring.met")
        identities = {one.subject for one in self.known.events if one.subject} | {one.data.mentor for one in words}
        return set(bots(self.known.events, identities, self.values))

    def human(self, identity: str) -> bool:
        """Whether it is neither a bot nor a team."""
        return not (of_a_team(identity, self.person) or identity in self.robots)

    def up_to_now(self, events: list[Any]) -> list[Any]:
        """What happened on or before the day."""
        return [one for one in events if one.time < end_of(self.day)]

    def holding(self, role: str) -> set[str]:
        """Who holds a seat of the role, in whichever scope."""
        return {term.seat.person for term in self.known.roles.terms if term.held(self.day) and term.seat.role == role}

    def meeting(self, ladder: Ladder) -> set[str]:
        """Those who meet all of it."""
        everybody = {self.of(one.subject) for one in self.contributions}
        everybody |= {person for pair in self.mentored for person in pair}
        return {person for person in everybody if self.meets(person, ladder)}

    def meets(self, person: str, ladder: Ladder) -> bool:
        """Absolute numbers: kinds, days, reviews, mentees, sponsors."""
        theirs = [one for one in self.contributions if self.of(one.subject) == person]
        kinds = Counter(one.data.kind for one in theirs)
        days = {day_of(one.time) for one in theirs if self.values.level(one.data.kind, one.team) != "light"}
        return (
            all(kinds[kind] >= least for kind, least in ladder.kinds.items())
            and len(days) >= ladder.days
            and kinds["review"] >= ladder.reviews
            and sum(mentor == person for mentor, _ in self.mentored) >= ladder.mentees
            and sum(mentee == person for _, mentee in self.mentored) >= ladder.sponsors
        )
