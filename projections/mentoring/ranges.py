"""Who mentors whom, and when: mentorships as ranges.

Source: DEFINITIONS, "Mentoring", Mentorship.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from projections.facts.fact import Fact
from projections.people.measures import People
from projections.thresholds import MentoringPolicy


class Mentorship(NamedTuple):
    """Somebody mentors somebody from day `start` up to, not including, `end` (day numbers), dormant or ended then.

    Attributes:
        mentor: the person.
        mentee: the person.
        since: when it began, in seconds since the epoch.
    """

    mentor: str
    mentee: str
    team: str | None
    start: int
    end: int
    since: float


@dataclass(frozen=True, slots=True)
class Mentorships:
    """All mentorships of a community, by mentor, mentee and start."""

    ranges: Sequence[Mentorship] = ()

    @classmethod
    def of(cls, facts: Sequence[Fact], people: People, policy: MentoringPolicy) -> "Mentorships":
        """Fold the events of mentoring; bots neither mentor nor are mentored."""
        return cls()
