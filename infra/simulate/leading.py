"""Who leads what: seats are given, handed over, or gathered by whoever has most of them; coordinators have terms."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from events.catalog import AnyEvent
from events.community import OpportunityOffer, OpportunityOffered, OpportunityTake, OpportunityTaken
from events.roles import Grant, Role, RoleGranted, RoleRevoked, Scope, ScopeDeclared
from infra.simulate.world import TEAMS, Person, World

AREAS: Final = ("api", "build", "site")
SCOPES: Final = tuple(f"{team}/{area}" for team in TEAMS for area in AREAS)
WHOLE: Final = "community"
LEADERS_OF_A_SCOPE: Final = 2
COORDINATORS: Final = 2
TERM: Final = timedelta(days=730)
STAGGER: Final = timedelta(days=270)
RENEWED_BEFORE: Final = timedelta(days=240)
PEOPLE_PER_NEW_LEADER: Final = 30
TAKEN_A_QUARTER: Final = 6


class Leading:
    """The seats."""

    def __init__(self, world: World) -> None:
        """None yet."""
        self._world = world
        self._offered = 0

    def founding(self) -> Iterator[AnyEvent]:
        """Every scope has two leaders and the whole two coordinators, as long as there are founders for it."""
        world = self._world
        at = world.moment(0)
        for scope in (*SCOPES, WHOLE):
            yield ScopeDeclared(**world.envelope(f"scope/{scope}", at), data=Scope(scope=scope))
        for place, person in enumerate(world.people[:COORDINATORS]):
            yield self._coordinate(person, at, at + TERM - place * STAGGER, already_held=True)
        for scope in SCOPES * LEADERS_OF_A_SCOPE:
            others = [one for one in world.people if scope not in one.scopes and one.term is None]
            if leader := world.least(others):
                yield self._grant(leader, scope, at, already_held=True)

    def leave(self, person: Person, at: datetime) -> Iterator[AnyEvent]:
        """What somebody led goes to others, or to nobody."""
        for scope in list(person.scopes):
            yield self._revoke(person, scope, at)
            if heir := self._heir(scope):
                yield self._grant(heir, scope, at)
        if person.term:
            role = Role(role="coordinator", scope=WHOLE)
            envelope = self._world.envelope(f"revoked/{person.identity}/{WHOLE}/{at.isoformat()}", at)
            yield RoleRevoked(**envelope, subject=person.identity, data=role)
            if self._world.is_cared_for and (heir := self._heir(WHOLE)):
                yield self._coordinate(heir, at, at + TERM)

    def terms(self) -> Iterator[AnyEvent]:
        """Terms are renewed in time where somebody cares, and else run out."""
        at = self._world.moment(5)
        for person in [one for one in self._world.people if one.term]:
            if person.term and person.term <= at:
                person.term = None
            elif person.term and person.term - at < RENEWED_BEFORE and self._renews:
                yield self._coordinate(person, at, person.term + TERM)

    def quarter_end(self) -> Iterator[AnyEvent]:
        """Seats change hands: to somebody new in each team, or, where power concentrates, to whoever has most."""
        at = self._world.moment(6)
        if self._world.concentrates:
            yield from self._gather(at)
            return
        for team in TEAMS:
            theirs = [one for one in self._world.people if one.team == team]
            ready = [one for one in theirs if one.is_ready]
            several = min(len(ready), 1 + len(theirs) // PEOPLE_PER_NEW_LEADER)
            for person in self._world.chance.sample(ready, several):
                yield from self._chance_to_lead(person, at)

    @property
    def _renews(self) -> bool:
        return self._world.is_cared_for and not self._world.concentrates

    def _chance_to_lead(self, person: Person, at: datetime) -> Iterator[AnyEvent]:
        """A scope looks for somebody, who then takes it."""
        world, self._offered = self._world, self._offered + 1
        name = f"opportunity/{self._offered}"
        offer = OpportunityOffer(opportunity=name, url=world.url(name))
        before = at - timedelta(days=5)
        yield OpportunityOffered(**world.envelope(f"{name}/offered", before, person.team), data=offer)
        take = OpportunityTake(opportunity=name)
        envelope = world.envelope(f"{name}/taken/{person.identity}", at, person.team)
        yield OpportunityTaken(**envelope, subject=person.identity, data=take)
        yield self._grant(person, f"{person.team}/{world.chance.choice(AREAS)}", at)

    def _gather(self, at: datetime) -> Iterator[AnyEvent]:
        top = max(self._world.people, key=lambda one: len(one.scopes))
        others = [one for one in self._world.people if one.scopes and one is not top]
        for other in self._world.chance.sample(others, min(len(others), TAKEN_A_QUARTER)):
            scope = other.scopes[0]
            yield self._revoke(other, scope, at)
            if scope not in top.scopes:
                yield self._grant(top, scope, at)

    def _heir(self, scope: str) -> Person | None:
        """Who takes a seat: somebody who leads nothing yet, of the team if possible; else, with care, anybody."""
        world = self._world
        free = [one for one in world.people if scope not in one.scopes and one.term is None]
        if world.concentrates:
            return max(free, key=lambda one: len(one.scopes), default=None)
        ready = [one for one in free if one.is_ready]
        near = [one for one in ready if one.team == scope.partition("/")[0]]
        return world.least(near or ready or (free if world.is_cared_for else []))

    def _coordinate(self, person: Person, at: datetime, until: datetime, *, already_held: bool = False) -> AnyEvent:
        person.term = until
        grant = Grant(role="coordinator", scope=WHOLE, until=until, already_held=already_held, evidence=self._minutes)
        envelope = self._world.envelope(f"granted/{person.identity}/{WHOLE}/{at.isoformat()}", at)
        return RoleGranted(**envelope, subject=person.identity, data=grant)

    def _grant(self, person: Person, scope: str, at: datetime, *, already_held: bool = False) -> AnyEvent:
        person.scopes.append(scope)
        grant = Grant(role="maintainer", scope=scope, already_held=already_held, evidence=self._minutes)
        return RoleGranted(**self._of_a_seat("granted", person, scope, at), subject=person.identity, data=grant)

    def _revoke(self, person: Person, scope: str, at: datetime) -> AnyEvent:
        person.scopes.remove(scope)
        role = Role(role="maintainer", scope=scope, evidence=self._minutes)
        return RoleRevoked(**self._of_a_seat("revoked", person, scope, at), subject=person.identity, data=role)

    def _of_a_seat(self, what: str, person: Person, scope: str, at: datetime) -> dict[str, Any]:
        event_id = f"{what}/{person.identity}/{scope}/{at.isoformat()}"
        return self._world.envelope(event_id, at, scope.partition("/")[0])

    @property
    def _minutes(self) -> str:
        return self._world.url(f"minutes/{self._world.week}")
