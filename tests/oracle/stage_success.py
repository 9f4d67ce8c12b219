"""docs/definitions.md, *Milestones, success, risks*: Success of the stage."""

from collections.abc import Callable
from fractions import Fraction

from tests.oracle import activity, goals, leadership_renewal
from tests.oracle.days import before, day_of, month_ends
from tests.oracle.leadership_measures import effective
from tests.oracle.stage_day import Stage, slots

HALF_YEAR = 182


def growth(stage: Stage) -> bool | None:
    """Growth ratio ≥ factor at each of the last 4 month-ends, and recurring ≥ factor/2 times the baseline day's."""
    aim = goals.goal(stage.known.events, stage.day)
    if aim is None or not stage.work or aim.baseline_on > stage.day:
        return None
    start = stage.on(aim.baseline_on)
    if not start.work or "contributions" in stage.unread | start.unread:
        return None
    baseline, factor = Fraction(str(aim.baseline)), Fraction(str(aim.factor))
    same = activity.active_days(goals.of_sources(stage.work, aim))
    window, least = stage.values.headline, stage.values.min_contributions
    ends = month_ends(stage.day, 4)
    reached = all(len(activity.active(same, end, window, least)) / baseline >= factor for end in ends)
    return reached and stage.recurring >= factor / 2 * start.recurring


def distribution(stage: Stage) -> bool | None:
    """Effective leaders ≥ max([3], active(90)/[25])."""
    mass = stage.leadership.judged.mass
    if not (mass and stage.work) or stage.judged_unread or "contributions" in stage.unread:
        return None
    enough = max(stage.values.leaders_min, Fraction(len(stage.active)) / stage.values.active_per_leader)
    return bool(effective(mass.values()) >= enough)


def strength(stage: Stage) -> bool | None:
    """Strength ratio ≥ [0.8]."""
    ratio = stage.strength_ratio
    return None if ratio is None else ratio >= stage.values.strength_min


def momentum(stage: Stage) -> bool | None:
    """In each of the two spans of 182 days ≥ 2 new leaders and ≥ 1 mentored core recruit; check-ins in 3 of 4 slots."""
    check_ins = slots(stage, "check_in")
    if check_ins is None or "roles" in stage.unread or not (stage.knows_roles and stage.knows_mentoring):
        return None
    led = [day_of(moment) for moment in leadership_renewal.firsts(stage.leaders_terms).values()]
    recruits = [day for day, mentored in stage.recruited(2 * HALF_YEAR).items() if any(mentored)]
    middle, start = before(stage.day, HALF_YEAR), before(stage.day, 2 * HALF_YEAR)
    spans = [(middle, stage.day), (start, middle)]
    lively = all(
        sum(first < one <= last for one in led) >= 2 and any(first < one <= last for one in recruits)
        for first, last in spans
    )
    return lively and check_ins >= 3


SUCCESS: dict[str, Callable[[Stage], bool | None]] = {
    "growth": growth,
    "distribution": distribution,
    "strength": strength,
    "momentum": momentum,
}
