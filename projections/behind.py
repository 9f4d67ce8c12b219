"""Who is behind a number: the people that a family counts on a day, and the days and kinds of work it counts.

Each rule here says the same as the counting of the family, for one day and by name.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from projections.activity.measures import CORE_PERCENT, HALF_PERCENT, REGULAR_PERCENT, YEAR
from projections.activity.ranges import Ints, Ranges, Work, recurring, spells
from projections.community.cells import Cells
from projections.community.counts import work_of
from projections.community.joined import Joined
from projections.days import sunday_of, week_of
from projections.facts.fact import Fact
from projections.leadership.criteria import FAMILIES as CRITERIA
from projections.leadership.criteria import meeting_on
from projections.leadership.shown import SeatShown
from projections.mentoring.metrics import FAMILIES as MENTORING
from projections.mentoring.opened import opened as mentoring_opened
from projections.pathway.metrics import FAMILIES as PATHWAY
from projections.pathway.opened import opened as steps_opened
from projections.responses.metrics import FAMILIES as RESPONSES
from projections.responses.opened import opened
from projections.stage.metrics import FAMILIES as STAGE
from projections.stage.opened import events as told_of_stage
from projections.teams.opened import OPENED as TOGETHER
from projections.teams.opened import Asked as OfTeams


@dataclass(frozen=True, slots=True)
class Behind:
    """The identities behind a number, by person, and which of their contributions it rests on.

    Days are day numbers, both included. Where `contributions` names keys by person, it rests on these alone. `facts`
    are the rare events that it rests on too, `seats` those that somebody's own grant is told of, by person; `told` are
    the events that are nobody's. Where there is a `kind`, only work of that kind counts, or else only work in a team.
    """

    identities: Mapping[str, list[str]]
    first_day: int
    last_day: int
    active_only: bool = True
    team: str | None = None
    contributions: Mapping[str, Sequence[bytes]] = field(default_factory=dict)
    facts: Mapping[str, Sequence[Fact]] = field(default_factory=dict)
    seats: Mapping[str, SeatShown] = field(default_factory=dict)
    kind: str | None = None
    in_a_team: bool = False
    told: Sequence[Fact] = ()


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


def active(asked: Asked) -> Ints:
    """Active on the day."""
    return covering(spells(asked.work(), asked.window, asked.least), asked.day)


def active_before(asked: Asked) -> Ints:
    """Active when the window began."""
    return covering(spells(asked.work(), asked.window, asked.least), asked.day - asked.window)


def begun(asked: Asked) -> Ints:
    """Those for whom the first spell of their life began within the window."""
    ranges = spells(asked.work(), asked.window, asked.least)
    first = np.diff(ranges.who, prepend=-1) != 0
    chosen: Ints = ranges.who[first & (ranges.start > asked.day - asked.window) & (ranges.start <= asked.day)]
    return chosen


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
    return np.intersect1d(active(asked), covering(asked.joined.who.known_from(active(asked)), asked.day))


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
        if not len(work.who):
            return work.who
        people, at, volume = np.unique(work.who, return_inverse=True, return_counts=True)
        last = np.zeros(len(people), np.int64)
        np.maximum.at(last, at, work.day)
        names = [asked.joined.who.persons[one] for one in people]
        order = sorted(range(len(people)), key=lambda one: (-volume[one], -last[one], names[one]))
        before = 100 * (np.cumsum(volume[order]) - volume[order])
        chosen: Ints = people[order][(before >= low * volume.sum()) & (before < high * volume.sum())]
        return chosen

    return between


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

ANY_LEVEL = frozenset({"newcomers", "contributions", "excluded_contributions"})


def behind(joined: Joined, family: str, labels: Mapping[str, str], day: int) -> Behind:
    """Who is behind a number, with the contributions that it rests on; nobody where it is not about people."""
    asked = Asked(joined, labels, day)
    for families, question in QUESTIONS:
        if family in families:
            return question(asked, family)
    return counted(asked, family)


def counted(asked: Asked, family: str) -> Behind:
    """Those whom a number about activity counts."""
    joined, labels, day = asked.joined, asked.labels, asked.day
    end = day - asked.window if family == "lapsed_contributors" else day
    first, last = (end - asked.window + 1, end)
    if family == "weekly_contributors":
        first, last = last_sunday(day) - 6, last_sunday(day)
    if family == "excluded_contributions":
        identities = excluded(asked)
    elif family in PEOPLE and labels.get("unit") != "organisation":
        identities = by_person(joined, PEOPLE[family](asked))
    else:
        identities = {}
    return Behind(identities, first, last, family not in ANY_LEVEL, labels.get("team"))


def answered(asked: Asked, family: str) -> Behind:
    """The authors of the artefacts that a number about responses counts."""
    found, persons = opened(asked.joined, family, asked.labels, asked.day), asked.joined.who.persons
    identities = by_person(asked.joined, np.array(list(found), np.int64))
    keys = {persons[person]: theirs for person, theirs in found.items()}
    return Behind(identities, asked.day - asked.window + 1, asked.day, active_only=False, contributions=keys)


def on_the_pathway(asked: Asked, family: str) -> Behind:
    """Those who reached a step; who never contributed has reached it by a seat, and stands for themselves."""
    found = steps_opened(asked.joined, family, asked.labels, asked.day)
    return Behind(by_name(asked.joined, found.persons), found.first_day, found.last_day, found.active_only)


def eligible(asked: Asked, _family: str) -> Behind:
    """Those who meet the criteria of a role, with all that they ever contributed."""
    people = meeting_on(asked.joined, asked.labels.get("role", ""), asked.day)
    return Behind(by_name(asked.joined, people), 0, asked.day, active_only=False)


def mentored(asked: Asked, family: str) -> Behind:
    """Those whom a number of mentoring counts, with the events that made their mentorships."""
    found = mentoring_opened(asked.joined, family, asked.labels, asked.day)
    people, first = by_name(asked.joined, sorted(found.events)), asked.day - found.days + 1
    return Behind(people, first, asked.day, active_only=False, facts=found.events, seats=found.seats)


def together(asked: Asked, family: str) -> Behind:
    """Those who work across teams or at one kind of work, or what the community told of itself."""
    found = TOGETHER[family](OfTeams(asked.joined, asked.labels, asked.day))
    people, first = by_person(asked.joined, found.people), asked.day - found.days + 1
    return Behind(people, first, asked.day, kind=found.kind, in_a_team=found.in_a_team, told=found.told)


def of_the_stage(asked: Asked, _family: str) -> Behind:
    """What was told of a milestone; whom it counts, its own opening says."""
    return Behind({}, asked.day, asked.day, told=told_of_stage(asked.joined, asked.labels, asked.day))


def by_name(joined: Joined, persons: Sequence[str]) -> Mapping[str, list[str]]:
    """The identities of these people; who never contributed stands for themselves."""
    number = {name: at for at, name in enumerate(joined.who.persons)}
    contributed = by_person(joined, np.array([number[one] for one in persons if one in number], np.int64))
    return {one: contributed.get(one) or [one] for one in persons}


def by_person(joined: Joined, people: Ints) -> Mapping[str, list[str]]:
    """The identities of each of these people, by the person's own, alphabetically."""
    found: dict[str, list[str]] = {joined.who.persons[one]: [] for one in people}
    for at in joined.who.identities_of(people):
        found[joined.who.persons[joined.who.person[at]]].append(joined.names.identities[at])
    return dict(sorted(found.items()))


def excluded(asked: Asked) -> Mapping[str, list[str]]:
    """Bots or agents with contributions in the window; each identity stands for itself."""
    who, cells = asked.joined.who, asked.joined.cells
    left_out = who.is_agent if asked.labels.get("reason") == "agent" else who.is_bot
    seen = (cells.day > asked.day - asked.window) & (cells.day <= asked.day) & left_out[cells.identity]
    names = sorted(asked.joined.names.identities[at] for at in np.unique(cells.identity[seen]))
    return {name: [name] for name in names}


QUESTIONS: Sequence[tuple[Container[str], Callable[[Asked, str], Behind]]] = (
    (RESPONSES, answered),
    (PATHWAY, on_the_pathway),
    (CRITERIA, eligible),
    (MENTORING, mentored),
    (TOGETHER, together),
    (STAGE, of_the_stage),
)
"""Families → who knows what is behind them."""
