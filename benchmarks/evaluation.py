"""What numbers cost in memory, without a database: all of a large community's history, and one more event."""

import asyncio
import multiprocessing
import resource
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from statistics import median
from typing import Final, NamedTuple

import numpy as np

from benchmarks.result import Section, Table, Target, Value
from benchmarks.scale import Scale, tell
from infra.local.stack import LocalStack
from infra.simulate.load import KINDS
from projections.community.change import Change
from projections.community.contributions import DailyContributions
from projections.community.firsts import FirstMoments
from projections.community.names import ContributionNames
from projections.evaluation.community import Community
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import day_of
from projections.timeline.ranges import Ints

DAYS: Final = 10 * 365
TEAMS: Final = 5
ONE_MORE_TIMES: Final = 5
COLUMNS: Final = ("contributions", "people", "active now", "history, s", "one more, s", "of a newcomer, s", "MB")
REMARKS: Final = (
    "`history` takes in every contribution and sweeps over ten years of days; `one more` contribution is the median of",
    "five, each taken in and swept, by people known or somebody new. Five teams, five kinds of which four are active",
    "work; who contributes goes by the cube of chance. Each size has a process of its own; MB is the most it held.",
)


class Cost(NamedTuple):
    """What a community of some size costs."""

    contributions: int
    people: int
    active: float
    history_seconds: float
    event_seconds: float
    newcomer_seconds: float
    megabytes: float


async def measure(_: LocalStack, scale: Scale) -> Section:
    """A tenth, then all."""
    tenth = await _in_a_process(scale.contributions // 10, scale.people // 10)
    whole = await _in_a_process(scale.contributions, scale.people)
    growth: Sequence[Value] = ("times", "", *(more / less for less, more in zip(tenth[2:], whole[2:], strict=True)))
    targets = [
        Target("one more contribution, s", whole.event_seconds, at_most=0.1),
        Target("one more contribution, of a newcomer, s", whole.newcomer_seconds, at_most=0.1),
    ]
    return Section("evaluation", [Table("Cost in memory", COLUMNS, [tenth, whole, growth])], targets, REMARKS)


async def _in_a_process(contributions: int, people: int) -> Cost:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor:
        cost = await asyncio.get_running_loop().run_in_executor(executor, cost_of, contributions, people)
    tell(f"evaluation: {contributions:,} contributions in {cost.history_seconds:.1f} s")
    return cost


def cost_of(contributions: int, people: int) -> Cost:
    """Evaluate a community of this size, and then again after every one of a few more events."""
    now = datetime.now(UTC)
    today, chance = now.date(), np.random.default_rng(0)
    community = Community("load", CommunityPolicy())
    cells = contributions_of(chance, contributions, people, day_of(now))
    history_seconds = seconds(community, change_of(people, cells), today)
    more = [contributions_of(chance, 1, people, day_of(now)) for _ in range(ONE_MORE_TIMES)]
    event_seconds = median(seconds(community, change_of(people, one), today) for one in more)
    new = [one_of(people + n, day_of(now)) for n in range(ONE_MORE_TIMES)]
    newcomer_seconds = median(
        seconds(community, change_of(people + n, one), today) for n, one in enumerate(new, start=1)
    )
    active = community.history(today).series["tenfold_active_contributors", (("window_days", "90"),)][-1]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    return Cost(contributions, people, int(active), history_seconds, event_seconds, newcomer_seconds, megabytes)


def seconds(community: Community, change: Change, today: date) -> float:
    """How long it takes to take in a change and to sweep over every day."""
    began = time.perf_counter()
    community.apply(change)
    community.history(today)
    return time.perf_counter() - began


def names_of(people: int) -> ContributionNames:
    """So many people, by number."""
    return ContributionNames(
        [f"github:{n}" for n in range(people)], [f"team-{n}" for n in range(TEAMS)], KINDS, ["load"]
    )


def contributions_of(chance: np.random.Generator, number: int, people: int, last_day: int) -> DailyContributions:
    """Ten years of contributions by so many people, a few of whom do much."""
    who = (people * chance.random(number) ** 3).astype(np.int64)
    day = last_day - chance.integers(DAYS, size=number)
    nothing, once = np.zeros(number, np.int64), np.ones(number, np.int64)
    rows: Ints = np.stack([who, day, who % TEAMS, chance.integers(len(KINDS), size=number), nothing, once], axis=1)
    return DailyContributions.of(rows)


def one_of(who: int, day: int) -> DailyContributions:
    """One contribution."""
    return DailyContributions.of(np.array([[who, day, 0, KINDS.index("commit"), 0, 1]], np.int64))


def change_of(people: int, cells: DailyContributions) -> Change:
    """The contributions as a community takes them in."""
    names, days = names_of(people), np.unique(cells.day)
    moments = [("load", int(day), float(day) * 86_400) for day in days]
    return Change(
        names, cells, moments=moments, firsts=FirstMoments.of(cells.identity, (cells.day * 86_400).astype(np.float64))
    )
