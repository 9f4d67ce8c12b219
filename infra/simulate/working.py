"""What people do with their days, and how long it takes until somebody answers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, Literal

from events.catalog import AnyEvent
from events.contributions import Contribution, ContributionRecorded, EventReference
from infra.simulate.world import TEAMS, Person, World

KINDS: Final = ("commit", "commit", "review", "documentation", "triage", "support_answer")
PATCHES: Final = 0.2
"""Share of the work that is a patch, which somebody answers and takes or declines; what newcomers begin with."""

DAYS_TO_ANSWER: Final = 1.2
ANSWERED_WITHOUT_CARE: Final = 0.5
DAYS_WITHOUT_CARE: Final = 10
DECLINED: Final = 0.12
BOT: Final = "simulated:build-bot"


class Work:
    """Contributions, numbered as they come."""

    def __init__(self, world: World) -> None:
        """Nothing done yet."""
        self._world = world

    def week_of(self, person: Person) -> Iterator[AnyEvent]:
        """What somebody does this week."""
        world, chance = self._world, self._world.chance
        days = [day for day in range(7) if chance.random() < person.days_per_week / 7]
        for day in days or ([chance.randrange(7)] if world.week == person.arrived else []):
            person.days += 1
            for _ in range(1 + world.poisson(0.4)):
                team = person.team if chance.random() < 0.9 else chance.choice(TEAMS)
                yield from self._piece(person, team, world.moment(day))

    def machine(self) -> AnyEvent:
        """What a machine does once a week: in no number of people."""
        return self._told(BOT, "tools", self._world.moment(0), Contribution(kind="commit"))

    def _piece(self, person: Person, team: str, at: datetime) -> Iterator[AnyEvent]:
        world, chance = self._world, self._world.chance
        is_new = person.identity not in world.last_work
        if not is_new and chance.random() >= PATCHES:
            yield self._told(person.identity, team, at, Contribution(kind=chance.choice(KINDS)))
            return
        about = f"change/{world.contributed}"
        patch = self._told(person.identity, team, at, Contribution(kind="patch", about=about, outcome="opened"))
        yield patch
        yield from self._answer(person, patch, about)

    def _answer(self, person: Person, patch: ContributionRecorded, about: str) -> Iterator[AnyEvent]:
        world, chance = self._world, self._world.chance
        others = [one for one in world.people if one is not person and (one.arrived < world.week or not world.week)]
        if not others or not (world.is_cared_for or chance.random() < ANSWERED_WITHOUT_CARE):
            return
        usual = DAYS_TO_ANSWER if world.is_cared_for else DAYS_WITHOUT_CARE
        at = patch.time + timedelta(seconds=round(86_400 * min(6.0 * usual, chance.expovariate(1 / usual))))
        if at < world.end:
            answers = EventReference(source=world.source, id=patch.id)
            outcome: Literal["accepted", "declined"] = "declined" if chance.random() < DECLINED else "accepted"
            review = Contribution(kind="review", about=about, responds_to=answers, outcome=outcome)
            yield self._told(chance.choice(others).identity, patch.team, at, review)

    def _told(self, identity: str, team: str | None, at: datetime, data: Contribution) -> ContributionRecorded:
        world = self._world
        world.contributed += 1
        if identity != BOT:
            world.last_work[identity] = max(at.date(), world.last_work.get(identity, at.date()))
        envelope = world.envelope(f"{data.kind}/{world.contributed}", at, team)
        return ContributionRecorded(**envelope, subject=identity, data=data)
