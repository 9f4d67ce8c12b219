"""What all parts of a simulation share: its people, its time, its chance, and the envelope of its events."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import exp
from random import Random
from typing import Any, Final

from infra.simulate.scenario import Scenario

TEAMS: Final = ("compiler", "docs", "tools")
WEEKS_PER_YEAR: Final = 365.25 / 7
SEASONED_DAYS: Final = 24
"""Days of work after which somebody may be given a seat."""

LEFT_ALONE: Final = 1.6


@dataclass(slots=True, eq=False)
class Person:
    """One of the agents.

    Attributes:
        arrived: the week in which they came.
        days_per_week: how often they come, on average.
        mentor: who mentors them now.
        paired: the moment at which that began.
        mentees: how many they mentor now.
        days: days of work so far.
        scopes: what they maintain.
        term: when their time as a coordinator ends; None for who does not coordinate.
    """

    identity: str
    team: str
    arrived: int
    days_per_week: float
    mentor: "Person | None" = None
    paired: datetime | None = None
    mentees: int = 0
    days: int = 0
    scopes: list[str] = field(default_factory=list)
    term: datetime | None = None

    @property
    def leads(self) -> bool:
        """Whether they hold a seat of any kind."""
        return bool(self.scopes) or self.term is not None

    @property
    def is_ready(self) -> bool:
        """Whether they could take their first seat."""
        return not self.leads and self.days >= SEASONED_DAYS

    def leaving(self, week: int) -> float:
        """The chance that they are gone by next week: high at first, lower with a mentor, a role and the years.

        That is where somebody cares; elsewhere it is `LEFT_ALONE` times that.
        """
        if self.leads:
            return 0.006
        weeks = week - self.arrived
        if weeks < 4:
            return 0.08 if self.mentor else 0.25
        return 0.025 if weeks < 52 else 0.018


@dataclass(slots=True)
class World:
    """A community at some week of its life.

    Attributes:
        first_day: the first day of the first week.
        weeks: how many weeks are watched.
        size: by how much more, or fewer, people come than the scenario says.
        departing: the part of one more departure that has come together, from 0 to 1.
        people: who is there now.
        week: the week that is being told.
        last_work: identity → the last day of work; of those who left, too.
        contributed: contributions so far.
    """

    scenario: Scenario
    chance: Random
    community: str
    source: str
    first_day: date
    weeks: int
    size: float = 1
    departing: float = 0
    people: list[Person] = field(default_factory=list)
    week: int = 0
    last_work: dict[str, date] = field(default_factory=dict)
    contributed: int = 0

    @property
    def is_cared_for(self) -> bool:
        """Whether somebody looks after the community."""
        return self.week <= self.scenario.cared_until * self.weeks

    @property
    def concentrates(self) -> bool:
        """Whether power goes to whoever has most of it."""
        return self.week >= self.scenario.concentrates_from * self.weeks

    @property
    def end(self) -> datetime:
        """The moment at which nobody watches any more."""
        return datetime.combine(self.first_day + timedelta(days=7 * self.weeks), time(), UTC)

    def arrivals(self) -> int:
        """How many come this week."""
        mean = self.scenario.arrivals(self.week / WEEKS_PER_YEAR, self.weeks / WEEKS_PER_YEAR)
        return self.poisson(self.size * mean)

    def leaves(self, person: Person) -> bool:
        """Whether somebody leaves this week; as many do as the chances of all add up to, and who is chance.

        Drawn for each apart, of fifty people six more or fewer would stay in one year than in the next for no reason.

        Source: Madow (1949), systematic sampling with unequal probabilities.
        """
        self.departing += person.leaving(self.week) * (1 if self.is_cared_for else LEFT_ALONE)
        leaves = self.departing >= 1
        self.departing -= leaves
        return leaves

    def envelope(self, event_id: str, at: datetime, team: str | None = None) -> dict[str, Any]:
        """What every event says."""
        return {"id": event_id, "source": self.source, "community": self.community, "team": team, "time": at}

    def url(self, path: str) -> str:
        """Where something could be read, if there were such a community."""
        return f"https://example.org/{self.community}/{path}"

    def moment(self, day: int) -> datetime:
        """A moment on one of this week's days, 0 to 6, when people are awake."""
        start = datetime.combine(self.first_day, time(), UTC)
        return start + timedelta(days=7 * self.week + day, seconds=self.chance.randrange(6 * 3600, 23 * 3600))

    def poisson(self, mean: float) -> int:
        """How often something happens that happens `mean` times on average. Source: Knuth, TAOCP 2, 3.4.1."""
        left, count, least = self.chance.random(), 0, exp(-mean)
        while left > least:
            left *= self.chance.random()
            count += 1
        return count

    def least(self, people: list[Person]) -> Person | None:
        """Whoever leads least of some people, by chance where several do."""
        return min(people, key=lambda one: (len(one.scopes), self.chance.random())) if people else None
