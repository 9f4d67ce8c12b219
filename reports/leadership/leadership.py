"""Leadership as a person reads it: the second sentence, what scopes lack, what is withheld and why. Pure.

The page and the text report both show it, so they say the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from projections.disclosure.view import Disclosure
from projections.evaluation.catalog import family_of
from projections.metrics.drilldown import ScopeShown
from projections.metrics.group import Group
from projections.metrics.unit import Unit
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR
from projections.timeline.history import series
from reports.format.labels import SEATS, step_words
from reports.format.values import format_value
from reports.headline import Verdict
from reports.leadership.active_seats import ENOUGH, LeadersKnown, Note, note
from reports.report import Led
from reports.tables import SEATS_LABEL

VERDICTS = {"spreading": "Spreading", "steady": "Steady", "concentrating": "Concentrating", "unknown": "Unknown"}

PARTLY = "; leaders are those of all scopes, contributors those of the observed ones alone"

TOLD_FIRST = {
    "tenfold_last_new_leader_timestamp_seconds": "last new leader",
    "tenfold_new_leaders": "new in {} days",
    "tenfold_left_leaders": "left in {} days",
    "tenfold_renewal_balance_leaders": "renewal balance",
}
"""Of renewal, what is told beside the charts, and how it is called there."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A line of the table of scopes.

    Attributes:
        lacks: What it lacks to be covered; nothing where it is, or is inherited.
        led_from: Of an inherited one, the scope whose leaders lead it.
        deputies: How many stand in for leaders without being any.
    """

    name: str
    parent: str
    strength: str
    leaders: Sequence[str]
    lacks: str
    led_from: str
    deputies: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """A number told beside the charts."""

    family: str
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Leadership:
    """All that is told of leadership beside tables and charts.

    Attributes:
        spoken: The verdict's reason for people who do not know effective leaders.
        judged_by: The seats that the sentence goes by, in words.
        weak: Scopes that are not covered, the vacant ones first.
        others: All others.
        drawn: Whether charts of the seats that it goes by may be drawn.
        note: About active seats; nothing where nobody leads.
        owning: The roles that own a scope, in words.
    """

    verdict: Verdict
    spoken: str
    because: str
    judged_by: str
    weak: Sequence[Scope]
    others: Sequence[Scope]
    facts: Sequence[Fact]
    drawn: bool
    note: Note | None
    owning: str


def leadership(
    seen: Disclosure, day: date, led: Led | None, policy: CommunityPolicy, known: LeadersKnown | None, community: str
) -> Leadership | None:
    """What is told of leadership; nothing where no role was recorded up to the day.

    Args:
        seen: The numbers, as the viewer may see them.
        day: The day asked about.
        led: What there is to say beside them.
        policy: Says by which seats leadership is judged.
        known: How much is known of leaders, whatever the viewer may see.
        community: Its name, for commands to type.
    """
    if led is None:
        return None
    lines = scopes(led.scopes)
    withheld = policy.judge_by == "active" and not (known and known.is_enough)
    hidden = withheld or (seen.hides and policy.judge_by == "active")
    return Leadership(
        verdict=verdict(seen, day, led, policy, withheld=withheld, partly=bool(known and known.observed < ENOUGH)),
        spoken=spoken(seen, day, led, policy, withheld=withheld),
        because="" if hidden or led.verdict == "unknown" else led.because,
        judged_by=f"{SEATS[policy.judge_by]} seats",
        weak=[] if hidden else [one for one in lines if one.strength in WEAK],
        others=[] if hidden else [one for one in lines if one.strength not in WEAK],
        facts=facts(seen, day, policy),
        drawn=not withheld,
        note=note(seen, day, known, policy, community) if known else None,
        owning=", ".join(map(step_words, policy.owning_roles)),
    )


def verdict(
    seen: Disclosure, day: date, led: Led, policy: CommunityPolicy, *, withheld: bool, partly: bool = False
) -> Verdict:
    """The second answer: how leadership stands, beside the community that it leads, and a year ago.

    Args:
        seen: The numbers, as the viewer may see them.
        day: The day asked about.
        led: What there is to say beside them.
        policy: Says by which seats leadership is judged.
        withheld: Whether too little is known of the seats that it goes by.
        partly: Whether contributors can be seen in some of the scopes alone.
    """
    if withheld:
        return Verdict("unknown", "Withheld", "the policy judges by active seats, and too little is known of them")
    now, before = (_beside(seen, one, policy) for one in (day, day - timedelta(days=YEAR)))
    if led.verdict == "unknown":
        return Verdict("unknown", VERDICTS["unknown"], _unknown(led, now) + (PARTLY if partly and now else ""))
    if not now or not before:
        return Verdict(led.verdict, VERDICTS[led.verdict], "over too few people to say by how much")
    (leaders, people), (leaders_then, people_then) = now, before
    words = f"{leaders} effective leaders for {_contributors(people)}, was {leaders_then} for {people_then} a year ago"
    return Verdict(led.verdict, VERDICTS[led.verdict], words + (PARTLY if partly else ""))


def spoken(seen: Disclosure, day: date, led: Led, policy: CommunityPolicy, *, withheld: bool) -> str:
    """The same as a plain sentence: how widely leadership is shared, now and a year ago, beside the contributors."""
    if withheld:
        return "leadership is judged by active seats, and too little is known of them"
    now, before = (_beside(seen, one, policy) for one in (day, day - timedelta(days=YEAR)))
    if not now:
        return (
            f"{led.because}, and nobody leads now" if led.verdict == "unknown" else "too few people to say by how much"
        )
    shared = f"{as_if(now[0])}, for {_contributors(now[1])}"
    if led.verdict == "unknown":
        return f"{led.because}; now {shared}"
    return f"{shared} (a year ago {before[0]}, for {before[1]})" if before else shared


def as_if(leaders: str) -> str:
    """Effective leaders as people say it."""
    return "it rests on one person" if leaders == "1.0" else f"it is spread as if {leaders} people shared it equally"


def _unknown(led: Led, now: tuple[str, str] | None) -> str:
    if not now:
        return f"{led.because}, and nobody leads now"
    return f"{led.because}; now {now[0]} effective leaders for {_contributors(now[1])}"


def _contributors(people: str) -> str:
    return f"{people} contributor{'' if people == '1' else 's'}"


def _beside(seen: Disclosure, day: date, policy: CommunityPolicy) -> tuple[str, str] | None:
    leaders = seen.value(series("effective_leaders", seats=policy.judge_by), day)
    people = seen.value(series("active_contributors", window_days=policy.headline_window_days), day)
    return (
        None
        if leaders is None
        else (format_value(leaders, Unit.TENTHS), "no" if people is None else format_value(people))
    )


WEAK = {"vacant": 0, "thin": 1}
"""The strengths of scopes that are not covered, the weakest first."""


def scopes(found: Sequence[ScopeShown]) -> list[Scope]:
    """The scopes as lines: the weakest first, then by name."""
    by_name = {one.scope: one for one in found}
    lines = [
        Scope(one.scope, one.parent or "", one.strength, one.leaders, one.lacks, led_from(one, by_name), one.deputies)
        for one in found
    ]
    return sorted(lines, key=lambda one: (WEAK.get(one.strength, len(WEAK)), one.name))


def led_from(scope: ScopeShown, by_name: Mapping[str, ScopeShown]) -> str:
    """The scope whose leaders lead an inherited one; nothing for others."""
    if scope.strength != "inherited":
        return ""
    above, passed = by_name.get(scope.parent or ""), {scope.scope}
    while above and not above.leaders and above.scope not in passed:
        passed.add(above.scope)
        above = by_name.get(above.parent or "")
    return above.scope if above and above.leaders else ""


def terms(family: str, labels: Mapping[str, str], policy: CommunityPolicy) -> str:
    """The windows that a number about leadership goes by.

    Args:
        family: Its whole name.
        labels: Its labels.
        policy: Says the windows, and by which seats leadership is judged.
    """
    asked = labels.get(SEATS_LABEL, policy.judge_by)
    group = family_of(family).group
    said = [
        (group is Group.RENEWAL, f"The renewal period is {policy.renewal_days} days."),
        (group is Group.BESIDE, f"People are active within {policy.headline_window_days} days."),
        (asked == "active", f"A seat is active while its holder worked within {policy.active_seat_days} days."),
    ]
    return " ".join(words for holds, words in said if holds)


def facts(seen: Disclosure, day: date, policy: CommunityPolicy) -> list[Fact]:
    """How leadership renews itself, in a few numbers."""
    values = {name: seen.value(series(name.removeprefix("tenfold_")), day) for name in TOLD_FIRST}
    return [
        Fact(name, TOLD_FIRST[name].format(policy.renewal_days), format_value(value, family_of(name).unit))
        for name, value in values.items()
        if value is not None
    ]
