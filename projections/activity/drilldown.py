"""Who is behind a number about activity: the people that it counts on a day.

Each rule here says the same as the counting of the family, for one day and by name.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from projections.activity.measures import CORE_PERCENT, HALF_PERCENT, REGULAR_PERCENT, SOON_DAYS
from projections.activity.months import MONTH_WEEKS
from projections.community.contributed import work_of
from projections.community.contributions import DailyContributions
from projections.metrics.drilldown import Drilldown, NumberQuery, by_person
from projections.timeline.days import YEAR, sunday_of, week_of
from projections.timeline.ranges import Ints, Ranges, Work, recurring, spells


def covering(ranges: Ranges, day: int) -> Ints:
    """Whom a range covers on a day."""
    return np.unique(ranges.who[(ranges.start <= day) & (ranges.end > day)])


def beginning(ranges: Ranges, day: int, window: int) -> Ints:
    """Those whose first range began within the window that ends on a day."""
    first = np.diff(ranges.who, prepend=-1) != 0
    chosen: Ints = ranges.who[first & (ranges.start > day - window) & (ranges.start <= day)]
    return chosen


def names_of_people(persons: Sequence[str], people: Ints) -> Sequence[str]:
    """The names of some people, alphabetically."""
    return sorted(persons[one] for one in people.tolist())


def active(query: NumberQuery) -> Ints:
    """Active on the day."""
    return covering(spells(query.work(), query.window, query.least), query.day)


def active_before(query: NumberQuery) -> Ints:
    """Active when the window began."""
    return covering(spells(query.work(), query.window, query.least), query.day - query.window)


def begun(query: NumberQuery) -> Ints:
    """Those for whom the first spell of their life began within the window."""
    return beginning(spells(query.work(), query.window, query.least), query.day, query.window)


def lapsing(query: NumberQuery) -> Ints:
    """Active people who are no more in a while, if nothing more comes from them."""
    ranges = spells(query.work(), query.window, query.least)
    return np.setdiff1d(covering(ranges, query.day), covering(ranges, query.day + SOON_DAYS))


def newcomers(query: NumberQuery) -> Ints:
    """Those whose first contribution falls in the window."""
    first = query.work(active=False).firsts()
    return first.who[first.day > query.day - query.window]


def contributing(query: NumberQuery) -> Ints:
    """Everybody with a contribution in the window."""
    work = query.work(active=False)
    return np.unique(work.who[work.day > query.day - query.window])


def first_year(query: NumberQuery) -> Ints:
    """Active people whose first active work lies in the last year."""
    first = query.work().firsts()
    return np.intersect1d(active(query), first.who[first.day > query.day - YEAR])


def affiliated(query: NumberQuery) -> Ints:
    """Active people with a known affiliation."""
    people = active(query)
    return np.intersect1d(people, covering(query.snapshot.who.known_from(people), query.day))


def in_last_weeks(weeks: int) -> Callable[[NumberQuery], Ints]:
    """People with active work in the last closed weeks, if they lie wholly after the first contribution."""

    def there(query: NumberQuery) -> Ints:
        sunday = last_sunday(query.day)
        if sunday - 7 * weeks + 1 < query.work(active=False).day.min(initial=sunday):
            return np.empty(0, np.int64)
        work = query.work()
        return np.unique(work.who[(work.day > sunday - 7 * weeks) & (work.day <= sunday)])

    return there


def in_team(query: NumberQuery) -> Ints:
    """Active people of a team."""
    snapshot = query.snapshot
    cells = snapshot.names.team_labels(snapshot.human).get(query.labels.get("team", ""), DailyContributions.none())
    work = work_of(snapshot.names.active(cells, snapshot.policy), snapshot.who).up_to(query.day)
    return covering(spells(work, query.window, query.least), query.day)


def peeled(low: int, high: int) -> Callable[[NumberQuery], Ints]:
    """Those of the onion before whom at least `low` and less than `high` percent of the volume stand."""

    def between(query: NumberQuery) -> Ints:
        work = query.work()
        work = work.within(spells(work, query.window, query.least), query.day, query.window)
        people, before = peel(work, query.snapshot.who.persons)
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


LAST_WEEKS: Mapping[str, int] = {"weekly_contributors": 1, "monthly_contributors": MONTH_WEEKS}
"""Family (without prefix) → how many closed weeks it counts."""

PEOPLE: Mapping[str, Callable[[NumberQuery], Ints]] = {
    "active_contributors": active,
    "recurring_contributors": lambda query: np.intersect1d(
        active(query), covering(recurring(query.work(), query.window), query.day)
    ),
    "new_contributors": lambda query: np.intersect1d(active(query), begun(query)),
    "returned_contributors": lambda query: np.setdiff1d(active(query), np.union1d(active_before(query), begun(query))),
    "lapsed_contributors": lambda query: np.setdiff1d(active_before(query), active(query)),
    "lapsing_contributors": lapsing,
    "retention_ratio": lambda query: np.intersect1d(active_before(query), active(query)),
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
    **{family: in_last_weeks(weeks) for family, weeks in LAST_WEEKS.items()},
}
"""Family (without prefix) → the numbers of the people that it counts."""

ENDING_BEFORE = frozenset({"lapsed_contributors"})
ANY_LEVEL = frozenset({"newcomers", "contributions", "excluded_contributions"})
"""Families that count contributions of any level."""


def drill_activity(query: NumberQuery) -> Drilldown:
    """Those whom a number about activity counts, with the work of its window."""
    end = query.day - query.window if query.family in ENDING_BEFORE else query.day
    first, last = end - query.window + 1, end
    if weeks := LAST_WEEKS.get(query.family):
        last = last_sunday(query.day)
        first = last - 7 * weeks + 1
    people = (
        {} if query.labels.get("unit") == "organisation" else by_person(query.snapshot, PEOPLE[query.family](query))
    )
    return Drilldown(people, first, last, query.family not in ANY_LEVEL, query.labels.get("team"))


def excluded(query: NumberQuery) -> Drilldown:
    """Bots or agents with contributions in the window; each identity stands for itself."""
    snapshot, first = query.snapshot, query.day - query.window + 1
    who, seen = snapshot.who, np.unique(snapshot.cells.within(query.day, query.window).identity)
    left_out = who.is_agent if query.labels.get("reason") == "agent" else who.is_bot
    names = sorted(snapshot.names.identities[at] for at in seen[left_out[seen]])
    return Drilldown({name: [name] for name in names}, first, query.day, active_only=False)
