"""Why a condition holds, with the numbers it rests on and when it ends, and what to do next.

Somebody who may not see a number is told the rule without it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from projections.history import series
from projections.policy import CommunityPolicy
from projections.stage.asked import NOT_SHOWN, Number, Shown, people, per_cent, said_day, said_moment

ENDS = "; in force until "
"""What stands before when a condition ends."""
YEAR = 365
BEFORE_IT_FELL = 180


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition that is asked about on a day that has ended.

    Attributes:
        since: the day on which it was entered.
        of: the scopes, sources or steps that it holds of, as far as they may be named.
    """

    shown: Shown
    policy: CommunityPolicy
    day: date
    since: date
    of: Sequence[str] = ()

    def number(self, name: str, back: int = 0, **labels: str | int) -> Number:
        """A number of the day, or of one so many days before."""
        return self.shown.value(series(name, **labels), self.day - timedelta(days=back))

    @property
    def window(self) -> int:
        """The headline window, in days."""
        return self.policy.headline_window_days

    @property
    def seats(self) -> str:
        """The seats that leadership is judged by."""
        return self.policy.judge_by


def shrinking(asked: Asked) -> str:
    """By the verdict."""
    ratios = [asked.number(f"growth_change_{end}ratio") for end in ("", "low_", "high_")]
    change, low, high = (signed(one) for one in ratios)
    return (
        f"{change} contributors a week on a year ago (between {low} and {high}); in force until the verdict is another"
    )


def growth_stalled(asked: Asked) -> str:
    """By the verdict and the goal."""
    path = asked.number("growth_path_ratio")
    if path is not None:
        return (
            f"the verdict is flat, and the community is at {per_cent(path)} of the target line; in force until it grows"
        )
    return (
        "the verdict has been flat for 28 days or more after it was growing; in force until it grows, or for 180 days"
    )


def behind_path(asked: Asked) -> str:
    """By the path ratio."""
    path = per_cent(asked.number("growth_path_ratio"))
    return f"the community is at {path} of where its target line is by now; in force until it is at 90 % for 14 days"


def retention_dropped(asked: Asked) -> str:
    """By retention against the year before."""
    now, then = (per_cent(asked.number("retention_ratio", back, window_days=asked.window)) for back in (0, YEAR))
    return (
        f"{now} of those active {asked.window} days before still are, against {then} a year ago; "
        "until the gap is below 5 points"
    )


def leadership_concentrated(asked: Asked) -> str:
    """By effective leaders against the year before."""
    now, then = (tenths(asked.number("effective_leaders", back, seats=asked.seats)) for back in (0, YEAR))
    spread = f"leadership is spread over the equivalent of {now} people, {then} a year ago"
    return f"{spread}; in force until the verdict is another"


def no_new_leader(asked: Asked) -> str:
    """By the last new leader."""
    last = asked.number("last_new_leader_timestamp_seconds")
    said = (
        f"the last one came on {said_moment(last)}" if isinstance(last, float) else "none came since roles are recorded"
    )
    return f"nobody took a first leadership seat for more than 365 days: {said}; in force until somebody does"


def strength_falling(asked: Asked) -> str:
    """By strength against what it was before it fell."""
    now = per_cent(asked.number("leadership_strength_ratio", seats=asked.seats))
    then = asked.since - timedelta(days=BEFORE_IT_FELL)
    before = per_cent(asked.shown.value(series("leadership_strength_ratio", seats=asked.seats), then))
    return (
        f"{now} of the scopes are covered, down from {before} on {said_day(then)}; "
        "in force until within 5 points of that"
    )


def scope_vacant(asked: Asked) -> str:
    """By scopes."""
    which = listed(asked.of, "a scope that matters", "scopes that matter")
    return f"nobody has led {which} for 14 days or more; in force until led for 3 days"


def coordinator_runway(asked: Asked) -> str:
    """By the risk."""
    runway, count = asked.number("coordinator_runway_seconds"), asked.number("coordinators_active")
    who = "who coordinates is not shown" if count is None else people(count, "coordinate", "coordinates")
    left = f", the last term ends in {runway / 86400:.0f} days" if isinstance(runway, float) and runway < 1e12 else ""
    return f"{who}{left}, and the risk has been high for 28 days or more; in force until it is low for 14 days"


def newcomers_unmentored(asked: Asked) -> str:
    """By coverage."""
    coverage, days = per_cent(asked.number("mentoring_coverage_ratio")), asked.policy.mentoring.newcomer_days
    return f"{coverage} of those who came in the last {days} days have or had a mentor; in force until 30 % have"


def mentor_overloaded(asked: Asked) -> str:
    """By the highest load; of nobody by name."""
    load, most = asked.number("mentor_load_max"), asked.policy.mentoring.load_max
    carried = f", with {load:.0f} active mentees" if isinstance(load, float) else ""
    return f"mentoring rests on one person{carried}: more than {most} for 14 days; in force until {most - 1} or fewer"


def newcomers_unanswered(asked: Asked) -> str:
    """By those who wait."""
    waiting = people(asked.number("newcomers_unanswered"), "wait for an answer", "waits for an answer")
    return f"of the newcomers {waiting} for more than a week; in force until 2 or fewer do"


def pathway_gap(asked: Asked) -> str:
    """By steps."""
    steps = listed([one.replace("_", " ") for one in asked.of], "a step", "steps")
    return (
        f"too few go on after {steps}; in force until an action about it is recorded, or a later quarter shows no gap"
    )


def report_overdue(asked: Asked) -> str:
    """By the last report."""
    return overdue(asked, "report")


def meeting_overdue(asked: Asked) -> str:
    """By the last meeting."""
    return overdue(asked, "meeting")


def overdue(asked: Asked, kind: str) -> str:
    """By the last engagement of a kind."""
    last, cadence = (
        asked.number("last_engagement_timestamp_seconds", kind=kind),
        asked.policy.communication.cadence_days,
    )
    when = f" on {said_moment(last)}" if isinstance(last, float) else ""
    return f"the last {kind} was{when}, and one is due every {cadence.get(kind, 0)} days; in force until the next"


def no_cross_team(_asked: Asked) -> str:
    """By people across teams."""
    return (
        "nobody has worked in two teams for 28 days or more, though two teams are large enough; "
        "in force until two people do for 14 days"
    )


def unusual_arrivals(_asked: Asked) -> str:
    """By newcomers of the week."""
    return "far more newcomers came in a week than in the 26 before; in force until four weeks are ordinary"


def source_unchecked(asked: Asked) -> str:
    """By sources."""
    return (
        f"not read for longer than its cadence allows: {listed(asked.of, 'a source', 'sources')}; "
        "in force until it is read"
    )


def history_unsettled(_asked: Asked) -> str:
    """By what was published."""
    return (
        "the active people published in the last 48 hours differ by more than a tenth from what is known now; "
        "until a day holds as published"
    )


WHY: Mapping[str, Callable[[Asked], str]] = {
    one.__name__: one
    for one in (
        shrinking,
        growth_stalled,
        behind_path,
        retention_dropped,
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

NEXT: Mapping[str, str] = {
    "shrinking": "See who lapsed and when, and ask some of them why.",
    "growth_stalled": "See at which step of the pathway people stop.",
    "behind_path": "See whether too few come or too few stay, and set the goal anew if it was wrong.",
    "retention_dropped": "See which cohorts left, and ask some of them why.",
    "leadership_concentrated": "Offer seats in the scopes that rest on the same few people.",
    "no_new_leader": "Offer somebody who does the work already a seat, and a mentor.",
    "strength_falling": "Find a second person or an owner for the scopes that lack one.",
    "scope_vacant": "Appoint a leader, or retire the scope.",
    "coordinator_runway": "Find a second coordinator, or extend the term.",
    "newcomers_unmentored": "Ask for mentors, and introduce newcomers to them.",
    "mentor_overloaded": "Ask for more mentors, and hand some mentorships over.",
    "newcomers_unanswered": "Answer those who have waited longest.",
    "pathway_gap": "Look at what the step asks for, and record what is done about it.",
    "report_overdue": "Publish a report about impact, and record its link.",
    "meeting_overdue": "Hold a meeting, and record it.",
    "no_cross_team": "Find a piece of work that needs two teams.",
    "unusual_arrivals": "See where they come from: an event, a campaign, or automation.",
    "source_unchecked": "Import the source again, or retire it.",
    "history_unsettled": "Wait until it settles before acting on other conditions.",
}
"""Condition → what to do next, asked of roles and never of a person."""


def listed(names: Sequence[str], one: str, many: str) -> str:
    """Names in words, or what they are where they may not be named."""
    if not names:
        return one
    shown = [*names[:5], *([f"{len(names) - 5} other {many}"] if len(names) > 5 else [])]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def signed(ratio: Number) -> str:
    """A change as it reads."""
    return f"{ratio * 100:+.0f} %".replace("-", "\N{MINUS SIGN}") if isinstance(ratio, float) else NOT_SHOWN


def tenths(number: Number) -> str:
    """A number with one digit behind the point."""
    return f"{number:.1f}" if isinstance(number, float) else NOT_SHOWN
