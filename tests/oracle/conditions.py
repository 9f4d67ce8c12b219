"""DEFINITIONS, *Conditions*: the table, day by day, as a state that is entered and left.

A condition is not left on a day on which it would be entered; what is not known neither enters nor leaves.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import sqrt
from statistics import median

Z = 1.959963984540054


@dataclass(frozen=True)
class Scope:
    """A scope on a day, while there is one."""

    vacant: bool
    led: bool
    held_share: Fraction
    team_share: Fraction


@dataclass(frozen=True)
class Facts:
    """What conditions go by, on one day; None is not known, and ages are in days."""

    growth: str | None = None
    goal_age: int | None = None
    path: Fraction | None = None
    kept: tuple[int, int] | None = None
    leadership: str | None = None
    leader_age: int | None = None
    active: int | None = None
    covered: tuple[int, int] | None = None
    runway: str | None = None
    coverage: Fraction | None = None
    mentoring_newcomers: int = 0
    mentorships: int | None = None
    load: int | None = None
    most_load: int = 5
    unanswered: int | None = None
    newcomers: int | None = None
    gaps: Mapping[str, tuple[int | None, bool]] = field(default_factory=dict)
    report_age: int | None = None
    meeting_age: int | None = None
    report_cadence: int | None = 45
    meeting_cadence: int | None = 30
    cross_team: int | None = None
    teams_of_five: int = 0
    weeks: Sequence[int] = ()
    late_sources: frozenset[str] = frozenset()
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    told: Sequence[tuple[int, int]] = ()


Past = Sequence[Facts]
Test = Callable[[Past], bool]


def conditions(days: Past) -> dict[str, list[bool]]:
    """Whether each condition holds on each day."""
    found = {name: history(days, enters, leaves) for name, (enters, leaves) in TABLE.items()}
    found["growth_stalled"] = growth_stalled(days)
    found["strength_falling"] = strength_falling(days)
    for name, of, machine in (
        ("scope_vacant", "scopes", scope_vacant),
        ("pathway_gap", "gaps", pathway_gap),
    ):
        each = [machine(days, one) for one in {one for day in days for one in getattr(day, of)}]
        found[name] = [any(states) for states in zip([False] * len(days), *each, strict=True)]
    return found


def since(days: Sequence[date], states: Sequence[bool]) -> list[date | None]:
    """The time since when: absent until it first changes."""
    found: list[date | None] = []
    held, changed = False, None
    for day, state in zip(days, states, strict=True):
        changed = day if state != held else changed
        held = state
        found.append(changed)
    return found


def history(days: Past, enters: Test, leaves: Test) -> list[bool]:
    """Entered → left."""
    return remembering(days, enters, lambda past, _: leaves(past))


def remembering(days: Past, enters: Test, leaves: Callable[[Past, int], bool]) -> list[bool]:
    """The same where leaving depends on the place of the day of entering."""
    states, held, entered = list[bool](), False, 0
    for place in range(len(days)):
        past = days[: place + 1]
        wants = enters(past)
        if not held and wants:
            held, entered = True, place
        elif held and not wants and leaves(past, entered):
            held = False
        states.append(held)
    return states


def for_days(past: Past, how_many: int, test: Callable[[Facts], bool]) -> bool:
    """For so many days: on each of the last ones, this one included."""
    return len(past) >= how_many and all(test(day) for day in past[-how_many:])


def verdict(name: str) -> Test:
    """The growth verdict is this one."""
    return lambda past: past[-1].growth == name


def growth_stalled(days: Past) -> list[bool]:
    """Flat for 28 days, and: a goal's path ratio < 1; or, without a goal, growing within 180 days."""

    def enters(past: Past) -> bool:
        today = past[-1]
        if not for_days(past, 28, lambda day: day.growth == "flat"):
            return False
        if today.goal_age is not None:
            return today.path is not None and today.path < 1
        return any(day.growth == "growing" for day in past[-180:])

    def leaves(past: Past, entered: int) -> bool:
        today = past[-1]
        reached = today.path is not None and today.path >= 1
        expired = today.goal_age is None and len(past) - 1 - entered >= 180
        return today.growth in ("growing", "shrinking") or reached or expired

    return remembering(days, enters, leaves)


def behind(past: Past) -> bool:
    """Path ratio < 0.8 for 28 days, 90 days or more after the baseline."""
    age = past[-1].goal_age
    late = for_days(past, 28, lambda day: day.path is not None and day.path < Fraction(8, 10))
    return late and age is not None and age >= 90


def caught_up(past: Past) -> bool:
    """≥ 0.9 for 14 days."""
    return for_days(past, 14, lambda day: day.path is not None and day.path >= Fraction(9, 10))


def gap_of_retention(past: Past) -> Fraction | None:
    """How far below a year ago."""
    now, then = past[-1].kept, past[-366].kept if len(past) > 365 else None
    return Fraction(*then) - Fraction(*now) if now and then else None


def retention_dropped(past: Past) -> bool:
    """≥ 10 points below a year ago, 95 % interval of the difference excludes 0, n ≥ 30 both."""
    gap, now = gap_of_retention(past), past[-1].kept
    if gap is None or now is None or gap < Fraction(1, 10):
        return False
    then = past[-366].kept
    assert then is not None
    return now[1] >= 30 and then[1] >= 30 and lower_end(then, now) > 0


def lower_end(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Newcombe's interval of the difference, from Wilson's of each: its lower end."""
    (low, _), (_, high) = wilson(*one), wilson(*other)
    p, q = one[0] / one[1], other[0] / other[1]
    return p - q - sqrt((p - low) ** 2 + (high - q) ** 2)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The roots of (p − x)² = z²·x·(1 − x)/n."""
    p, n = part / whole, whole
    a, b, c = 1 + Z * Z / n, -(2 * p + Z * Z / n), p * p
    root = sqrt(max(b * b - 4 * a * c, 0.0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def retention_back(past: Past) -> bool:
    """Gap < 5 points."""
    gap = gap_of_retention(past)
    return gap is not None and gap < Fraction(5, 100)


def no_new_leader(past: Past) -> bool:
    """Last new leader, or else the first role event, > 365 days ago, ≥ 20 active people."""
    age, active = past[-1].leader_age, past[-1].active
    return age is not None and age > 365 and active is not None and active >= 20


def new_leader(past: Past) -> bool:
    """A new leader: it was not so long ago any more."""
    age = past[-1].leader_age
    return age is not None and age <= 365


def strength_falling(days: Past) -> list[bool]:
    """Strength ratio down by 0.10 in 180 days, with ≥ 10 scopes not inherited and ≥ 2 fewer covered."""

    def enters(past: Past) -> bool:
        now, then = past[-1].covered, past[-181].covered if len(past) > 180 else None
        if now is None or then is None or now[1] < 10 or then[0] - now[0] < 2:
            return False
        return Fraction(*then) - Fraction(*now) >= Fraction(1, 10)

    def leaves(past: Past, entered: int) -> bool:
        now, before = past[-1].covered, days[entered - 180].covered
        return now is not None and before is not None and Fraction(*before) - Fraction(*now) <= Fraction(5, 100)

    return remembering(days, enters, leaves)


def scope_vacant(days: Past, scope: str) -> list[bool]:
    """A scope that matters, vacant for 14 days; led for 3 days. One that is gone is no scope."""

    def enters(past: Past) -> bool:
        matters = any(
            scope in day.scopes and day.scopes[scope].held_share >= Fraction(5, 100) for day in past[-90:]
        ) or (scope in past[-1].scopes and past[-1].scopes[scope].team_share >= Fraction(5, 100))
        return matters and for_days(past, 14, lambda day: scope in day.scopes and day.scopes[scope].vacant)

    def leaves(past: Past) -> bool:
        gone = scope not in past[-1].scopes
        return gone or for_days(past, 3, lambda day: scope in day.scopes and day.scopes[scope].led)

    return history(days, enters, leaves)


def unmentored(past: Past) -> bool:
    """Coverage < 0.2, ≥ 10 newcomers, any mentorship in 365 days."""
    today = past[-1]
    any_mentorship = any(day.mentorships for day in past[-365:])
    few = today.coverage is not None and today.coverage < Fraction(2, 10)
    return few and today.mentoring_newcomers >= 10 and any_mentorship


def overloaded(past: Past) -> bool:
    """Load > [5] for 14 days."""
    return for_days(past, 14, lambda day: day.load is not None and day.load > day.most_load)


def unanswered(past: Past) -> bool:
    """≥ 5 and > 30 % of newcomers, 14 days."""

    def many(day: Facts) -> bool:
        if day.unanswered is None or day.newcomers is None or day.unanswered < 5:
            return False
        return day.unanswered > Fraction(3, 10) * day.newcomers

    return for_days(past, 14, many)


def pathway_gap(days: Past, step: str) -> list[bool]:
    """A gap opens; acknowledged or closed: a quarter that cannot be judged shows none."""

    def gap(past: Past) -> tuple[int | None, bool]:
        return past[-1].gaps.get(step, (None, False))

    return history(days, lambda past: gap(past) == (1, False), lambda past: gap(past)[1] or gap(past)[0] != 1)


def overdue(kind: str) -> Test:
    """1.33 cadences since the last, one ever held."""

    def late(past: Past) -> bool:
        age, cadence = getattr(past[-1], f"{kind}_age"), getattr(past[-1], f"{kind}_cadence")
        return age is not None and cadence is not None and age >= Fraction(133, 100) * cadence

    return late


def held_again(kind: str) -> Test:
    """The next one."""
    return lambda past: getattr(past[-1], f"{kind}_age") is not None and not overdue(kind)(past)


def nobody_across(past: Past) -> bool:
    """None for 28 days, ≥ 2 teams of ≥ 5."""
    return for_days(past, 28, lambda day: day.cross_team == 0) and past[-1].teams_of_five >= 2


def unusual(weeks: Sequence[int], place: int) -> bool | None:
    """A week's newcomers > median + 6·MAD of the 26 before (≥ 20); None where there are not 26."""
    if place < 26:
        return None
    before, now = weeks[place - 26 : place], weeks[place]
    middle = median(before)
    return now >= 20 and now > middle + 6 * median(abs(one - middle) for one in before)


def unusual_week(past: Past) -> bool:
    """The last closed week."""
    weeks = past[-1].weeks
    return bool(weeks) and unusual(weeks, len(weeks) - 1) is True


def ordinary_weeks(past: Past) -> bool:
    """Four ordinary weeks."""
    weeks = past[-1].weeks
    return len(weeks) >= 4 and all(unusual(weeks, len(weeks) - back) is False for back in (1, 2, 3, 4))


def unsettled(past: Past) -> bool:
    """What was published within 48 hours differs by more than 10 % of the active from what is known now."""
    return any(abs(known - active) > Fraction(1, 10) * known for day in past[-2:] for active, known in day.told)


TABLE: Mapping[str, tuple[Test, Test]] = {
    "shrinking": (verdict("shrinking"), lambda past: past[-1].growth in ("growing", "flat")),
    "behind_path": (behind, caught_up),
    "retention_dropped": (retention_dropped, retention_back),
    "leadership_concentrated": (
        lambda past: past[-1].leadership == "concentrating",
        lambda past: past[-1].leadership in ("spreading", "steady"),
    ),
    "no_new_leader": (no_new_leader, new_leader),
    "coordinator_runway": (
        lambda past: for_days(past, 28, lambda day: day.runway == "high"),
        lambda past: for_days(past, 14, lambda day: day.runway == "low"),
    ),
    "newcomers_unmentored": (
        unmentored,
        lambda past: past[-1].coverage is not None and past[-1].coverage >= Fraction(3, 10),
    ),
    "mentor_overloaded": (
        overloaded,
        lambda past: past[-1].load is not None and past[-1].load <= past[-1].most_load - 1,
    ),
    "newcomers_unanswered": (
        unanswered,
        lambda past: past[-1].unanswered is not None and past[-1].unanswered <= 2,
    ),
    "report_overdue": (overdue("report"), held_again("report")),
    "meeting_overdue": (overdue("meeting"), held_again("meeting")),
    "no_cross_team": (
        nobody_across,
        lambda past: for_days(past, 14, lambda day: day.cross_team is not None and day.cross_team >= 2),
    ),
    "unusual_arrivals": (unusual_week, ordinary_weeks),
    "source_unchecked": (lambda past: bool(past[-1].late_sources), lambda past: not past[-1].late_sources),
    "history_unsettled": (unsettled, lambda past: bool(past[-1].told) and not unsettled(past)),
}
"""Condition → entered when, left when; those that remember when they were entered stand apart."""
