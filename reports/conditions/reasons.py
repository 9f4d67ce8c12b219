"""Why a condition holds, with the numbers it rests on and when it ends.

Somebody who may not see a number is told the rule without it.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from projections.metrics.unit import Unit
from projections.timeline.days import SECONDS_A_DAY, YEAR, say_day
from projections.timeline.history import series
from reports.conditions.query import ConditionQuery
from reports.format.values import format_value, say_date
from reports.format.words import counted, named_or, people

ENDS = "; in force until "
"""What stands before when a condition ends."""
BEFORE_IT_FELL = 180


def shrinking(query: ConditionQuery) -> str:
    """By the verdict."""
    ratios = [query.number(f"growth_change_{end}ratio") for end in ("", "low_", "high_")]
    change, low, high = (format_value(one, Unit.CHANGE) for one in ratios)
    people = f"{change} people active in a month on a year ago (between {low} and {high})"
    return f"{people}; in force until the verdict is another"


def growth_stalled(query: ConditionQuery) -> str:
    """By the verdict and the goal."""
    path = query.number("growth_path_ratio")
    if path is not None:
        stands = f"the community is at {format_value(path, Unit.SHARE)} of the target line"
        return f"the verdict is neither growing nor shrinking, and {stands}; in force until it grows"
    lasts = "the verdict has been neither growing nor shrinking for 28 days or more after it was growing"
    return f"{lasts}; in force until it grows, or for 180 days"


def behind_path(query: ConditionQuery) -> str:
    """By the path ratio."""
    path = format_value(query.number("growth_path_ratio"), Unit.SHARE)
    return f"the community is at {path} of where its target line is by now; in force until it is at 90 % for 14 days"


def retention_dropped(query: ConditionQuery) -> str:
    """By retention against the year before."""
    kept = [query.number("retention_ratio", back, window_days=query.window) for back in (0, YEAR)]
    now, then = (format_value(one, Unit.SHARE) for one in kept)
    return (
        f"{now} of those active {query.window} days before still are, against {then} a year ago; "
        "until the gap is below 5 points"
    )


def many_lapsing(query: ConditionQuery) -> str:
    """By those who lapse and those who are active."""
    lapsing, active = (query.number(f"{name}_contributors", window_days=query.window) for name in ("lapsing", "active"))
    if not isinstance(lapsing, float) or not isinstance(active, float):
        return "a third or more of the active lapse within 14 days; in force until less than a quarter do"
    return (
        f"{format_value(lapsing, Unit.PEOPLE)} of {format_value(active, Unit.PEOPLE)} active people lapse within 14 "
        "days unless they do something again; in force until less than a quarter do"
    )


def leadership_concentrated(query: ConditionQuery) -> str:
    """By effective leaders against the year before."""
    leaders = [query.number("effective_leaders", back, seats=query.seats) for back in (0, YEAR)]
    now, then = (format_value(one, Unit.TENTHS) for one in leaders)
    spread = f"leadership is spread over the equivalent of {now} people, {then} a year ago"
    return f"{spread}; in force until the verdict is another"


def no_new_leader(query: ConditionQuery) -> str:
    """By the last new leader."""
    last = query.number("last_new_leader_timestamp_seconds")
    said = f"the last one came on {say_date(last)}" if isinstance(last, float) else "none came since roles are recorded"
    return f"nobody took a first leadership seat for more than 365 days: {said}; in force until somebody does"


def strength_falling(query: ConditionQuery) -> str:
    """By strength against what it was before it fell."""
    now = query.number("leadership_strength_ratio", seats=query.seats)
    then = query.since - timedelta(days=BEFORE_IT_FELL)
    before = query.viewer.value(series("leadership_strength_ratio", seats=query.seats), then)
    return (
        f"{format_value(now, Unit.SHARE)} of the scopes are covered, down from {format_value(before, Unit.SHARE)} on "
        f"{say_day(then)}; "
        "in force until within 5 points of that"
    )


def scope_vacant(query: ConditionQuery) -> str:
    """By scopes."""
    which = named_or(query.of, "a scope that matters", "scopes that matter")
    return f"nobody has led {which} for 14 days or more; in force until led for 3 days"


def coordinator_runway(query: ConditionQuery) -> str:
    """By the risk."""
    runway, count = query.number("coordinator_runway_seconds"), query.number("coordinators_active")
    who = "who coordinates is not shown" if count is None else people(count, "coordinate", "coordinates")
    days = counted(round(runway / SECONDS_A_DAY), "day") if isinstance(runway, float) else ""
    left = f", the last term ends in {days}" if days else ""
    return f"{who}{left}, and the risk has been high for 28 days or more; in force until it is low for 14 days"


def newcomers_unmentored(query: ConditionQuery) -> str:
    """By coverage."""
    coverage, days = query.number("mentoring_coverage_ratio"), query.policy.mentoring.newcomer_days
    share = format_value(coverage, Unit.SHARE)
    return f"{share} of those who came in the last {days} days have or had a mentor; in force until 30 % have"


def mentor_overloaded(query: ConditionQuery) -> str:
    """By the highest load; of nobody by name."""
    load, most = query.number("mentor_load_max"), query.policy.mentoring.load_max
    carried = f", with {counted(load, 'active mentee')}" if isinstance(load, float) else ""
    return f"mentoring rests on one person{carried}: more than {most} for 14 days; in force until {most - 1} or fewer"


def newcomers_unanswered(query: ConditionQuery) -> str:
    """By those who wait."""
    waiting = people(query.number("newcomers_unanswered"), "wait for an answer", "waits for an answer")
    return f"of the newcomers {waiting} for more than a week; in force until 2 or fewer do"


def pathway_gap(query: ConditionQuery) -> str:
    """By steps."""
    steps = named_or([one.replace("_", " ") for one in query.of], "a step", "steps")
    return (
        f"too few go on after {steps}; in force until an action about it is recorded, or a later quarter shows no gap"
    )


def report_overdue(query: ConditionQuery) -> str:
    """By the last report."""
    return overdue(query, "report")


def meeting_overdue(query: ConditionQuery) -> str:
    """By the last meeting."""
    return overdue(query, "meeting")


def overdue(query: ConditionQuery, kind: str) -> str:
    """By the last engagement of a kind."""
    last, cadence = (
        query.number("last_engagement_timestamp_seconds", kind=kind),
        query.policy.communication.cadence_days,
    )
    when = f" on {say_date(last)}" if isinstance(last, float) else ""
    return f"the last {kind} was{when}, and one is due every {cadence.get(kind, 0)} days; in force until the next"


def no_cross_team(_query: ConditionQuery) -> str:
    """By people across teams."""
    return (
        "nobody has worked in two teams for 28 days or more, though two teams are large enough; "
        "in force until two people do for 14 days"
    )


def unusual_arrivals(_query: ConditionQuery) -> str:
    """By newcomers of the week."""
    return "far more newcomers came in a week than in the 26 before; in force until four weeks are ordinary"


def source_unchecked(query: ConditionQuery) -> str:
    """By sources."""
    return (
        f"not read for longer than its cadence allows: {named_or(query.of, 'a source', 'sources')}; "
        "in force until it is read"
    )


def history_unsettled(_query: ConditionQuery) -> str:
    """By what was published."""
    return (
        "the active people published in the last 48 hours differ by more than a tenth from what is known now; "
        "until a day holds as published"
    )


WHY: Mapping[str, Callable[[ConditionQuery], str]] = {
    one.__name__: one
    for one in (
        shrinking,
        growth_stalled,
        behind_path,
        retention_dropped,
        many_lapsing,
        leadership_concentrated,
        no_new_leader,
        strength_falling,
        scope_vacant,
        coordinator_runway,
        newcomers_unmentored,
        mentor_overloaded,
        newcomers_unanswered,
        pathway_gap,
        report_overdue,
        meeting_overdue,
        no_cross_team,
        unusual_arrivals,
        source_unchecked,
        history_unsettled,
    )
}
"""Condition → half a sentence that says why it holds."""
