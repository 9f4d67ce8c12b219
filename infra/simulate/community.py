"""An agent-based community: people arrive, stay or leave, are mentored, take and lose roles.

The same arguments give the same events, byte by byte; nothing here reads a clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import exp
from random import Random
from typing import Any, Final, Literal

from events.catalog import AnyEvent
from events.community import Goal, GoalSet, SourceCheck, SourceChecked
from events.contributions import Contribution, ContributionRecorded
from events.mentoring import Mentoring, MentoringEnd, MentoringEnded, MentoringMet, MentoringStarted
from events.people import Affiliation, Naming, PersonAffiliated, PersonNamed
from events.roles import Grant, Role, RoleGranted, RoleRevoked, Scope, ScopeDeclared
from infra.simulate.scenario import Scenario

TEAMS: Final = ("compiler", "docs", "tools")
AREAS: Final = ("api", "build", "site")
FOUNDERS: Final = 6
FIRST_NAMES: Final = (
    "Ada",
    "Bo",
    "Chidi",
    "Dana",
    "Emeka",
    "Fen",
    "Gul",
    "Hana",
    "Ines",
    "Jun",
    "Kofi",
    "Lena",
    "Mika",
)
LAST_NAMES: Final = ("Abebe", "Berg", "Costa", "Duarte", "Eze", "Fuchs", "Garcia", "Haddad", "Ito", "Jansen", "Khan")
ORGANISATIONS: Final = ("Northwind", "Initech", "Tyrell", "Hooli")
KINDS: Final = ("commit", "commit", "commit", "review", "documentation", "triage", "support_answer")

Basis = Literal["paid", "volunteer"]

WEEKS_PER_YEAR: Final = 365.25 / 7
WEEKS_TO_THE_GOAL, GOAL_DAYS, WEEKS_OF_THE_HEADLINE = 26, 5 * 365, 13
SEASONED_DAYS: Final = 24
"""Days of work after which somebody may be given a seat."""


@dataclass(slots=True, eq=False)
class Person:
    """One of the agents.

    Attributes:
        days_per_week: how often they come, on average.
    """

    identity: str
    team: str
    arrived: int
    days_per_week: float
    mentor: "Person | None" = None
    days: int = 0
    scopes: list[str] = field(default_factory=list)

    def leaving(self, week: int) -> float:
        """The chance that they are gone by next week: high at first, lower with a mentor, a role and the years."""
        weeks = week - self.arrived
        if self.scopes:
            return 0.012
        if weeks < 4:
            return 0.12 if self.mentor else 0.3
        return 0.025 if weeks < 52 else 0.018


class Simulation:
    """A community from its founding on.

    Args:
        scenario: what becomes of it.
        seed: of all chance in it.
        years: how long it is watched.
        community: name of the community in the events.
        last_day: the last day watched.
        size: by how much more, or fewer, people come than the scenario says.
    """

    def __init__(
        self, scenario: Scenario, seed: int, years: float, community: str, last_day: date, size: float = 1
    ) -> None:
        """Only remembers; `events` is the story."""
        self._scenario, self._size = scenario, size
        self._chance = Random(seed)  # noqa: S311 - chance that can be repeated
        self._weeks = max(1, round(years * WEEKS_PER_YEAR))
        self._community = community
        self._first_day = last_day - timedelta(days=7 * self._weeks - 1)
        self._source = f"simulation:{self._first_day}:{self._weeks}:{seed}"
        self._people: list[Person] = []
        self._last_worked: dict[str, int] = {}
        self._arrived = self._contributed = 0

    def events(self) -> Iterator[AnyEvent]:
        """Everything that happened, week by week."""
        yield from self._founding()
        for week in range(self._weeks):
            if week:
                yield from self._arrivals(week)
            for person in list(self._people):
                yield from self._week_of(person, week)
            if week == WEEKS_TO_THE_GOAL:
                yield self._goal(week)
            if week % 13 == 12:
                yield from self._quarter_end(week)
        through = datetime.combine(self._first_day + timedelta(days=7 * self._weeks), time(), UTC)
        check = SourceCheck(source=self._source, through=through, found=self._contributed)
        yield SourceChecked(**self._envelope("checked", through), data=check)

    def _goal(self, week: int) -> AnyEvent:
        """Ten times those who worked in the last 13 weeks, within five years."""
        at = self._moment(week, 6)
        baseline = sum(worked > week - WEEKS_OF_THE_HEADLINE for worked in self._last_worked.values())
        goal = Goal(baseline=baseline, baseline_on=at.date(), factor=10, due_on=at.date() + timedelta(days=GOAL_DAYS))
        return GoalSet(**self._envelope("goal", at), data=goal)

    def _founding(self) -> Iterator[AnyEvent]:
        for _ in range(FOUNDERS):
            yield from self._arrive(0)
        for team in TEAMS:
            for area in AREAS:
                at, scope = self._moment(0, 0), f"{team}/{area}"
                yield ScopeDeclared(**self._envelope(f"scope/{scope}", at), data=Scope(scope=scope))
                yield self._grant(self._chance.choice(self._people), scope, at, already_held=True)

    def _arrivals(self, week: int) -> Iterator[AnyEvent]:
        mean = self._size * self._scenario.arrivals(week / WEEKS_PER_YEAR, self._weeks / WEEKS_PER_YEAR)
        for _ in range(self._poisson(mean)):
            yield from self._arrive(week)

    def _arrive(self, week: int) -> Iterator[AnyEvent]:
        chance, self._arrived = self._chance, self._arrived + 1
        person = Person(
            f"simulated:{self._arrived}", chance.choice(TEAMS), week, min(5.0, chance.lognormvariate(0.2, 0.7))
        )
        self._people.append(person)
        at, envelope = self._moment(week, 0), self._envelope
        name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
        yield PersonNamed(
            **envelope(f"named/{person.identity}/{name}", at), subject=person.identity, data=Naming(name=name)
        )
        if chance.random() < 0.8:
            organisation = chance.choice((*ORGANISATIONS, "Independent"))
            basis: Basis = "volunteer" if organisation == "Independent" else "paid"
            yield PersonAffiliated(
                **envelope(f"affiliated/{person.identity}/{organisation}", at), subject=person.identity,
                data=Affiliation(organisation=organisation, basis=basis, since=at.date()),
            )  # fmt: skip
        if week and chance.random() < self._scenario.mentored:
            yield from self._mentor(person, week)

    def _mentor(self, person: Person, week: int) -> Iterator[AnyEvent]:
        mentors = [one for one in self._people if one.scopes and one.team == person.team]
        if mentors:
            person.mentor, at = self._chance.choice(mentors), self._moment(week, 1)
            envelope = self._envelope(f"mentoring/{person.identity}/{person.mentor.identity}/started", at, person.team)
            yield MentoringStarted(**envelope, subject=person.identity, data=Mentoring(mentor=person.mentor.identity))

    def _week_of(self, person: Person, week: int) -> Iterator[AnyEvent]:
        chance = self._chance
        if week > person.arrived and chance.random() < person.leaving(week):
            yield from self._leave(person, week)
            return
        days = [day for day in range(7) if chance.random() < person.days_per_week / 7]
        for day in days or ([chance.randrange(7)] if week == person.arrived else []):
            person.days += 1
            self._last_worked[person.identity] = week
            for _ in range(1 + self._poisson(0.4)):
                self._contributed += 1
                yield self._work(person, self._moment(week, day))
        if person.mentor and person.mentor in self._people and week - person.arrived in {2, 4, 6, 8}:
            yield from self._meeting(person, person.mentor, week)

    def _work(self, person: Person, at: datetime) -> AnyEvent:
        chance = self._chance
        kind = chance.choice(KINDS)
        team = person.team if chance.random() < 0.9 else chance.choice(TEAMS)
        envelope = self._envelope(f"{kind}/{person.identity}/{at.isoformat()}", at, team)
        return ContributionRecorded(**envelope, subject=person.identity, data=Contribution(kind=kind))

    def _meeting(self, person: Person, mentor: Person, week: int) -> Iterator[AnyEvent]:
        at, mentoring = self._moment(week, 3), f"mentoring/{person.identity}/{mentor.identity}"
        envelope = self._envelope(f"{mentoring}/{at.isoformat()}", at, person.team)
        yield MentoringMet(**envelope, subject=person.identity, data=Mentoring(mentor=mentor.identity))
        if week - person.arrived == 8:
            envelope = self._envelope(f"{mentoring}/completed", at, person.team)
            end = MentoringEnd(mentor=mentor.identity, outcome="completed")
            yield MentoringEnded(**envelope, subject=person.identity, data=end)

    def _leave(self, person: Person, week: int) -> Iterator[AnyEvent]:
        self._people.remove(person)
        at = self._moment(week, 6)
        for scope in list(person.scopes):
            yield self._revoke(person, scope, at)
            if heir := self._heir():
                yield self._grant(heir, scope, at)

    def _quarter_end(self, week: int) -> Iterator[AnyEvent]:
        """Seats change hands: to somebody new in each team, or, where power concentrates, to whoever has most."""
        at = self._moment(week, 6)
        if week < self._scenario.concentrates_from * self._weeks:
            for team in TEAMS:
                ready = [one for one in self._people if one.team == team and self._is_ready(one)]
                if ready:
                    yield self._grant(self._chance.choice(ready), f"{team}/{self._chance.choice(AREAS)}", at)
            return
        top = max(self._people, key=lambda one: len(one.scopes))
        for other in [one for one in self._people if one.scopes and one is not top][:6]:
            scope = other.scopes[0]
            yield self._revoke(other, scope, at)
            if scope not in top.scopes:
                yield self._grant(top, scope, at)

    def _is_ready(self, person: Person) -> bool:
        return not person.scopes and person.days >= SEASONED_DAYS

    def _heir(self) -> Person | None:
        ready = [one for one in self._people if self._is_ready(one)]
        return self._chance.choice(ready) if ready else None

    def _grant(self, person: Person, scope: str, at: datetime, *, already_held: bool = False) -> AnyEvent:
        person.scopes.append(scope)
        grant = Grant(role="maintainer", scope=scope, already_held=already_held)
        envelope = self._envelope(f"granted/{person.identity}/{scope}/{at.isoformat()}", at, scope.partition("/")[0])
        return RoleGranted(**envelope, subject=person.identity, data=grant)

    def _revoke(self, person: Person, scope: str, at: datetime) -> AnyEvent:
        person.scopes.remove(scope)
        envelope = self._envelope(f"revoked/{person.identity}/{scope}/{at.isoformat()}", at, scope.partition("/")[0])
        return RoleRevoked(**envelope, subject=person.identity, data=Role(role="maintainer", scope=scope))

    def _envelope(self, event_id: str, at: datetime, team: str | None = None) -> dict[str, Any]:
        return {"id": event_id, "source": self._source, "community": self._community, "team": team, "time": at}

    def _moment(self, week: int, day: int) -> datetime:
        start = datetime.combine(self._first_day, time(), UTC)
        return start + timedelta(days=7 * week + day, seconds=self._chance.randrange(6 * 3600, 23 * 3600))

    def _poisson(self, mean: float) -> int:
        """How often something happens that happens `mean` times on average. Source: Knuth, TAOCP 2, 3.4.1."""
        left, count = self._chance.random(), 0
        while left > exp(-mean):
            left *= self._chance.random()
            count += 1
        return count
