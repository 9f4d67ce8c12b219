"""What is behind a number about the stage: what it rests on, and who, where it is of people."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from events.envelope import Event
from projections.community.snapshot import CommunitySnapshot
from projections.leadership.day import Day
from projections.leadership.series import LeadershipEvaluation
from projections.mentoring.measures import recruits
from projections.metrics.drilldown import Drilldown, LeaderShown, NumberQuery
from projections.seats.roster import Roster
from projections.stage.assigned import on
from projections.stage.series import StageEvaluation
from projections.stage.success import SPAN_DAYS

LABELS = ("milestone", "criterion", "risk")


def subject(family: str, labels: Mapping[str, str]) -> str:
    """What a number is about: a milestone, a criterion, a risk, or itself."""
    return next((labels[name] for name in LABELS if name in labels), family)


def drill_stage(query: NumberQuery) -> Drilldown:
    """What a number about the stage rests on, and whom it counts where it is of people."""
    seen = query.snapshot.find(StageEvaluation)
    told = events(query.snapshot, query.labels, query.day)
    if seen is None:
        return Drilldown(told=told)
    counted = people(query.snapshot, seen, subject(query.family, query.labels), query.day)
    return Drilldown(leaders=shown(query.snapshot, counted, query.day), told=told)


def people(snapshot: CommunitySnapshot, seen: StageEvaluation, about: str, day: int) -> Iterable[str]:
    """Whom a number of the stage counts."""
    counted: Mapping[str, Callable[[], Iterable[str]]] = {
        "core_mentored": lambda: recruited(snapshot, day, snapshot.policy.mentoring.recruited_days),
        "leadership_chances": lambda: [*new_leaders(snapshot, day), *takers(snapshot, seen, day)],
        "momentum": lambda: recruited(snapshot, day, 2 * SPAN_DAYS),
    }
    if about.startswith("coordinator"):
        return seen.coordinators.on(day)
    return counted[about]() if about in counted else ()


def events(snapshot: CommunitySnapshot, labels: Mapping[str, str], day: int) -> Sequence[Event]:
    """The events of the community itself that a milestone rests on beside other numbers, oldest first."""
    name, seen = labels.get("milestone"), snapshot.find(StageEvaluation)
    if name is None or seen is None:
        return ()
    given = on(seen.assigned.get(name, ()), day)
    found: list[Event] = [given.told] if given else []
    if name == "leadership_chances":
        found += [event for one in seen.taken if one.within(day, snapshot.policy.renewal_days) for event in one.events]
    return [one for _, one in sorted({one.order: one for one in found}.items())]


def recruited(snapshot: CommunitySnapshot, day: int, within: int) -> Iterable[str]:
    """Who took their first seat within so many days."""
    roster = snapshot.find(Roster)
    seats = roster.seats if roster else ()
    return (one.holder for one in recruits(seats) if day - within < one.start <= day)


def new_leaders(snapshot: CommunitySnapshot, day: int) -> Iterable[str]:
    """Who took their first leadership seat within the renewal period."""
    found = snapshot.find(LeadershipEvaluation)
    return Day(found, snapshot.policy, day).new() if found else ()


def takers(snapshot: CommunitySnapshot, seen: StageEvaluation, day: int) -> Iterable[str]:
    """Who took up an opportunity within it."""
    return (one.person for one in seen.taken if one.within(day, snapshot.policy.renewal_days))


def shown(snapshot: CommunitySnapshot, persons: Iterable[str], day: int) -> Mapping[str, LeaderShown]:
    """These people with the seats they hold on the day."""
    found = snapshot.find(LeadershipEvaluation)
    held = Day(found, snapshot.policy, day).holders() if found else []
    known = {one.person: one for one in held}
    return {one: known.get(one, LeaderShown(one, 0.0, ())) for one in sorted(set(persons))}
