"""What leadership costs in memory: every day of ten years of seats in many scopes, and one more seat granted late."""

import asyncio
import multiprocessing
import resource
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any, Final, NamedTuple

import numpy as np

from benchmarks.evaluation import DAYS, change_of, contributions_of, seconds
from benchmarks.result import Section, Table, Target, Value
from benchmarks.scale import Scale, tell
from events.roles import Grant, Role, RoleGranted, RoleRevoked, Scope, ScopeDeclared
from infra.ingest import event_files, example
from infra.local.stack import LocalStack
from projections.community.change import Change
from projections.community.contributions import DailyContributions
from projections.evaluation.community import Community
from projections.evaluation.fold import change_of as told
from projections.policy.policy import CommunityPolicy, Policy
from projections.seats.roster import ROLES, SEATS
from projections.timeline.days import day_of

SCOPES: Final = 200
ROLE_EVENTS: Final = 2_000
LATE_TIMES: Final = 5
LATE_DAYS: Final = 2_000
KINDS: Final = ("owner", "lead", "lead", "member")
COLUMNS: Final = (
    "community",
    "scopes",
    "role events",
    "people",
    "contributions",
    "history, s",
    "late role, s",
    "MB",
)
REMARKS: Final = (
    "`history` is every number of every day, of leadership and of all else: ten years; in the example all there is.",
    "`late role` is the median of five seats granted five years and a half ago, each taken in and swept. Of the",
    "made-up role events a third end seats, and of the scopes a quarter lie in another one.",
)


class Cost(NamedTuple):
    """What the leadership of a community costs, beside all else that is counted."""

    community: str
    scopes: int
    roles: int
    people: int
    contributions: int
    history_seconds: float
    late_seconds: float
    megabytes: float


class Size(NamedTuple):
    """How much of everything."""

    scopes: int
    roles: int
    people: int
    contributions: int


async def measure(_: LocalStack, scale: Scale) -> Section:
    """The example, a tenth, then all."""
    size = Size(SCOPES, ROLE_EVENTS, scale.people, scale.contributions)
    known = await _in_a_process(cost_of_the_example)
    tenth = await _in_a_process(cost_of, Size(*(each // 10 for each in size)))
    whole = await _in_a_process(cost_of, size)
    growth: Sequence[Value] = ("times", *(more / less for less, more in zip(tenth[1:], whole[1:], strict=True)))
    targets = [
        Target("example, every day, s", known.history_seconds, at_most=10),
        Target("example, one late role event, s", known.late_seconds, at_most=1),
        Target(f"{SCOPES} scopes, every day, s", whole.history_seconds, at_most=120),
        Target(f"{SCOPES} scopes, MB", whole.megabytes, at_most=1000),
    ]
    table = Table("Cost of leadership in memory", COLUMNS, [known, tenth, whole, growth])
    return Section("leadership", [table], targets, REMARKS)


async def _in_a_process(cost: Callable[..., Cost], *arguments: object) -> Cost:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor:
        found = await asyncio.get_running_loop().run_in_executor(executor, cost, *arguments)
    tell(f"leadership: {found.scopes} scopes in {found.history_seconds:.1f} s")
    return found


def cost_of(size: Size) -> Cost:
    """Evaluate a made-up community with roles, and then again after every one of a few late grants."""
    now, chance = datetime.now(UTC), np.random.default_rng(0)
    work = change_of(size.people, contributions_of(chance, size.contributions, size.people, day_of(now)))
    facts = [*scopes(size.scopes, now), *roles(chance, size, now)]
    return _cost("made up", CommunityPolicy(), replace(work, facts=facts), now)


def cost_of_the_example() -> Cost:
    """The same of the community that comes with the repository."""
    policy = Policy.load(example.policy_file().read_text("utf-8")).community(example.COMMUNITY)
    return _cost("example", policy, told(list(event_files.read(example.events_file()))), datetime.now(UTC))


def _cost(name: str, policy: CommunityPolicy, begun: Change, now: datetime) -> Cost:
    community = Community(name, policy)
    whole = seconds(community, begun, now.date())
    granted = [fact for fact in begun.facts if isinstance(fact, RoleGranted)]
    late = [_late(begun, granted[-place], now, place) for place in range(1, LATE_TIMES + 1)]
    once_more = median(seconds(community, one, now.date()) for one in late)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    people, contributions = len(begun.names.identities), int(begun.cells.count.sum())
    places = {fact.data.scope for fact in begun.facts if isinstance(fact, ROLES)}
    words = sum(isinstance(fact, SEATS) for fact in begun.facts)
    return Cost(name, len(places), words, people, contributions, whole, once_more, megabytes)


def _late(begun: Change, known: RoleGranted, now: datetime, place: int) -> Change:
    """The seat of somebody who holds one already, in a scope of their own, granted long ago."""
    time = now - timedelta(days=LATE_DAYS + place)
    data = Grant(role="lead", scope=known.data.scope)
    fact = known.model_copy(update={"id": f"late {place}", "time": time, "data": data})
    return Change(begun.names, DailyContributions.none(), facts=[fact])


def scopes(number: int, now: datetime) -> Iterator[ScopeDeclared]:
    """All declared at the beginning, every fourth of them in the one before."""
    for place in range(number):
        scope = Scope(scope=f"scope-{place}", parent=f"scope-{place - 1}" if place % 4 == 3 else None)
        yield ScopeDeclared(**_envelope("declared", now - timedelta(days=DAYS - 1), place), data=scope)


def roles(chance: np.random.Generator, size: Size, now: datetime) -> Iterator[RoleGranted | RoleRevoked]:
    """Seats of those who contribute most, over ten years; every third event ends the seat granted before it."""
    days = np.sort(chance.integers(1, DAYS - 1, size=size.roles))[::-1]
    who, seat = 0, Grant(role="lead", scope="scope-0")
    for place, ago in enumerate(days.tolist()):
        time = now - timedelta(days=ago)
        if place % 3 == 2:
            revoked = Role(role=seat.role, scope=seat.scope)
            yield RoleRevoked(**_envelope("revoked", time, place), subject=f"github:{who}", data=revoked)
            continue
        who = int(size.people * chance.random() ** 3 / 10)
        role = KINDS[int(chance.integers(len(KINDS)))]
        seat = Grant(role=role, scope=f"scope-{int(chance.integers(size.scopes))}")
        yield RoleGranted(**_envelope("granted", time, place), subject=f"github:{who}", data=seat)


def _envelope(what: str, time: datetime, place: int) -> dict[str, Any]:
    return {"community": "load", "source": "roles", "id": f"{what} {place}", "time": time}
