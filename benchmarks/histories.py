"""Who came in which week of real histories, and how they are judged: `python -m benchmarks.histories REPOSITORY …`.

What the benchmark says of people of the example, that says of the people of all of these together.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks import statistics
from benchmarks.communities import FOLLOWED, People
from benchmarks.result import Table, Value
from benchmarks.rules import RULES, Came
from events.envelope import Event
from events.sources.commits import Origin
from infra.ingest import event_files, example
from infra.ingest.git_history import whole
from infra.ingest.git_log import opened
from infra.ingest.pseudonymising import Edge
from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook
from projections.evaluation.community import Community
from projections.evaluation.fold import change_of
from projections.growth.verdict import FLAT, GROWING, SHRINKING, UNCLEAR, UNKNOWN
from projections.policy.policy import CommunityPolicy, Policy

COLUMNS: Final = (
    *("history", "years", "people a week", "rule", "growing, %", "flat, %", "shrinking, %", "unclear, %"),
    "turns in 10 years",
)
RUNS: Final = 15
"""Communities of each history."""
YEARS_FOLLOWED: Final = 3
"""Fewer years of arrivals than that would be drawn again and again."""


def of_events(events: Iterable[Event], policy: CommunityPolicy) -> Came:
    """Active work of one community, by whole weeks."""
    community = Community("", policy)
    community.apply(change_of(list(events)))
    work = community.snapshot.active_work()
    pairs = np.unique(np.stack((work.who, (work.day + 3) // 7)), axis=1)
    week = pairs[1] - pairs[1].min()
    whole = (week > 0) & (week < week.max())
    who = np.unique(pairs[0][whole], return_inverse=True)[1]
    return Came(who, week[whole] - 1, int(week.max()) - 1)


@cache
def of_the_example() -> Came:
    """The example's people."""
    policy = Policy.load(example.policy_file().read_text("utf-8")).community(example.COMMUNITY)
    return of_events(event_files.read(example.events_file()), policy)


@cache
def of_a_simulation() -> Came:
    """People as `tenfold simulate` makes them up."""
    simulation = Simulation(SCENARIOS[Outlook.GROWING], 1, 9, "garden", date(2026, 6, 30), 0.3)
    return of_events(simulation.events(), CommunityPolicy())


def of_repository(path: Path) -> Came:
    """The people of a git repository, as the importer reads it."""
    with opened(str(path)) as repository:
        origin = Origin("history", repository.name, datetime.now(UTC))
        policy = CommunityPolicy()
        return of_events(whole(repository, origin, Edge(policy, None)).events, policy)


def rows(name: str, came: Came) -> Iterator[tuple[Value, ...]]:
    """What each rule says of it, as shares of the weeks that have a verdict."""
    people, years = len(came.week) / came.weeks, came.weeks / statistics.YEAR
    for rule, judged in RULES.items():
        verdict = judged(came).verdict
        known = verdict[verdict != UNKNOWN]
        shares = (100 * float((known == one).mean()) for one in (GROWING, FLAT, SHRINKING, UNCLEAR))
        yield name, years, people, rule, *shares, statistics.turns(verdict) * statistics.YEAR * 10 / max(len(known), 1)


def main() -> None:
    """Print the tables of the repositories named."""
    came = {path.stem: of_repository(path) for path in map(Path, sys.argv[1:])}
    told = [row for name, one in came.items() for row in rows(name, one)]
    long = [one for one in came.values() if one.weeks >= FOLLOWED + YEARS_FOLLOWED * statistics.YEAR]
    people = [People.of(one) for one in long]
    found = [
        (f"{len(people)} histories", size, rule, *statistics.characteristics(people, size, RUNS * len(people), judged))
        for size in statistics.SIZES
        for rule, judged in RULES.items()
    ]
    tables = (Table("Verdicts of real histories", COLUMNS, told), Table("Their people", statistics.COLUMNS, found))
    print("\n".join(line for table in tables for line in (*table.lines(), "")))


if __name__ == "__main__":
    main()
