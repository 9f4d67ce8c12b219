"""A number about the stage opened up: the sentence that says why, what it rests on, and who, where it is of people."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from projections.community.joined import Joined
from projections.days import number_of
from projections.facts.fact import Fact
from projections.history import History
from projections.leadership.opened import Opened
from projections.leadership.shown import Day, LeaderShown
from projections.mentoring.measures import recruits
from projections.stage.asked import Everything
from projections.stage.assigned import on
from projections.stage.metrics import FAMILIES
from projections.stage.stage import Seen
from projections.stage.success import SPAN_DAYS
from projections.stage.told import told

RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "core_mentored": ("core_by_role_recruited", "core_by_role_recruited_mentored", "mentorships_active"),
    "leadership_chances": ("new_leaders",),
    "synergy": ("relationships_active",),
    "communication": ("engagement_slots_filled", "last_engagement_timestamp_seconds"),
    "growth": ("growth_ratio", "recurring_contributors"),
    "distribution": ("effective_leaders", "active_contributors"),
    "strength": ("leadership_strength_ratio",),
    "momentum": ("new_leaders", "core_by_role_recruited_mentored", "engagement_slots_filled"),
    "coordinator_runway": (
        "coordinators_active",
        "coordinator_runway_seconds",
        "coordinator_mentorship_share_ratio",
        "renewal_balance_leaders",
    ),
    "ownership_openness": ("newcomer_share_ratio", "acceptance_ratio", "leadership_strength_ratio"),
    "pathway_gaps": ("pathway_gap",),
    "coordinator_mentorship_share_ratio": ("mentorships_active",),
}
"""A milestone, criterion, risk or family → the families that it is computed from."""

ABOUT: Mapping[str, Mapping[str, str]] = {
    "communication": {"kind": "report"},
    "momentum": {"kind": "check_in"},
    "growth": {"coverage": "same_sources"},
    "ownership_openness": {"newcomer": "yes"},
}
"""Milestone, criterion or risk → which of the numbers of these families it is computed from, where it is not all."""

LABELS = ("milestone", "criterion", "risk")


def subject(family: str, labels: Mapping[str, str]) -> str:
    """What a number is about: a milestone, a criterion, a risk, or itself."""
    return next((labels[name] for name in LABELS if name in labels), family)


def rests_on(family: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The families that a number of the stage is computed from; none for others."""
    return RESTS_ON.get(subject(family, labels), ()) if family in FAMILIES else ()


def opened(joined: Joined, history: History, family: str, labels: Mapping[str, str], as_of: date) -> Opened:
    """What a number about the stage rests on; nothing where it is about something else."""
    if family not in FAMILIES or joined.stage is None:
        return Opened()
    about = subject(family, labels)
    return Opened(
        shown(joined, people(joined, joined.stage, about, as_of), as_of), because=why(joined, history, about, as_of)
    )


def why(joined: Joined, history: History, about: str, as_of: date) -> str:
    """The sentence that says why; empty for a number that has none."""
    found = told(Everything(history), joined.stage, joined.policy, as_of)
    parts = (found.milestones, found.success, found.risks)
    reasons = {name: one.because for part in parts for name, one in part.items()}
    return reasons.get(about, "").removesuffix(".")


def people(joined: Joined, seen: Seen, about: str, as_of: date) -> Iterable[str]:
    """Whom a number of the stage counts."""
    day = number_of(as_of)
    counted: Mapping[str, Callable[[], Iterable[str]]] = {
        "core_mentored": lambda: recruited(joined, day, joined.policy.mentoring.recruited_days),
        "leadership_chances": lambda: [*new_leaders(joined, day), *takers(joined, seen, day)],
        "momentum": lambda: recruited(joined, day, 2 * SPAN_DAYS),
    }
    if about.startswith("coordinator"):
        return seen.coordinators.on(day)
    return counted[about]() if about in counted else ()


def events(joined: Joined, labels: Mapping[str, str], day: int) -> Sequence[Fact]:
    """The events of the community itself that a milestone rests on beside other numbers, oldest first."""
    name, seen = labels.get("milestone"), joined.stage
    if name is None or seen is None:
        return ()
    given = on(seen.assigned.get(name, ()), day)
    found = [given.told] if given else []
    if name == "leadership_chances":
        found += [fact for one in seen.taken if one.within(day, joined.policy.renewal_days) for fact in one.events]
    return [one for _, one in sorted({one.order: one for one in found}.items())]


def recruited(joined: Joined, day: int, within: int) -> Iterable[str]:
    """Who took their first seat within so many days."""
    seats = joined.leadership.told.roster.seats if joined.leadership else ()
    return (one.holder for one in recruits(seats) if day - within < one.start <= day)


def new_leaders(joined: Joined, day: int) -> Iterable[str]:
    """Who took their first leadership seat within the renewal period."""
    return Day(joined.leadership, joined.policy, day).new() if joined.leadership else ()


def takers(joined: Joined, seen: Seen, day: int) -> Iterable[str]:
    """Who took up an opportunity within it."""
    return (one.person for one in seen.taken if one.within(day, joined.policy.renewal_days))


def shown(joined: Joined, persons: Iterable[str], as_of: date) -> Mapping[str, LeaderShown]:
    """These people with the seats they hold on the day."""
    held = Day(joined.leadership, joined.policy, number_of(as_of)).holders() if joined.leadership else []
    known = {one.person: one for one in held}
    return {one: known.get(one, LeaderShown(one, 0.0, ())) for one in sorted(set(persons))}
