"""Who came in which week of real histories: `python -m benchmarks.histories REPOSITORY …` says how their weeks vary."""

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from benchmarks.noise import SPAN, left, wider_by_people
from benchmarks.result import Table, Value
from events.envelope import Event
from events.sources import mailmap
from events.sources.git import LeftOut, Origin, landed, translate
from infra.ingest import event_files, example
from infra.ingest.git_log import opened
from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook
from projections.evaluation.community import Community
from projections.evaluation.fold import change_of
from projections.policy.policy import CommunityPolicy, Policy
from projections.timeline.ranges import Ints

COLUMNS: Final = (
    "weeks of",
    "years",
    "people a week",
    "beyond Poisson, %",
    "autocorrelation of weeks",
    "spread by error",
    "people drawn anew",
)


class Came(NamedTuple):
    """Active work, once for each person and week; both numbered from 0."""

    who: Ints
    week: Ints

    @classmethod
    def of(cls, events: Iterable[Event], policy: CommunityPolicy) -> "Came":
        """From the events of one community."""
        community = Community("", policy)
        community.apply(change_of(list(events)))
        work = community.snapshot.active_work()
        pairs = np.unique(np.stack((work.who, (work.day + 3) // 7)), axis=1)
        return cls(np.unique(pairs[0], return_inverse=True)[1], pairs[1] - pairs[1].min())

    def by_week(self) -> Ints:
        """People by whole weeks, 1 where they came."""
        came = np.zeros((self.who.max() + 1, self.week.max() + 1), np.int64)
        came[self.who, self.week] = 1
        return came[:, 1:-1]


@cache
def of_the_example() -> Came:
    """The example's people."""
    policy = Policy.load(example.policy_file().read_text("utf-8")).community(example.COMMUNITY)
    return Came.of(event_files.read(example.events_file()), policy)


@cache
def of_a_simulation() -> Came:
    """People as `tenfold simulate` makes them up."""
    simulation = Simulation(SCENARIOS[Outlook.GROWING], 1, 9, "garden", date(2026, 6, 30), 0.3)
    return Came.of(simulation.events(), CommunityPolicy())


def of_repository(path: Path) -> Came:
    """The people of a git repository, as the importer reads it."""
    with opened(str(path)) as repository:
        origin = Origin("history", repository.name, datetime.now(UTC))
        history = landed(repository.commits(), repository.first_parent_line())
        told = [one for one in translate(history, origin) if not isinstance(one, LeftOut)]
        return Came.of([*told, *mailmap.links(repository.mailmap(), origin)], CommunityPolicy())


def rows(name: str, came: Ints) -> Iterator[tuple[Value, ...]]:
    """All of a history, then three years at a time."""
    weeks = came.shape[1]
    for begin, end in ((0, weeks), *((at, at + SPAN) for at in range(0, weeks - SPAN + 1, SPAN))):
        span = came[:, begin:end]
        span = span[span.any(axis=1)]
        found = left(span.sum(axis=0))
        words = "all" if end - begin == weeks else f"{3 * begin // SPAN} to {3 * begin // SPAN + 3}"
        ratio = wider_by_people(span, np.random.default_rng(0))
        yield name, words, found.people, found.spread, found.alike, None, ratio


def main() -> None:
    """Print the table of the repositories named."""
    told = [row for path in map(Path, sys.argv[1:]) for row in rows(path.stem, of_repository(path).by_week())]
    print("\n".join(Table("How much weeks vary", COLUMNS, told).lines()))


if __name__ == "__main__":
    main()
