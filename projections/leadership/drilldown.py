"""A number about leadership opened up: the leaders, seats and scopes that it rests on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from projections.community.snapshot import CommunitySnapshot
from projections.leadership.criteria import FAMILIES as CRITERIA
from projections.leadership.criteria import asked_of
from projections.leadership.day import Day, LeaderShown, ScopeShown
from projections.leadership.families import FAMILIES, LeadershipEvaluation
from projections.leadership.measures import SAME_SHARE
from projections.leadership.verdict import UNKNOWN, VERDICTS
from projections.timeline.days import number_of
from projections.timeline.history import History, series
from reports.leadership.reason import because


@dataclass(frozen=True, slots=True)
class Opened:
    """Leaders by person, scopes by name, and for a verdict the sentence that says why."""

    leaders: Mapping[str, LeaderShown] = field(default_factory=dict)
    scopes: Sequence[ScopeShown] = ()
    because: str = ""


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


def opened(
    snapshot: CommunitySnapshot, history: History, family: str, labels: Mapping[str, str], as_of: date
) -> Opened:
    """What a number about leadership rests on; nothing where it is about something else."""
    if family in CRITERIA:
        return Opened(because=asked_of(snapshot.policy, labels.get("role", "")))
    about = family in FAMILIES or labels.get("of") in ("leadership", "scopes")
    found = snapshot.find(LeadershipEvaluation)
    if not about or found is None:
        return Opened()
    day = Day(found, snapshot.policy, number_of(as_of), labels.get("seats", ""))
    if day.column < 0:
        return Opened()
    if labels.get("unit") == "person":
        leaders, scopes = departing(day, labels["of"])
        return Opened({one.person: one for one in leaders}, scopes)
    leaders = CHOSEN.get(family, Day.leaders)(day)
    scopes, wanted = [] if family in RENEWAL else day.scopes(), labels.get("strength")
    if wanted:
        scopes = [scope for scope in scopes if scope.strength == wanted]
        theirs = {person for scope in scopes for person in scope.leaders}
        leaders = [one for one in leaders if one.person in theirs]
    return Opened({one.person: one for one in leaders}, scopes, sentence(snapshot, history, family, as_of))


def sentence(snapshot: CommunitySnapshot, history: History, family: str, as_of: date) -> str:
    """Why the verdict is what it is; empty for other families."""
    if family != "leadership_verdict":
        return ""
    held = [one for one in VERDICTS if history.value(series("leadership_verdict", verdict=one), as_of) == 1]
    return because(history, snapshot.policy, as_of, held[0] if held else UNKNOWN)
