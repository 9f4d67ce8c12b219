"""Who is behind a number about leadership: the leaders, seats and scopes that it rests on."""

from collections.abc import Callable, Mapping, Sequence

from projections.activity.drilldown import drill_activity as of_work
from projections.leadership.criteria import meeting_on
from projections.leadership.day import Day
from projections.leadership.measures import SAME_SHARE
from projections.leadership.series import LeadershipEvaluation
from projections.metrics.drilldown import Drilldown, LeaderShown, NumberQuery, ScopeShown, by_name

CHOSEN: Mapping[str, Callable[[Day], Sequence[LeaderShown]]] = {
    "core_contributors_by_role": Day.holders,
    "leaders_without_known_work": Day.without_known_work,
    "new_leaders": lambda day: leading_now(day, day.new()),
    "renewal_balance_leaders": lambda day: leading_now(day, [*day.new(), *day.left()]),
    "last_new_leader_timestamp_seconds": lambda day: leading_now(day, day.new()),
    "new_leaders_contributed_ratio": lambda day: leading_now(day, day.new()),
    "new_leaders_mentored_ratio": lambda day: leading_now(day, day.new()),
    "left_leaders": lambda day: leading_now(day, day.left()),
    "leadership_top_share_ratio": lambda day: with_most(day.leaders(), lambda one: one.share),
    "scopes_per_leader_max": lambda day: with_most(day.leaders(), lambda one: len({seat.scope for seat in one.seats})),
}
"""Families that speak of other people than all who lead."""

RENEWAL = frozenset(
    {
        "new_leaders",
        "left_leaders",
        "renewal_balance_leaders",
        "last_new_leader_timestamp_seconds",
        "leader_tenure_median_seconds",
        "new_leaders_contributed_ratio",
        "new_leaders_mentored_ratio",
    }
)
"""Families that speak of people and not of scopes."""


def leading_now(day: Day, persons: Sequence[str]) -> Sequence[LeaderShown]:
    """These people, with the seats they lead by on the day, if any."""
    known = {one.person: one for one in day.leaders()}
    return [known.get(person, LeaderShown(person, 0.0, ())) for person in persons]


def with_most(leaders: Sequence[LeaderShown], of: Callable[[LeaderShown], float]) -> list[LeaderShown]:
    """Those with the most of something: one, or several with as much."""
    most = max((of(one) for one in leaders), default=0)
    return [one for one in leaders if of(one) >= most - SAME_SHARE] if most > 0 else []


def departing(day: Day, of: str) -> tuple[Sequence[LeaderShown], Sequence[ScopeShown]]:
    """With whom most would go, and the scopes that would be covered no more."""
    if of == "leadership":
        return with_most(day.leaders(), lambda one: one.share), day.scopes()
    lost = day.lost_with()
    known = {one.person: one for one in [*day.holders(), *day.leaders()]}
    most = with_most([known[person] for person in sorted(lost)], lambda one: len(lost[one.person]))
    gone = {scope for one in most for scope in lost[one.person]}
    return most, [scope for scope in day.scopes() if scope.scope in gone]


def drill_leadership(query: NumberQuery) -> Drilldown:
    """The leaders and scopes that a number about leadership rests on."""
    day = day_of(query)
    if day is None:
        return Drilldown()
    leaders = CHOSEN.get(query.family, Day.leaders)(day)
    scopes, wanted = [] if query.family in RENEWAL else day.scopes(), query.labels.get("strength")
    if wanted:
        scopes = [scope for scope in scopes if scope.strength == wanted]
        theirs = {person for scope in scopes for person in scope.leaders}
        leaders = [one for one in leaders if one.person in theirs]
    return Drilldown(leaders={one.person: one for one in leaders}, scopes=scopes)


def exposed(query: NumberQuery) -> Drilldown:
    """With whom most would go: of the work, of leadership, or of the covered scopes."""
    of = query.labels.get("of", "volume")
    if of == "volume":
        return of_work(query)
    day = day_of(query)
    if day is None or query.labels.get("unit") != "person":
        return drill_leadership(query)
    leaders, scopes = departing(day, of)
    return Drilldown(leaders={one.person: one for one in leaders}, scopes=scopes)


def eligible(query: NumberQuery) -> Drilldown:
    """Those who meet the criteria of a role, with all that they ever contributed."""
    people = meeting_on(query.snapshot, query.labels.get("role", ""), query.day)
    return Drilldown(by_name(query.snapshot, people), 0, query.day, active_only=False)


def day_of(query: NumberQuery) -> Day | None:
    """Leadership as of the day; nothing before the first role, and on days before all that are covered."""
    found = query.snapshot.find(LeadershipEvaluation)
    day = Day(found, query.snapshot.policy, query.day, query.labels.get("seats", "")) if found else None
    return day if day and day.column >= 0 else None
