"""The people that a number about activity counts on a day.

Each rule here says the same as the counting of the family, for one day and by name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from projections.activity.measures import CORE_PERCENT, HALF_PERCENT, REGULAR_PERCENT
from projections.activity.ranges import Ints, Ranges, Work, recurring, spells
from projections.community.cells import Cells
from projections.community.counts import work_of
from projections.community.joined import Joined
from projections.days import YEAR, sunday_of, week_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A number of one day: its labels, and the work it could rest on."""

    joined: Joined
    labels: Mapping[str, str]
    day: int

    @property
    def window(self) -> int:
        """The window of the number, in days."""
        return int(self.labels.get("window_days", self.joined.policy.headline_window_days))

    @property
    def least(self) -> int:
        """How much work makes somebody active."""
        return self.joined.policy.min_contributions

    def work(self, active: bool = True) -> Work:
        """Work of humans up to the day."""
        work = self.joined.active_work() if active else self.joined.human_work()
        return work.up_to(self.day)


def covering(ranges: Ranges, day: int) -> Ints:
    """Whom a range covers on a day."""
    return np.unique(ranges.who[(ranges.start <= day) & (ranges.end > day)])


def beginning(ranges: Ranges, day: int, window: int) -> Ints:
    """Those whose first range began within the window that ends on a day."""
    first = np.diff(ranges.who, prepend=-1) != 0
    chosen: Ints = ranges.who[first & (ranges.start > day - window) & (ranges.start <= day)]
    return chosen


def named(persons: Sequence[str], people: Ints) -> Sequence[str]:
    """The names of some people, alphabetically."""
    return sorted(persons[one] for one in people.tolist())


def active(asked: Asked) -> Ints:
    """Active on the day."""
    return covering(spells(asked.work(), asked.window, asked.least), asked.day)


def active_before(asked: Asked) -> Ints:
    """Active when the window began."""
    return covering(spells(asked.work(), asked.window, asked.least), asked.day - asked.window)


def begun(asked: Asked) -> Ints:
    """Those for whom the first spell of their life began within the window."""
    return beginning(spells(asked.work(), asked.window, asked.least), asked.day, asked.window)


def newcomers(asked: Asked) -> Ints:
    """Those whose first contribution falls in the window."""
    first = asked.work(active=False).firsts()
    return first.who[first.day > asked.day - asked.window]


def contributing(asked: Asked) -> Ints:
    """Everybody with a contribution in the window."""
    work = asked.work(active=False)
    return np.unique(work.who[work.day > asked.day - asked.window])


def first_year(asked: Asked) -> Ints:
    """Active people whose first active work lies in the last year."""
    first = asked.work().firsts()
    return np.intersect1d(active(asked), first.who[first.day > asked.day - YEAR])


def affiliated(asked: Asked) -> Ints:
    """Active people with a known affiliation."""
    people = active(asked)
    return np.intersect1d(people, covering(asked.joined.who.known_from(people), asked.day))


def in_last_week(asked: Asked) -> Ints:
    """People with active work in the last closed week, if it lies wholly after the first contribution."""
    sunday = last_sunday(asked.day)
    if sunday - 6 < asked.work(active=False).day.min(initial=sunday):
        return np.empty(0, np.int64)
    work = asked.work()
    return np.unique(work.who[(work.day > sunday - 7) & (work.day <= sunday)])


def in_team(asked: Asked) -> Ints:
    """Active people of a team."""
    joined = asked.joined
    cells = joined.names.team_labels(joined.human, joined.policy).get(asked.labels.get("team", ""), Cells.none())
    work = work_of(joined.names.active(cells, joined.policy), joined.who).up_to(asked.day)
    return covering(spells(work, asked.window, asked.least), asked.day)


def peeled(low: int, high: int) -> Callable[[Asked], Ints]:
    """Those of the onion before whom at least `low` and less than `high` percent of the volume stand."""

    def between(asked: Asked) -> Ints:
        work = asked.work()
        work = work.within(spells(work, asked.window, asked.least), asked.day, asked.window)
        people, before = peel(work, asked.joined.who.persons)
        chosen: Ints = people[(before >= low * len(work.who)) & (before < high * len(work.who))]
        return chosen

    return between


def peel(work: Work, persons: Sequence[str]) -> tuple[Ints, Ints]:
    """The people of an onion, largest first, and a hundred times the person-days of those before each."""
    people, at, volume = np.unique(work.who, return_inverse=True, return_counts=True)
    last = np.zeros(len(people), np.int64)
    np.maximum.at(last, at, work.day)
    names = [persons[one] for one in people]
    order = np.array(sorted(range(len(people)), key=lambda one: (-volume[one], -last[one], names[one])), np.int64)
    return people[order], 100 * (np.cumsum(volume[order]) - volume[order])


def last_sunday(day: int) -> int:
    """The Sunday of the last closed week."""
    return sunday_of(week_of(day + 1) - 1)


PEOPLE: Mapping[str, Callable[[Asked], Ints]] = {
    "active_contributors": active,
    "recurring_contributors": lambda asked: np.intersect1d(
        active(asked), covering(recurring(asked.work(), asked.window), asked.day)
    ),
    "new_contributors": lambda asked: np.intersect1d(active(asked), begun(asked)),
    "returned_contributors": lambda asked: np.setdiff1d(active(asked), np.union1d(active_before(asked), begun(asked))),
    "lapsed_contributors": lambda asked: np.setdiff1d(active_before(asked), active(asked)),
    "retention_ratio": lambda asked: np.intersect1d(active_before(asked), active(asked)),
    "newcomers": newcomers,
    "contributions": contributing,
    "team_active_contributors": in_team,
    "newcomer_share_ratio": first_year,
    "affiliation_known_ratio": affiliated,
    "core_contributors_by_volume": peeled(0, CORE_PERCENT),
    "regular_contributors_by_volume": peeled(CORE_PERCENT, REGULAR_PERCENT),
    "casual_contributors_by_volume": peeled(REGULAR_PERCENT, 100),
    "contributor_absence_factor": peeled(0, HALF_PERCENT),
    "departure_exposure_ratio": peeled(0, 1),
    "weekly_contributors": in_last_week,
}
"""Family (without prefix) → the numbers of the people that it counts."""
