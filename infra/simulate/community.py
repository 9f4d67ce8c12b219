"""An agent-based community: people arrive, stay or leave, are mentored, answered and given seats.

The same arguments give the same events, byte by byte; nothing here reads a clock.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from events.catalog import AnyEvent
from events.checks import SourceCheck, SourceChecked
from events.people import Affiliation, Basis, Naming, PersonAffiliated, PersonNamed
from infra.simulate.leading import Leading
from infra.simulate.mentoring import Mentors
from infra.simulate.scenario import Scenario
from infra.simulate.speaking import WEEKS_A_QUARTER, Voice
from infra.simulate.working import Work
from infra.simulate.world import TEAMS, WEEKS_PER_YEAR, Person, World

FOUNDERS: Final = 12
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
        weeks = max(1, round(years * WEEKS_PER_YEAR))
        first_day = last_day - timedelta(days=7 * weeks - 1)
        chance = Random(seed)  # noqa: S311 - chance that can be repeated
        source = f"simulation:{first_day}:{weeks}:{seed}"
        self._world = World(scenario, chance, community, source, first_day, weeks, size, chance.random())
        self._work, self._mentors = Work(self._world), Mentors(self._world)
        self._leading, self._voice = Leading(self._world), Voice(self._world)
        self._arrived = 0

    def events(self) -> Iterator[AnyEvent]:
        """Everything that happened, week by week; to be told once."""
        world = self._world
        for _ in range(FOUNDERS):
            yield from self._arrive()
        yield from self._leading.founding()
        yield from self._mentors.founding()
        for week in range(world.weeks):
            world.week = week
            yield from self._week()
        check = SourceCheck(source=world.source, through=world.end, found=world.contributed)
        yield SourceChecked(**world.envelope("checked", world.end), data=check)

    def _week(self) -> Iterator[AnyEvent]:
        world = self._world
        if world.week:
            yield from self._arrivals()
        for person in list(world.people):
            yield from self._week_of(person)
        yield self._work.machine()
        yield from self._leading.terms()
        yield from self._voice.week()
        if world.week % WEEKS_A_QUARTER == WEEKS_A_QUARTER - 1:
            yield from self._leading.quarter_end()

    def _arrivals(self) -> Iterator[AnyEvent]:
        for _ in range(self._world.arrivals()):
            yield from self._arrive()
            yield from self._mentors.welcome(self._world.people[-1])

    def _arrive(self) -> Iterator[AnyEvent]:
        world, chance, self._arrived = self._world, self._world.chance, self._arrived + 1
        pace = min(5.0, chance.lognormvariate(0.2, 0.7))
        person = Person(f"simulated:{self._arrived}", TEAMS[self._arrived % len(TEAMS)], world.week, pace)
        world.people.append(person)
        at, envelope = world.moment(0), world.envelope
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

    def _week_of(self, person: Person) -> Iterator[AnyEvent]:
        world = self._world
        if world.week > person.arrived and world.leaves(person):
            yield from self._leave(person)
            return
        yield from self._work.week_of(person)
        yield from self._mentors.meet(person)

    def _leave(self, person: Person) -> Iterator[AnyEvent]:
        self._world.people.remove(person)
        at = self._world.moment(6)
        yield from self._mentors.leave(person, at)
        yield from self._leading.leave(person, at)
