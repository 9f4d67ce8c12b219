"""How often leadership's verdict turns on real role histories: `python -m benchmarks.role_histories FOLDER:FORMAT …`.

Beside the rule in force stand longer waits, a least change, readings that must hold with some effective leaders more or
fewer, and readings that must hold whichever one person's changes of the year are left out.
"""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np

from benchmarks.result import Table, Value
from benchmarks.turning import Rule, Then, by_one, tried, turns
from events.envelope import Event
from events.sources.roles.formats import FORMATS
from events.sources.roles.replay import Problem, Replay, RolesOrigin
from infra.ingest.git_log import opened
from infra.ingest.role_history import RoleHistory
from projections.evaluation.fold import community_of
from projections.leadership.series import LeadershipEvaluation
from projections.leadership.state import Grids
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR

COLUMNS: Final = (
    "rule",
    "turns",
    "in 10 years",
    "by one person",
    "fragile",
    "30 % go, told, %",
    "days",
    "come, %",
    "days",
)
DAYS_A_DECADE: Final = 3652.5
RULES: Final = (
    Rule("in force: 28 days"),
    Rule("56 days", 56),
    Rule("90 days", 90),
    Rule("a change of 1 at least", least=1),
    Rule("a change of 2 at least", least=2),
    Rule("half a leader more or fewer", margin=0.5),
    Rule("one leader more or fewer", margin=1),
    Rule("without any one person", survives=True),
)


def grids_of(location: Path, format_name: str) -> Grids:
    """The seats of a repository's role files, as the importer reads them."""
    with opened(str(location)) as repository:
        format_ = FORMATS[format_name](repository.name)
        origin = RolesOrigin("history", repository.name, datetime.now(UTC), format=format_name)
        told = Replay[Any](format_, origin)(RoleHistory(repository, format_).changes())
        events = [one for one in told if not isinstance(one, Problem)]
    print(f"{location} {format_name}: {len(events)} events", file=sys.stderr, flush=True)
    return grids_of_events(events)


def grids_of_events(events: Sequence[Event]) -> Grids:
    """The seats that events tell of, up to the last of them."""
    community = community_of(events, CommunityPolicy(), "history")
    community.history(max(event.time for event in events).date())
    found = community.snapshot.find(LeadershipEvaluation)
    return found.told.grids if found else sys.exit("benchmarks: nobody ever led")


def row(histories: Sequence[Grids], rule: Rule) -> tuple[Value, ...]:
    """What a rule does over all histories."""
    told = [(Then(one, one.nominal, one.nominal), np.arange(one.days[0], one.days[-1] + 1)) for one in histories]
    found = [(case, turn) for case, days in told for turn in turns(case, days, rule)]
    decades = sum(max(len(days) - YEAR, 0) for _, days in told) / DAYS_A_DECADE
    changes = [tried(one, rule) for one in histories]
    costs: list[Value] = []
    for verdict in ("concentrating", "spreading"):
        days = [day for one in changes for day in one[verdict]]
        said = [day for day in days if day is not None]
        costs += [100 * len(said) / max(len(days), 1), float(median(said)) if said else float("nan")]
    one = sum(by_one(case, turn) for case, turn in found)
    return rule.name, len(found), len(found) / decades, one, sum(turn.fragile for _, turn in found), *costs


def main() -> None:
    """Print the table of the repositories named."""
    asked = [argument.rsplit(":", 1) for argument in sys.argv[1:]]
    histories = [grids_of(Path(folder), name) for folder, name in asked]
    rows = []
    for rule in RULES:
        rows.append(row(histories, rule))
        print(rows[-1], file=sys.stderr, flush=True)
    print("\n".join(Table("Turns of leadership's verdict on real role histories", COLUMNS, rows).lines()))


if __name__ == "__main__":
    main()
